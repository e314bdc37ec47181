using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>
/// Puts one type definition in another's place wherever symbols mention it: in constructed types, in members, in type arguments. Members of
/// the type become the other's counterparts.
/// </summary>
/// <param name="types">The weave's.</param>
/// <param name="from">
/// The type that is replaced. On its own parameters it is replaced whatever its arguments are; on other arguments only where it has exactly these, by a
/// type that is not generic.
/// </param>
/// <param name="to">What it is replaced by.</param>
/// <param name="members">The counterparts of its methods and fields.</param>
internal sealed class TypeReplacement(TypeUniverse types, TypeSymbol from, TypeDefinition to, IReadOnlyDictionary<IMemberDefinition, IMemberDefinition> members)
{
    private readonly Dictionary<TypeSymbol, TypeSymbol> known = [];
    private readonly bool isClosed = from.Arguments.Length > 0 && !to.HasGenericParameters;

    public TypeSymbol Map(TypeSymbol type)
    {
        if (!known.TryGetValue(type, out var mapped))
            known.Add(type, mapped = Find(type));
        return mapped;
    }

    public MethodSymbol Map(MethodSymbol method)
    {
        var declaring = Map(method.DeclaringType);
        var arguments = MapAll(method.MethodArguments);
        if (declaring == method.DeclaringType && arguments == method.MethodArguments)
            return method;
        if (IsReplaced(method.DeclaringType))
            return types.Method((MethodDefinition)members[method.Definition!], declaring, arguments);
        if (method.Definition is { } definition && method.VarArgs.Length == 0)
            return types.Method(definition, declaring, arguments);
        throw new InvalidOperationException($"{method.DisplayName} names {from.DisplayName} in a way that it cannot be replaced in.");
    }

    public FieldSymbol Map(FieldSymbol field)
    {
        var declaring = Map(field.DeclaringType);
        if (declaring == field.DeclaringType)
            return field;
        return types.Field(IsReplaced(field.DeclaringType) ? (FieldDefinition)members[field.Definition!] : field.Reference, declaring);
    }

    private bool IsReplaced(TypeSymbol type) => isClosed ? type == from : type.Definition == from.Definition;

    private TypeSymbol Find(TypeSymbol type)
    {
        if (isClosed && type == from)
            return types.Import(to, GenericScope.Empty);
        switch (type.Shape)
        {
            case TypeShape.Vector:
                return types.Vector(Map(type.Element!));
            case TypeShape.Array:
                return types.Array(Map(type.Element!), type.Rank);
            case TypeShape.ByRef:
                return types.ByRef(Map(type.Element!));
            case TypeShape.Pointer:
                return types.Pointer(Map(type.Element!));
        }
        if (!isClosed && type.Definition != null && type.Definition == from.Definition)
            return types.Instantiate(types.Import(to, GenericScope.Empty), MapAll(type.Arguments));
        var arguments = MapAll(type.Arguments);
        return arguments == type.Arguments ? type : types.Instantiate(types.OpenOf(type), arguments);
    }

    private TypeSymbol[] MapAll(TypeSymbol[] symbols)
    {
        var mapped = Array.ConvertAll(symbols, Map);
        return mapped.SequenceEqual(symbols) ? symbols : mapped;
    }
}
