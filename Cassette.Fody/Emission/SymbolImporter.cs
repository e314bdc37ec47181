using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Emission;

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
        if (map.IsTable && type.IsOpen)
            return Write(type, map);
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
        if (map.IsTable)
            return Write(method, map);
        if (methods.TryGetValue(method, out var known))
            return known;
        var reference = Write(method, map);
        if (!method.MentionsMethodParameter && method.VarArgs.Length == 0)
            methods.Add(method, reference);
        return reference;
    }

    public FieldReference Import(FieldSymbol field, GenericMap map)
    {
        if (map.IsTable && field.DeclaringType.IsOpen)
            return Write(field, map);
        if (fields.TryGetValue(field, out var known))
            return known;
        var reference = Write(field, map);
        if (!field.DeclaringType.MentionsMethodParameter)
            fields.Add(field, reference);
        return reference;
    }

    public CallSite Import(CallSignature signature, GenericMap map)
    {
        var site = new CallSite(WithModifiers(signature.Source.ReturnType, signature.ReturnType, map))
        {
            HasThis = signature.HasThis,
            ExplicitThis = signature.ExplicitThis,
            CallingConvention = signature.Convention,
        };
        for (var i = 0; i < signature.Parameters.Length; i++)
            site.Parameters.Add(new ParameterDefinition(WithModifiers(signature.Source.Parameters[i].ParameterType, signature.Parameters[i], map)));
        return site;
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

    /// <summary>A type from its symbol, with the custom modifiers (and a vararg sentinel) that its signature has around it or inside.</summary>
    private TypeReference WithModifiers(TypeReference source, TypeSymbol type, GenericMap map) => source switch
    {
        RequiredModifierType modified => new RequiredModifierType(Copy(modified.ModifierType, map), WithModifiers(modified.ElementType, type, map)),
        OptionalModifierType modified => new OptionalModifierType(Copy(modified.ModifierType, map), WithModifiers(modified.ElementType, type, map)),
        SentinelType sentinel => new SentinelType(WithModifiers(sentinel.ElementType, type, map)),
        ByReferenceType byRef when type.Shape == TypeShape.ByRef => new ByReferenceType(WithModifiers(byRef.ElementType, type.Element!, map)),
        PointerType pointer when type.Shape == TypeShape.Pointer => new PointerType(WithModifiers(pointer.ElementType, type.Element!, map)),
        _ => Import(type, map),
    };

    private FieldReference Write(FieldSymbol field, GenericMap map)
    {
        if (field.Definition is { } definition && definition.Module == module && field.DeclaringType.Arguments.Length == 0)
            return definition;
        var reference = new FieldReference(field.Name, module.TypeSystem.Void, Import(field.DeclaringType, map));
        reference.FieldType = Copy((field.Definition ?? field.Reference).FieldType, reference);
        return reference;
    }

    /// <summary>An array's own method: its signature is about the element type and is not open (II.14.2).</summary>
    private MethodReference WriteOfArray(MethodSymbol method, GenericMap map)
    {
        var reference = new MethodReference(method.Name, Import(method.ReturnType, map), Import(method.DeclaringType, map)) { HasThis = method.HasThis };
        foreach (var parameter in method.Parameters)
            reference.Parameters.Add(new ParameterDefinition(Import(parameter, map)));
        return reference;
    }

    private MethodReference Write(MethodSymbol method, GenericMap map)
    {
        if (method.DeclaringType.Shape is TypeShape.Array or TypeShape.Vector)
            return WriteOfArray(method, map);
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
            element.ReturnType = Copy(source.ReturnType, element);
            for (var i = 0; i < method.Parameters.Length; i++)
                element.Parameters.Add(new ParameterDefinition(Copy(source.Parameters[i].ParameterType, element)));
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

    private TypeReference Copy(TypeReference type, GenericMap map) => Copy(type, p => map.Map(p));

    /// <summary>Copies a member's open signature: its generic parameters become those of the new reference and of its declaring type, by position.</summary>
    private TypeReference Copy(TypeReference type, MemberReference owner) => Copy(type, p => ParameterOf(owner, p));

    private static GenericParameter ParameterOf(MemberReference owner, GenericParameter parameter)
    {
        var provider = parameter.Type == GenericParameterType.Method ? owner as IGenericParameterProvider : owner.DeclaringType.GetElementType();
        if (provider is null || provider is TypeDefinition or MethodDefinition && provider.GenericParameters.Count <= parameter.Position)
            return parameter;
        // A reference that was read knows only as many parameters as were needed of it yet.
        while (provider.GenericParameters.Count <= parameter.Position)
            provider.GenericParameters.Add(new GenericParameter(provider));
        return provider.GenericParameters[parameter.Position];
    }

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
