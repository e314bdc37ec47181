using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>
/// Interns types, methods and fields for one weave, and resolves each reference once. It reads Cecil's objects and never changes them.
/// </summary>
public sealed class TypeUniverse
{
    private readonly Dictionary<TypeKey, TypeSymbol> types = [];
    private readonly Dictionary<MethodKey, MethodSymbol> methods = [];
    private readonly Dictionary<(object, TypeSymbol), FieldSymbol> fields = [];
    private readonly Dictionary<TypeReference, TypeSymbol> namedTypes = new(ReferenceComparer<TypeReference>.Instance);
    private readonly Dictionary<MethodReference, MethodDefinition?> methodDefinitions = new(ReferenceComparer<MethodReference>.Instance);
    private readonly Dictionary<MethodReference, MethodSymbol> closedMethods = new(ReferenceComparer<MethodReference>.Instance);
    private readonly Dictionary<FieldReference, FieldSymbol> closedFields = new(ReferenceComparer<FieldReference>.Instance);
    private readonly Dictionary<IGenericParameterProvider, TypeSymbol[]> parameters = new(ReferenceComparer<IGenericParameterProvider>.Instance);
    private readonly Dictionary<string, TypeSymbol> wellKnown = [];

    public TypeUniverse(ModuleDefinition module)
    {
        Module = module;
        CoreModule = module.TypeSystem.Object.Resolve()?.Module
            ?? throw new InvalidOperationException($"The core library that {module.Name} refers to cannot be found.");
    }

    /// <summary>The module that is woven; symbols may belong to any module.</summary>
    public ModuleDefinition Module { get; }

    /// <summary>The module that defines <c>System.Object</c>: a reference assembly in an ordinary build.</summary>
    public ModuleDefinition CoreModule { get; }

    public TypeSymbol Void => field ??= Core("Void");
    public TypeSymbol Boolean => field ??= Core("Boolean");
    public TypeSymbol Char => field ??= Core("Char");
    public TypeSymbol SByte => field ??= Core("SByte");
    public TypeSymbol Byte => field ??= Core("Byte");
    public TypeSymbol Int16 => field ??= Core("Int16");
    public TypeSymbol UInt16 => field ??= Core("UInt16");
    public TypeSymbol Int32 => field ??= Core("Int32");
    public TypeSymbol UInt32 => field ??= Core("UInt32");
    public TypeSymbol Int64 => field ??= Core("Int64");
    public TypeSymbol UInt64 => field ??= Core("UInt64");
    public TypeSymbol IntPtr => field ??= Core("IntPtr");
    public TypeSymbol UIntPtr => field ??= Core("UIntPtr");
    public TypeSymbol Single => field ??= Core("Single");
    public TypeSymbol Double => field ??= Core("Double");
    public TypeSymbol String => field ??= Core("String");
    public TypeSymbol Object => field ??= Core("Object");
    public TypeSymbol TypedReference => field ??= Core("TypedReference");
    public TypeSymbol ValueType => field ??= Core("ValueType");
    public TypeSymbol SystemArray => field ??= Core("Array");
    public TypeSymbol Exception => field ??= Core("Exception");

    /// <summary>A type of the core library by its name in the <c>System</c> namespace.</summary>
    public TypeSymbol Core(string name) => Core("System", name);

    /// <summary>A type of the core library (or one that it forwards to). Throws when there is none.</summary>
    public TypeSymbol Core(string @namespace, string name)
    {
        var key = @namespace + "." + name;
        if (!wellKnown.TryGetValue(key, out var symbol))
        {
            var reference = new TypeReference(@namespace, name, CoreModule, CoreModule);
            var definition = CoreModule.GetType(@namespace, name) ?? reference.Resolve()
                ?? throw new InvalidOperationException($"The core library {CoreModule.Name} has no type {key}.");
            wellKnown.Add(key, symbol = Import(definition, GenericScope.Empty));
        }
        return symbol;
    }

    public TypeSymbol Vector(TypeSymbol element) => Construct(TypeShape.Vector, element, 1);

    public TypeSymbol Array(TypeSymbol element, int rank) => Construct(TypeShape.Array, element, rank);

    public TypeSymbol ByRef(TypeSymbol element) => Construct(TypeShape.ByRef, element, 0);

    public TypeSymbol Pointer(TypeSymbol element) => Construct(TypeShape.Pointer, element, 0);

