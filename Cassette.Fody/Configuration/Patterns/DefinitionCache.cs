using System.Collections.Generic;
using Mono.Cecil;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Resolves references once. A reference whose assembly is not at hand has no definition, and a pattern
/// that needs it does not match.
/// </summary>
internal sealed class DefinitionCache
{
    // Cecil's references compare by identity, which is what makes this cheap.
    private readonly Dictionary<TypeReference, TypeDefinition?> _types = [];
    private readonly Dictionary<MethodReference, MethodDefinition?> _methods = [];

    public TypeDefinition? Resolve(TypeReference reference)
    {
        if (reference is TypeDefinition known)
            return known;
        if (!_types.TryGetValue(reference, out TypeDefinition? definition))
        {
            try
            {
                definition = reference.Resolve();
            }
            catch (AssemblyResolutionException)
            {
                definition = null;
            }

            _types.Add(reference, definition);
        }

        return definition;
    }

    public MethodDefinition? Resolve(MethodReference reference)
    {
        if (reference is MethodDefinition known)
            return known;
        if (!_methods.TryGetValue(reference, out MethodDefinition? definition))
        {
            try
            {
                definition = reference.Resolve();
            }
            catch (AssemblyResolutionException)
            {
                definition = null;
            }

            _methods.Add(reference, definition);
        }

        return definition;
    }
}
