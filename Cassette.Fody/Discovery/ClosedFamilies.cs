using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>The classes that an object can have whose class is a type of the module or derived from it, where no other assembly can derive from it.</summary>
internal sealed class ClosedFamilies
{
    private readonly Dictionary<TypeDefinition, List<TypeDefinition>> derived = new(ReferenceComparer<TypeDefinition>.Instance);
    private readonly Dictionary<TypeDefinition, IReadOnlyList<TypeDefinition>?> known = new(ReferenceComparer<TypeDefinition>.Instance);
    private readonly bool hasFriends;

    public ClosedFamilies(TypeUniverse types)
    {
        hasFriends = ModuleFacts.HasFriends(types.Module);
        foreach (var type in types.Module.GetTypes())
        {
            if (type.BaseType is null || types.Import(type.BaseType, GenericScope.Of(types, type)).Definition is not { } parent || parent.Module != types.Module)
                continue;
            if (!derived.TryGetValue(parent, out var list))
                derived.Add(parent, list = []);
            list.Add(type);
        }
    }

    /// <summary>The type and all that derive from it; null where there may be others.</summary>
    public IReadOnlyList<TypeDefinition>? DescendantsOf(TypeDefinition type)
    {
        if (!known.TryGetValue(type, out var found))
            known.Add(type, found = Find(type));
        return found;
    }

    private List<TypeDefinition>? Find(TypeDefinition type)
    {
        var found = new List<TypeDefinition> { type };
        for (var i = 0; i < found.Count; i++)
        {
            if (ModuleFacts.MayBeDerivedOutside(found[i], hasFriends))
                return null;
            if (derived.TryGetValue(found[i], out var more))
                found.AddRange(more);
        }
        return found;
    }
}