    /// <summary>A generic type with arguments; without arguments the type itself.</summary>
    public TypeSymbol Instantiate(TypeSymbol open, TypeSymbol[] arguments)
    {
        if (arguments.Length == 0)
            return open;
        var key = new TypeKey(open.Shape, open.Definition ?? (object)open, arguments, 0);
        if (types.TryGetValue(key, out var symbol))
            return symbol;
        symbol = Add(key, open.Shape);
        symbol.Definition = open.Definition;
        symbol.Named = open.Named;
        symbol.Arguments = arguments;
        symbol.IsValueType = open.IsValueType;
        symbol.IsByRefLike = open.IsByRefLike;
        symbol.IsOpen = arguments.Any(a => a.IsOpen);
        symbol.MentionsMethodParameter = arguments.Any(a => a.MentionsMethodParameter);
        return symbol;
    }

    /// <summary>A definition as seen from inside: with its own parameters as arguments.</summary>
    public TypeSymbol SelfOf(TypeDefinition type) => Instantiate(Import(type, GenericScope.Empty), ParametersOf(type));

    /// <summary>The generic parameters of a type or method definition as symbols.</summary>
    public TypeSymbol[] ParametersOf(IGenericParameterProvider owner)
    {
        if (!owner.HasGenericParameters)
            return TypeSymbol.None;
        if (!parameters.TryGetValue(owner, out var symbols))
            parameters.Add(owner, symbols = owner.GenericParameters.Select(OfParameter).ToArray());
        return symbols;
    }

    public TypeSymbol Import(TypeReference type, GenericScope scope)
    {
        switch (type)
        {
            case ByReferenceType byRef:
                return ByRef(Import(byRef.ElementType, scope));
            case PointerType pointer:
                return Pointer(Import(pointer.ElementType, scope));
            case ArrayType array:
                return array.IsVector ? Vector(Import(array.ElementType, scope)) : Array(Import(array.ElementType, scope), array.Rank);
            case GenericInstanceType instance:
                return Instantiate(Import(instance.ElementType, scope), Import(instance.GenericArguments, scope));
            case FunctionPointerType pointer:
                return FunctionPointer(ImportSignature(pointer, scope));
            case TypeSpecification modified: // modreq, modopt, pinned, sentinel
                return Import(modified.ElementType, scope);
            case GenericParameter parameter:
                return Import(parameter, scope);
            default:
                return Named(type);
        }
    }

    public TypeSymbol[] Import(IList<TypeReference> references, GenericScope scope)
    {
        if (references.Count == 0)
            return TypeSymbol.None;
        var symbols = new TypeSymbol[references.Count];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = Import(references[i], scope);
        return symbols;
    }

    public CallSignature ImportSignature(IMethodSignature signature, GenericScope scope) => new(
        signature, signature.CallingConvention, signature.HasThis, signature.ExplicitThis,
        Import(signature.ReturnType, scope), ImportParameters(signature, scope, 0));

    public MethodSymbol Import(MethodReference method, GenericScope scope)
    {
        if (closedMethods.TryGetValue(method, out var known))
            return known;
        var element = method is GenericInstanceMethod instance ? instance.ElementMethod : method;
        var methodArguments = method is GenericInstanceMethod generic ? Import(generic.GenericArguments, scope) : TypeSymbol.None;
        var symbol = Method(element, Import(element.DeclaringType, scope), methodArguments, scope);
        // What the scope has put in is not the reference's own: the next scope may put in something else.
        if (!element.DeclaringType.ContainsGenericParameter && (method as GenericInstanceMethod)?.GenericArguments.Any(a => a.ContainsGenericParameter) != true
            && symbol.VarArgs.Length == 0)
            closedMethods[method] = symbol;
        return symbol;
    }

    /// <summary>A method definition on a type with given arguments.</summary>
    public MethodSymbol Method(MethodDefinition method, TypeSymbol declaringType, TypeSymbol[] methodArguments) =>
        Method(method, declaringType, methodArguments, GenericScope.Empty);

    /// <summary>A method as its own body sees it.</summary>
    public MethodSymbol SelfOf(MethodDefinition method) => Method(method, SelfOf(method.DeclaringType), ParametersOf(method));

