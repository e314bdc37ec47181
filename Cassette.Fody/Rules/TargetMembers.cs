using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Finds the members that a rule's target names.</summary>
internal static class TargetMembers
{
    /// <summary>The methods meant by a name and a kind of use: with a name those of base types too, without one the type's own.</summary>
    public static List<MethodDefinition> Find(TypeSymbol type, string? name, TargetAccess access)
    {
        var lineage = name is null || access == TargetAccess.New || name == ".ctor" ? Lineage(type).Take(1) : Lineage(type);
        return lineage.SelectMany(owner => owner.Methods).Where(method => IsMeant(method, name, access)).ToList();
    }

    /// <summary>The fields of a name, where the kind of use is one that fields have; constants have none.</summary>
    public static List<FieldDefinition> FindFields(TypeSymbol type, string? name, TargetAccess access) =>
        name is null || access is not (TargetAccess.Any or TargetAccess.Get or TargetAccess.Set) ? []
        : Lineage(type).SelectMany(owner => owner.Fields).Where(field => field.Name == name && !field.IsLiteral).ToList();

    /// <summary>What could have been written instead.</summary>
    public static IEnumerable<string> Names(TypeSymbol type) => Lineage(type).SelectMany(owner =>
        owner.Methods.Where(method => !method.IsSpecialName).Select(method => method.Name)
            .Concat(owner.Properties.Select(property => property.Name))
            .Concat(owner.Events.Select(@event => @event.Name))
            .Concat(owner.Fields.Where(field => !field.IsSpecialName).Select(field => field.Name)))
        .Where(name => name.IndexOf('<') < 0)
        .Distinct(StringComparer.Ordinal);

    /// <summary>The type, its bases, and the interfaces that an interface inherits.</summary>
    private static IEnumerable<TypeDefinition> Lineage(TypeSymbol type)
    {
        for (TypeSymbol? owner = type; owner?.Definition is { } definition; owner = owner.BaseType)
            yield return definition;
        if (type.Shape != TypeShape.Interface)
            yield break;
        foreach (var inherited in type.Interfaces)
        {
            if (inherited.Definition is { } definition)
                yield return definition;
        }
    }

    private static bool IsMeant(MethodDefinition method, string? name, TargetAccess access)
    {
        if (method.Name == ".cctor")
            return false;
        var isConstructor = method.IsConstructor;
        return access switch
        {
            TargetAccess.New => isConstructor && name is null or ".ctor",
            TargetAccess.Get => method.IsGetter && Is(method, name, "get_"),
            TargetAccess.Set => method.IsSetter && Is(method, name, "set_"),
            TargetAccess.Call => !isConstructor && (name is null ? !method.IsGetter && !method.IsSetter : method.Name == name),
            _ => name is null || method.Name == name || method.IsGetter && Is(method, name, "get_") || method.IsSetter && Is(method, name, "set_")
                || method.IsAddOn && Is(method, name, "add_") || method.IsRemoveOn && Is(method, name, "remove_"),
        };
    }

    private static bool Is(MethodDefinition method, string? name, string prefix) =>
        name is null || method.Name.Length == prefix.Length + name.Length
        && method.Name.StartsWith(prefix, StringComparison.Ordinal) && method.Name.EndsWith(name, StringComparison.Ordinal);
}
