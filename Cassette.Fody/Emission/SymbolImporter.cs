using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Emission;

/// <summary>What the generic parameters of one method are written as in another: <c>!!n</c> of the one is <c>!!n</c> of the other.</summary>
public readonly struct GenericMap(MethodDefinition? from, MethodDefinition? to)
{
    public GenericParameter Map(GenericParameter parameter) =>
        to != null && parameter.Type == GenericParameterType.Method && (from is null || ReferenceEquals(parameter.Owner, from) || parameter.Owner is not MethodDefinition)
            && parameter.Position < to.GenericParameters.Count
            ? to.GenericParameters[parameter.Position]
            : parameter;
}

/// <summary>
/// Writes symbols as Cecil references of one module. The module's own definitions stay definitions; for anything else the module's own
/// reference is taken, or one made, once, by way of an assembly that the module refers to already where there is one. Signatures are copied from the definition's, so that
/// custom modifiers stay; no Cecil object of another module gets into this one.
/// </summary>
public sealed class SymbolImporter(ModuleDefinition module)
{
    private readonly Dictionary<TypeSymbol, TypeReference> types = [];
    private readonly Dictionary<MethodSymbol, MethodReference> methods = [];
    private readonly Dictionary<FieldSymbol, FieldReference> fields = [];
    private readonly Dictionary<TypeReference, TypeReference> foreign = new(ReferenceComparer<TypeReference>.Instance);
    private readonly ReferenceChooser chooser = new(module);

    public TypeReference Import(TypeSymbol type) => Import(type, default);

    public TypeReference Import(TypeSymbol type, GenericMap map)
    {
        if (types.TryGetValue(type, out var known))
            return known;
        var reference = Write(type, map);
        if (!type.MentionsMethodParameter)
            types.Add(type, reference);
        return reference;
    }

    public MethodReference Import(MethodSymbol method) => Import(method, default);

    public MethodReference Import(MethodSymbol method, GenericMap map)
    {
        if (methods.TryGetValue(method, out var known))
            return known;
        var reference = Write(method, map);
        if (!method.MentionsMethodParameter && method.VarArgs.Length == 0)
            methods.Add(method, reference);
        return reference;
    }

    public FieldReference Import(FieldSymbol field, GenericMap map)
    {
        if (fields.TryGetValue(field, out var known))
            return known;
        var reference = field.Definition is { } definition && definition.Module == module && field.DeclaringType.Arguments.Length == 0
            ? definition
            : new FieldReference(field.Name, Copy((field.Definition ?? field.Reference).FieldType, default(GenericMap)), Import(field.DeclaringType, map));
        if (!field.DeclaringType.MentionsMethodParameter)
            fields.Add(field, reference);
        return reference;
    }

    public CallSite Import(CallSignature signature, GenericMap map)
    {
        var site = new CallSite(Signature(signature.Source.ReturnType, signature.ReturnType))
        {
            HasThis = signature.HasThis,
            ExplicitThis = signature.ExplicitThis,
            CallingConvention = signature.Convention,
        };
        for (var i = 0; i < signature.Parameters.Length; i++)
            site.Parameters.Add(new ParameterDefinition(Signature(signature.Source.Parameters[i].ParameterType, signature.Parameters[i])));
        return site;

        // A specialised body has type arguments where the source has parameters.
        TypeReference Signature(TypeReference source, TypeSymbol type) => source.ContainsGenericParameter && !type.IsOpen ? WithModifiers(source, type, map) : Copy(source, map);
    }

    private TypeReference Write(TypeSymbol type, GenericMap map)
    {
        switch (type.Shape)
        {
            case TypeShape.Vector:
                return new ArrayType(Import(type.Element!, map));
            case TypeShape.Array:
                return GeneralArray(Import(type.Element!, map), type.Rank);
            case TypeShape.ByRef:
                return new ByReferenceType(Import(type.Element!, map));
            case TypeShape.Pointer:
                return new PointerType(Import(type.Element!, map));
            case TypeShape.TypeParameter or TypeShape.MethodParameter:
                return map.Map(type.Parameter!);
            case TypeShape.FunctionPointer:
                var signature = type.Signature!;
                var pointer = new FunctionPointerType
                {
                    HasThis = signature.HasThis,
                    ExplicitThis = signature.ExplicitThis,
                    CallingConvention = signature.Convention,
                    ReturnType = WithModifiers(signature.Source.ReturnType, signature.ReturnType, map),
                };
                for (var i = 0; i < signature.Parameters.Length; i++)
                    pointer.Parameters.Add(new ParameterDefinition(WithModifiers(signature.Source.Parameters[i].ParameterType, signature.Parameters[i], map)));
                return pointer;
        }
        var named = Named(type.Definition ?? type.Named!);
        if (type.Arguments.Length == 0)
            return named;
        var instance = new GenericInstanceType(named);
        foreach (var argument in type.Arguments)
            instance.GenericArguments.Add(Import(argument, map));
        return instance;
    }