    public FieldSymbol Import(FieldReference field, GenericScope scope)
    {
        if (closedFields.TryGetValue(field, out var known))
            return known;
        var symbol = Field(field, Import(field.DeclaringType, scope));
        if (!field.DeclaringType.ContainsGenericParameter)
            closedFields[field] = symbol;
        return symbol;
    }

    /// <summary>A field definition (or reference) on a type with given arguments.</summary>
    public FieldSymbol Field(FieldReference field, TypeSymbol declaringType)
    {
        var definition = field as FieldDefinition ?? DefinitionOf(field, declaringType);
        var key = (definition ?? (object)field.FullName, declaringType);
        if (!fields.TryGetValue(key, out var symbol))
            fields.Add(key, symbol = new FieldSymbol(field, definition, declaringType, Import(field.FieldType, new GenericScope(ArgumentsOrParameters(declaringType), TypeSymbol.None))));
        return symbol;
    }

    /// <summary>A field by its name, and where several have it (the CLI allows that), by its type as well.</summary>
    private static FieldDefinition? DefinitionOf(FieldReference field, TypeSymbol declaringType)
    {
        FieldDefinition? found = null;
        if (declaringType.Definition is { } type)
        {
            foreach (var candidate in type.Fields)
            {
                if (candidate.Name != field.Name)
                    continue;
                if (found != null)
                    return field.Resolve();
                found = candidate;
            }
        }
        return found ?? field.Resolve();
    }

    /// <summary>Puts arguments in for the parameters of owners that occur in a type.</summary>
    public TypeSymbol Substitute(TypeSymbol type, IGenericParameterProvider? typeOwner, TypeSymbol[] typeArguments, IGenericParameterProvider? methodOwner, TypeSymbol[] methodArguments)
    {
        if (!type.IsOpen)
            return type;
        TypeSymbol Map(TypeSymbol t) => Substitute(t, typeOwner, typeArguments, methodOwner, methodArguments);
        switch (type.Shape)
        {
            case TypeShape.TypeParameter when ReferenceEquals(type.Parameter!.Owner, typeOwner):
                return typeArguments[type.Parameter.Position];
            case TypeShape.MethodParameter when ReferenceEquals(type.Parameter!.Owner, methodOwner):
                return methodArguments[type.Parameter.Position];
            case TypeShape.TypeParameter or TypeShape.MethodParameter:
                return type;
            case TypeShape.Vector or TypeShape.Array or TypeShape.ByRef or TypeShape.Pointer:
                return Construct(type.Shape, Map(type.Element!), type.Rank);
            case TypeShape.FunctionPointer:
                var s = type.Signature!;
                return FunctionPointer(new CallSignature(s.Source, s.Convention, s.HasThis, s.ExplicitThis, Map(s.ReturnType), s.Parameters.Select(Map).ToArray()));
            default:
                return Instantiate(OpenOf(type), type.Arguments.Select(Map).ToArray());
        }
    }

    /// <summary>The generic type behind an instantiation; any other type itself.</summary>
    public TypeSymbol OpenOf(TypeSymbol type) => type.Arguments.Length == 0 ? type : Named(type.Named!);

    /// <summary>The type arguments of an instantiation; of a bare generic definition its own parameters.</summary>
    public TypeSymbol[] ArgumentsOrParameters(TypeSymbol type) =>
        type.Arguments.Length > 0 || type.Definition is not { HasGenericParameters: true } definition ? type.Arguments : ParametersOf(definition);

    internal TypeSymbol EnumUnderlying(TypeSymbol @enum)
    {
        foreach (var field in @enum.Definition!.Fields)
        {
            if (!field.IsStatic)
                return Import(field.FieldType, GenericScope.Empty);
        }
        throw new InvalidOperationException($"The enum {@enum} has no value field.");
    }

    internal TypeSymbol? FindBaseType(TypeSymbol type)
    {
        switch (type.Shape)
        {
            case TypeShape.Vector or TypeShape.Array:
                return SystemArray;
            case TypeShape.TypeParameter or TypeShape.MethodParameter:
                var classConstraint = ConstraintsOf(type).FirstOrDefault(c => c.Shape != TypeShape.Interface && !c.IsGenericParameter);
                return classConstraint ?? (type.Parameter!.HasNotNullableValueTypeConstraint ? ValueType : Object);
            default:
                return type.Definition?.BaseType is { } reference && type.Shape != TypeShape.Interface
                    ? Import(reference, new GenericScope(ArgumentsOrParameters(type), TypeSymbol.None))
                    : null;
        }
    }

