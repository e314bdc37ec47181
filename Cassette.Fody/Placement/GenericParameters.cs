using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>Type parameters of what the weaver adds, after those of something that the author wrote.</summary>
internal static class GenericParameters
{
    /// <summary>Gives a method or type the type parameters of another, or its last ones, with their constraints; without their variance.</summary>
    public static void Copy(TypeUniverse types, SymbolImporter importer, IGenericParameterProvider owner, IEnumerable<GenericParameter> parameters, IGenericParameterProvider target)
    {
        var originals = parameters.ToList();
        var first = target.GenericParameters.Count;
        foreach (var parameter in originals)
            target.GenericParameters.Add(new GenericParameter(parameter.Name, target) { Attributes = parameter.Attributes & ~GenericParameterAttributes.VarianceMask });
        var own = target.GenericParameters.Select(p => types.Import(p, GenericScope.Empty)).ToArray();
        TypeSymbol[] skipped = [.. Enumerable.Repeat(types.Object, owner.GenericParameters.Count - originals.Count)];
        for (var i = 0; i < originals.Count; i++)
        {
            foreach (var constraint in types.ConstraintsOf(types.ParametersOf(owner)[originals[i].Position]))
            {
                TypeSymbol[] arguments = [.. skipped, .. own.Skip(first)];
                var mapped = owner is TypeDefinition ? types.Substitute(constraint, owner, arguments, null, []) : types.Substitute(constraint, null, [], owner, arguments);
                target.GenericParameters[first + i].Constraints.Add(new GenericParameterConstraint(importer.Import(mapped)));
            }
        }
    }
}