    /// <summary>Lower bounds are written as zeroes, which is what compilers do; without any, signatures would not match theirs (II.23.2.13).</summary>
    private static ArrayType GeneralArray(TypeReference element, int rank)
    {
        var array = new ArrayType(element, rank);
        for (var i = 0; i < rank; i++)
            array.Dimensions[i] = new ArrayDimension(0, null);
        return array;
    }

    /// <summary>A type from its symbol, within the custom modifiers that lead its signature.</summary>
    private TypeReference WithModifiers(TypeReference source, TypeSymbol type, GenericMap map) => source switch
    {
        SentinelType first => new SentinelType(WithModifiers(first.ElementType, type, map)),
        RequiredModifierType modified => new RequiredModifierType(Copy(modified.ModifierType, map), WithModifiers(modified.ElementType, type, map)),
        OptionalModifierType modified => new OptionalModifierType(Copy(modified.ModifierType, map), WithModifiers(modified.ElementType, type, map)),
        _ => Import(type, map),
    };

    private MethodReference Write(MethodSymbol method, GenericMap map)
    {
        MethodReference element;
        if (method.Definition is { } definition && definition.Module == module && method.DeclaringType.Arguments.Length == 0 && method.VarArgs.Length == 0)
        {
            element = definition;
        }
        else
        {
            var source = method.Definition ?? method.Reference;
            element = new MethodReference(method.Name, module.TypeSystem.Void, Import(method.DeclaringType, map))
            {
                HasThis = source.HasThis,
                ExplicitThis = source.ExplicitThis,
                CallingConvention = method.Reference.CallingConvention,
            };
            for (var i = 0; i < source.GenericParameters.Count; i++)
                element.GenericParameters.Add(new GenericParameter(source.GenericParameters[i].Name, element));
            var open = new Signature(this, element);
            element.ReturnType = open.Copy(source.ReturnType);
            for (var i = 0; i < method.Parameters.Length; i++)
                element.Parameters.Add(new ParameterDefinition(open.Copy(source.Parameters[i].ParameterType)));
            for (var i = 0; i < method.VarArgs.Length; i++)
            {
                var type = Import(method.VarArgs[i], map);
                element.Parameters.Add(new ParameterDefinition(i == 0 ? new SentinelType(type) : type));
            }
        }
        if (method.MethodArguments.Length == 0)
            return element;
        var instance = new GenericInstanceMethod(element);
        foreach (var argument in method.MethodArguments)
            instance.GenericArguments.Add(Import(argument, map));
        return instance;
    }

    /// <summary>Copies an open signature: its method parameters become those of the new reference, by position.</summary>
    private readonly struct Signature(SymbolImporter importer, MethodReference owner)
    {
        public TypeReference Copy(TypeReference type) => importer.Copy(type, owner);
    }

    private TypeReference Copy(TypeReference type, GenericMap map) => Copy(type, p => map.Map(p));

    private TypeReference Copy(TypeReference type, MethodReference owner) =>
        Copy(type, p => p.Type == GenericParameterType.Method && p.Position < owner.GenericParameters.Count ? owner.GenericParameters[p.Position] : p);

    private TypeReference Copy(TypeReference type, System.Func<GenericParameter, GenericParameter> map)
    {
        switch (type)
        {
            case GenericParameter parameter:
                return map(parameter);
            case ByReferenceType t:
                return new ByReferenceType(Copy(t.ElementType, map));
            case PointerType t:
                return new PointerType(Copy(t.ElementType, map));
            case PinnedType t:
                return new PinnedType(Copy(t.ElementType, map));
            case SentinelType t:
                return new SentinelType(Copy(t.ElementType, map));
            case ArrayType { IsVector: true } t:
                return new ArrayType(Copy(t.ElementType, map));
            case ArrayType t:
                var array = new ArrayType(Copy(t.ElementType, map), t.Rank);
                for (var i = 0; i < t.Rank; i++)
                    array.Dimensions[i] = t.Dimensions[i];
                return array;
            case RequiredModifierType t:
                return new RequiredModifierType(Copy(t.ModifierType, map), Copy(t.ElementType, map));
            case OptionalModifierType t:
                return new OptionalModifierType(Copy(t.ModifierType, map), Copy(t.ElementType, map));
            case GenericInstanceType t:
                var instance = new GenericInstanceType(Named(t.ElementType));
                foreach (var argument in t.GenericArguments)
                    instance.GenericArguments.Add(Copy(argument, map));
                return instance;
            case FunctionPointerType t:
                var pointer = new FunctionPointerType { HasThis = t.HasThis, ExplicitThis = t.ExplicitThis, CallingConvention = t.CallingConvention, ReturnType = Copy(t.ReturnType, map) };
                foreach (var parameter in t.Parameters)
                    pointer.Parameters.Add(new ParameterDefinition(Copy(parameter.ParameterType, map)));
                return pointer;
            default:
                return Named(type);
        }
    }