    /// <summary>The constraints of a generic parameter as types.</summary>
    public IEnumerable<TypeSymbol> ConstraintsOf(TypeSymbol parameter)
    {
        var owner = parameter.Parameter!.Owner;
        var scope = owner is MethodDefinition method ? GenericScope.Of(this, method)
            : owner is TypeDefinition type ? GenericScope.Of(this, type) : GenericScope.Empty;
        foreach (var constraint in parameter.Parameter.Constraints)
            yield return Import(constraint.ConstraintType, scope);
    }

    internal IReadOnlyList<TypeSymbol> FindInterfaces(TypeSymbol type)
    {
        var found = new List<TypeSymbol>();
        void Add(TypeSymbol @interface)
        {
            if (found.Contains(@interface))
                return;
            found.Add(@interface);
            foreach (var inherited in @interface.Interfaces)
                Add(inherited);
        }
        if (type.IsGenericParameter)
        {
            foreach (var constraint in ConstraintsOf(type))
            {
                if (constraint.Shape == TypeShape.Interface)
                    Add(constraint);
                else
                    constraint.Interfaces.ToList().ForEach(Add);
            }
            return found;
        }
        if (type.Shape == TypeShape.Vector)
        {
            foreach (var name in new[] { "IList`1", "ICollection`1", "IEnumerable`1", "IReadOnlyList`1", "IReadOnlyCollection`1" })
                Add(Instantiate(Core("System.Collections.Generic", name), [type.Element!]));
        }
        if (type.Definition is { HasInterfaces: true } definition)
        {
            var scope = new GenericScope(ArgumentsOrParameters(type), TypeSymbol.None);
            foreach (var implementation in definition.Interfaces)
                Add(Import(implementation.InterfaceType, scope));
        }
        if (type.BaseType is { } baseType)
        {
            foreach (var inherited in baseType.Interfaces)
                Add(inherited);
        }
        return found;
    }

    private MethodSymbol Method(MethodReference element, TypeSymbol declaringType, TypeSymbol[] methodArguments, GenericScope varArgScope)
    {
        var definition = Resolve(element);
        var varArgs = TypeSymbol.None;
        var declared = element.Parameters.Count;
        if (element.CallingConvention == MethodCallingConvention.VarArg)
        {
            var sentinel = SentinelOf(element);
            if (sentinel >= 0)
            {
                varArgs = ImportParameters(element, varArgScope, sentinel);
                declared = sentinel;
            }
        }
        var key = new MethodKey(definition ?? (object)element.FullName, declaringType, methodArguments, varArgs);
        if (methods.TryGetValue(key, out var symbol))
            return symbol;
        // Inside a definition its own parameters stand for themselves, so a bare generic method's arguments are its parameters.
        var scope = new GenericScope(
            ArgumentsOrParameters(declaringType),
            methodArguments.Length > 0 || definition is null ? methodArguments : ParametersOf(definition));
        symbol = new MethodSymbol(
            element, definition, declaringType, methodArguments,
            Import(element.ReturnType, scope), ImportParameters(element, scope, 0, declared), varArgs)
        {
            MentionsMethodParameter = declaringType.MentionsMethodParameter || methodArguments.Any(a => a.MentionsMethodParameter),
        };
        methods.Add(key, symbol);
        return symbol;
    }

    /// <summary>A method of arrays, which has no definition, with other types put in for those that its signature mentions.</summary>
    public MethodSymbol MethodOfArray(MethodSymbol method, Func<TypeSymbol, TypeSymbol> map)
    {
        var array = map(method.DeclaringType);
        if (array == method.DeclaringType)
            return method;
        var key = new MethodKey(method.Reference.FullName, array, TypeSymbol.None, TypeSymbol.None);
        if (!methods.TryGetValue(key, out var symbol))
        {
            symbol = new MethodSymbol(method.Reference, null, array, TypeSymbol.None, map(method.ReturnType), [.. method.Parameters.Select(map)], TypeSymbol.None)
            {
                MentionsMethodParameter = array.MentionsMethodParameter,
            };
            methods.Add(key, symbol);
        }
        return symbol;
    }

