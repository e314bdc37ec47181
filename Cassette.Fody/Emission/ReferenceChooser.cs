using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Emission;

/// <summary>
/// Finds the name by which a module refers to a type of another one. A type can be reached through the assembly that defines it and through
/// those that forward to it (<c>System.Runtime</c> for what <c>System.Private.CoreLib</c> defines); the author's compiler chose one of
/// them, and another one would tie the module to where this machine's framework happens to define the type.
/// </summary>
internal sealed class ReferenceChooser(ModuleDefinition module)
{
    private readonly Dictionary<TypeReference, AssemblyNameReference?> forwarders = new(ReferenceComparer<TypeReference>.Instance);
    private Dictionary<string, List<TypeReference>>? own;

    /// <summary>The reference that the module already has for a definition.</summary>
    public TypeReference? Existing(TypeDefinition definition)
    {
        own ??= OwnReferences();
        if (!own.TryGetValue(definition.FullName, out var candidates))
            return null;
        foreach (var candidate in candidates)
        {
            if (Resolve(candidate) != definition)
                continue;
            // The table of references does not say it: Cecil learns it from the first signature that it reads with the type, if any.
            candidate.IsValueType = definition.IsValueType;
            return candidate;
        }
        return null;
    }

    /// <summary>The first assembly that the module refers to and that forwards to a definition, itself not nested; null when none does.</summary>
    public AssemblyNameReference? Forwarder(TypeDefinition definition)
    {
        if (!forwarders.TryGetValue(definition, out var found))
            forwarders.Add(definition, found = FindForwarder(definition));
        return found;
    }

    /// <summary>The definition behind a reference; null when it, or its assembly, is not there.</summary>
    public static TypeDefinition? Resolve(TypeReference reference)
    {
        try
        {
            return reference as TypeDefinition ?? reference.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }

    private Dictionary<string, List<TypeReference>> OwnReferences()
    {
        var found = new Dictionary<string, List<TypeReference>>();
        foreach (var reference in module.GetTypeReferences())
        {
            if (!found.TryGetValue(reference.FullName, out var sameName))
                found.Add(reference.FullName, sameName = []);
            sameName.Add(reference);
        }
        return found;
    }

    private AssemblyNameReference? FindForwarder(TypeDefinition definition)
    {
        foreach (var name in module.AssemblyReferences)
        {
            // A type reference through the assembly makes Cecil follow its table of forwarded types.
            if (Resolve(new TypeReference(definition.Namespace, definition.Name, module, name)) == definition)
                return name;
        }
        return null;
    }
}
