using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Build;

/// <summary>
/// Makes the debug directory of the written assembly independent of the directory it is built in.
/// Fody calls <c>ModuleDefinition.Write</c> with parameters of its own, and Cecil then asks the module's
/// symbol <em>reader</em> for a writer. So the reader is wrapped by one whose writer names the PDB by its
/// file name alone. Installed at the start of the weave by <see cref="WeaveSession"/>; the ids are set by
/// <see cref="ContentIdentity"/> once the files are written.
/// Embedded PDBs need none of this (Cecil names them by the assembly), and Windows PDBs, whose format Cecil
/// leaves to a Windows component, are left as they are.
/// </summary>
internal static class DeterministicSymbols
{
    /// <summary>Wraps the reader; false where the module has no separate portable PDB.</summary>
    public static bool Install(ModuleDefinition module, BuildInputs inputs)
    {
        if (module.SymbolReader is not PortablePdbReader reader)
            return false;
        module.ReadSymbols(new PortableSymbolReader(reader, inputs.SourcePathsAreMapped));
        return true;
    }
}