    /// <summary>The definition behind a reference without type arguments, found once; null for methods of arrays and for what cannot be found.</summary>
    public MethodDefinition? DefinitionOf(MethodReference element) => Resolve(element);

    private MethodDefinition? Resolve(MethodReference element)
    {
        if (element is MethodDefinition definition)
            return definition;
        if (!methodDefinitions.TryGetValue(element, out var resolved))
        {
            // Arrays' accessors have no definition; Cecil would look for them in System.Array.
            resolved = element.DeclaringType is ArrayType ? null : element.Resolve();
            methodDefinitions.Add(element, resolved);
        }
        return resolved;
    }

    private TypeSymbol[] ImportParameters(IMethodSignature signature, GenericScope scope, int first, int end = -1)
    {
        var count = (end < 0 ? signature.Parameters.Count : end) - first;
        if (count <= 0)
            return TypeSymbol.None;
        var symbols = new TypeSymbol[count];
        for (var i = 0; i < count; i++)
            symbols[i] = Import(signature.Parameters[first + i].ParameterType, scope);
        return symbols;
    }

    private static int SentinelOf(IMethodSignature signature)
    {
        for (var i = 0; i < signature.Parameters.Count; i++)
        {
            if (signature.Parameters[i].ParameterType is SentinelType)
                return i;
        }
        return -1;
    }

    private TypeSymbol Import(GenericParameter parameter, GenericScope scope)
    {
        var arguments = parameter.Type == GenericParameterType.Type ? scope.TypeArguments : scope.MethodArguments;
        if (parameter.Position < arguments.Length)
            return arguments[parameter.Position];
        if (parameter.Owner is TypeDefinition or MethodDefinition)
            return OfParameter(parameter);
        throw new InvalidOperationException($"The generic parameter {parameter} of {parameter.Owner} has no meaning here.");
    }

    private TypeSymbol OfParameter(GenericParameter parameter)
    {
        var shape = parameter.Type == GenericParameterType.Type ? TypeShape.TypeParameter : TypeShape.MethodParameter;
        var key = new TypeKey(shape, parameter, TypeSymbol.None, 0);
        if (types.TryGetValue(key, out var symbol))
            return symbol;
        symbol = Add(key, shape);
        symbol.Parameter = parameter;
        symbol.IsOpen = true;
        symbol.MentionsMethodParameter = shape == TypeShape.MethodParameter;
        symbol.IsValueType = parameter.HasNotNullableValueTypeConstraint;
        return symbol;
    }

    private TypeSymbol Named(TypeReference reference)
    {
        if (namedTypes.TryGetValue(reference, out var symbol))
            return symbol;
        var definition = reference as TypeDefinition ?? reference.Resolve();
        var key = new TypeKey(TypeShape.Class, definition ?? (object)(reference.Scope?.Name + "|" + reference.FullName), TypeSymbol.None, 0);
        if (!types.TryGetValue(key, out symbol))
        {
            symbol = Add(key, definition is null ? TypeShape.Unresolved : ShapeOf(definition));
            symbol.Definition = definition;
            symbol.Named = reference;
            symbol.IsValueType = definition?.IsValueType ?? reference.IsValueType;
            symbol.IsByRefLike = symbol.IsValueType && definition is { HasCustomAttributes: true }
                && definition.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute");
            symbol.IsByRefLike |= symbol.Shape == TypeShape.TypedReference;
        }
        namedTypes.Add(reference, symbol);
        return symbol;
    }

    private TypeShape ShapeOf(TypeDefinition definition)
    {
        if (definition.Namespace == "System" && definition.DeclaringType is null && definition.Module == CoreModule
            && Enum.TryParse<TypeShape>(definition.Name, out var primitive) && primitive <= TypeShape.TypedReference)
            return primitive;
        return definition.IsInterface ? TypeShape.Interface
            : definition.IsEnum ? TypeShape.Enum
            : definition.IsValueType ? TypeShape.Struct
            : TypeShape.Class;
    }