    /// <summary>A named type without arguments, as this module refers to it.</summary>
    private TypeReference Named(TypeReference type)
    {
        if (type.Module == module)
            return type;
        if (foreign.TryGetValue(type, out var known))
            return known;
        var reference = Primitive(type)
            ?? (ReferenceChooser.Resolve(type) is { } definition ? OfDefinition(definition) : MakeReference(type, null));
        foreign.Add(type, reference);
        return reference;
    }

    private TypeReference OfDefinition(TypeDefinition definition) =>
        definition.Module == module ? definition : chooser.Existing(definition) ?? MakeReference(definition, definition);

    private TypeReference MakeReference(TypeReference type, TypeDefinition? definition)
    {
        var scope = type.DeclaringType is null ? ScopeOf(type, definition) : null;
        // Definitions of this module seen from another one's references.
        if (scope is null && type.DeclaringType is null && module.GetType(type.Namespace, type.Name) is { } own)
            return own;
        var reference = new TypeReference(type.Namespace, type.Name, module, scope, type.IsValueType);
        if (type.DeclaringType != null)
        {
            reference.DeclaringType = Named(type.DeclaringType);
            if (reference.DeclaringType is TypeDefinition outer && outer.NestedTypes.FirstOrDefault(t => t.Name == type.Name) is { } nested)
                return nested;
        }
        for (var i = 0; i < type.GenericParameters.Count; i++)
            reference.GenericParameters.Add(new GenericParameter(type.GenericParameters[i].Name, reference));
        return reference;
    }

    private AssemblyNameReference? ScopeOf(TypeReference type, TypeDefinition? definition)
    {
        var name = type.Scope switch
        {
            AssemblyNameReference reference => reference,
            ModuleDefinition own => own.Assembly.Name,
            _ => type.Module.Assembly.Name,
        };
        if (name.Name == module.Assembly.Name.Name)
            return null;
        var existing = module.AssemblyReferences.FirstOrDefault(r => r.Name == name.Name) ?? (definition is null ? null : chooser.Forwarder(definition));
        if (existing is null)
        {
            existing = new AssemblyNameReference(name.Name, name.Version) { PublicKeyToken = name.PublicKeyToken, Culture = name.Culture };
            module.AssemblyReferences.Add(existing);
        }
        return existing;
    }

    /// <summary>Types with an element type of their own (II.23.1.16): written as a reference by name they would be another type in signatures.</summary>
    private TypeReference? Primitive(TypeReference type)
    {
        if (type.Namespace != "System" || type.DeclaringType != null || type.MetadataType is MetadataType.Class or MetadataType.ValueType && !IsPrimitiveName(type.Name))
            return null;
        var system = module.TypeSystem;
        return type.Name switch
        {
            "Void" => system.Void,
            "Boolean" => system.Boolean,
            "Char" => system.Char,
            "SByte" => system.SByte,
            "Byte" => system.Byte,
            "Int16" => system.Int16,
            "UInt16" => system.UInt16,
            "Int32" => system.Int32,
            "UInt32" => system.UInt32,
            "Int64" => system.Int64,
            "UInt64" => system.UInt64,
            "IntPtr" => system.IntPtr,
            "UIntPtr" => system.UIntPtr,
            "Single" => system.Single,
            "Double" => system.Double,
            "String" => system.String,
            "Object" => system.Object,
            "TypedReference" => system.TypedReference,
            _ => null,
        };
    }

    private static bool IsPrimitiveName(string name) => name is "Void" or "Boolean" or "Char" or "SByte" or "Byte" or "Int16" or "UInt16" or "Int32" or "UInt32"
        or "Int64" or "UInt64" or "IntPtr" or "UIntPtr" or "Single" or "Double" or "String" or "Object" or "TypedReference";
}
