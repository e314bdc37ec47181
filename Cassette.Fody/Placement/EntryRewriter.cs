using System.Collections.Generic;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Leads the entry points' calls in native methods into the contexts. Only the callee changes, to one with the same parameters, so the body
/// stays the compiler's, byte for byte.
/// </summary>
internal sealed class EntryRewriter(TypeUniverse types, SymbolImporter importer, Helpers helpers)
{
    public void Rewrite(IReadOnlyList<EnteringMethod> methods)
    {
        foreach (var entering in methods)
        {
            var scope = GenericScope.Of(types, entering.Method);
            foreach (var (index, entry) in entering.Entries)
            {
                var instruction = entering.Method.Body.Instructions[index];
                var callee = types.Import((MethodReference)instruction.Operand, scope);
                instruction.Operand = importer.Import(helpers.ReturnedDelegates.Entry(entry, callee, entering.Method), default);
            }
        }
    }
}