    internal TypeSymbol FunctionPointer(CallSignature signature)
    {
        // The return type leads the list, the convention and the this-flags go into the rank.
        var all = new TypeSymbol[signature.Parameters.Length + 1];
        all[0] = signature.ReturnType;
        signature.Parameters.CopyTo(all, 1);
        var flags = (int)signature.Convention | (signature.HasThis ? 0x100 : 0) | (signature.ExplicitThis ? 0x200 : 0);
        var key = new TypeKey(TypeShape.FunctionPointer, Modifiers(signature), all, flags);
        if (types.TryGetValue(key, out var symbol))
            return symbol;
        symbol = Add(key, TypeShape.FunctionPointer);
        symbol.Signature = signature;
        symbol.IsOpen = all.Any(t => t.IsOpen);
        symbol.MentionsMethodParameter = all.Any(t => t.MentionsMethodParameter);
        return symbol;
    }

    /// <summary>
    /// The custom modifiers of a signature. Elsewhere they are no part of a type, but in a function pointer they tell calling conventions
    /// (<c>unmanaged[Cdecl]</c>) and kinds of references apart.
    /// </summary>
    private static string Modifiers(CallSignature signature)
    {
        var found = "";
        Note(signature.Source.ReturnType, 0);
        for (var i = 0; i < signature.Source.Parameters.Count; i++)
            Note(signature.Source.Parameters[i].ParameterType, i + 1);
        return found;

        void Note(TypeReference type, int position)
        {
            for (; type is TypeSpecification specification and not (GenericInstanceType or FunctionPointerType); type = specification.ElementType)
            {
                if (type is IModifierType modified)
                    found += $"{position} {(type.IsRequiredModifier ? "req" : "opt")} {modified.ModifierType.FullName};";
            }
        }
    }

    private TypeSymbol Construct(TypeShape shape, TypeSymbol element, int rank)
    {
        var key = new TypeKey(shape, element, TypeSymbol.None, rank);
        if (types.TryGetValue(key, out var symbol))
            return symbol;
        symbol = Add(key, shape);
        symbol.Element = element;
        symbol.Rank = rank;
        symbol.IsOpen = element.IsOpen;
        symbol.MentionsMethodParameter = element.MentionsMethodParameter;
        return symbol;
    }

    private TypeSymbol Add(TypeKey key, TypeShape shape)
    {
        var symbol = new TypeSymbol(this, types.Count, shape);
        types.Add(key, symbol);
        return symbol;
    }

    private readonly struct TypeKey(TypeShape shape, object subject, TypeSymbol[] arguments, int rank) : IEquatable<TypeKey>
    {
        private readonly TypeShape shape = shape;
        private readonly object subject = subject;
        private readonly TypeSymbol[] arguments = arguments;
        private readonly int rank = rank;

        public bool Equals(TypeKey other) =>
            shape == other.shape && rank == other.rank && Same(subject, other.subject) && Same(arguments, other.arguments);

        public override bool Equals(object? obj) => obj is TypeKey other && Equals(other);

        public override int GetHashCode() =>
            unchecked(((((int)shape * 31) + rank) * 31 + (subject is string text ? text.GetHashCode() : RuntimeHelpers.GetHashCode(subject))) * 31 + Hash(arguments));
    }

    private readonly struct MethodKey(object subject, TypeSymbol declaringType, TypeSymbol[] arguments, TypeSymbol[] varArgs) : IEquatable<MethodKey>
    {
        private readonly object subject = subject;
        private readonly TypeSymbol declaringType = declaringType;
        private readonly TypeSymbol[] arguments = arguments;
        private readonly TypeSymbol[] varArgs = varArgs;

        public bool Equals(MethodKey other) =>
            declaringType == other.declaringType && Same(subject, other.subject) && Same(arguments, other.arguments) && Same(varArgs, other.varArgs);

        public override bool Equals(object? obj) => obj is MethodKey other && Equals(other);

        public override int GetHashCode() =>
            unchecked(((subject is string text ? text.GetHashCode() : RuntimeHelpers.GetHashCode(subject)) * 31 + declaringType.Id) * 31 + Hash(arguments) + varArgs.Length);
    }

    private static bool Same(object a, object b) => ReferenceEquals(a, b) || a is string s && b is string t && s == t;

    private static bool Same(TypeSymbol[] a, TypeSymbol[] b)
    {
        if (a.Length != b.Length)
            return false;
        for (var i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]))
                return false;
        }
        return true;
    }

    private static int Hash(TypeSymbol[] symbols)
    {
        var hash = symbols.Length;
        foreach (var symbol in symbols)
            hash = unchecked((hash * 31) + symbol.Id);
        return hash;
    }
}
