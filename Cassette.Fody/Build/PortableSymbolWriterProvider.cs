using System;
using System.IO;

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Build;

/// <summary>Makes writers that build the PDB in memory and write it beside the assembly.</summary>
internal sealed class PortableSymbolWriterProvider(ISymbolWriterProvider provider, bool keepChecksum) : ISymbolWriterProvider
{
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName)
    {
        var content = new MemoryStream();
        ISymbolWriter writer = provider.GetSymbolWriter(module, content);
        return new PortableSymbolWriter(writer, content, Path.ChangeExtension(fileName, ".pdb"), keepChecksum);
    }

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        throw new NotSupportedException("Fody writes symbols to a file.");
}
