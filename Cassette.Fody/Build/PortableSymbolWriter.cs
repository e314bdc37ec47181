using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Build;

/// <summary>
/// Cecil's own writer, but for two things. The file is replaced as a whole: Cecil opens the compiler's PDB
/// without truncating it, so that the tail of a longer one would stay. And the debug directory names the PDB
/// by its file name: debuggers and stack traces look beside the assembly first.
/// </summary>
/// <param name="writer">Cecil's writer.</param>
/// <param name="content">Where it writes to.</param>
/// <param name="path">The PDB file.</param>
/// <param name="keepChecksum">
/// Whether the assembly gets the PDB's checksum, which symbol servers ask for. The PDB holds the paths of
/// the sources, so the checksum makes the assembly depend on them; it is kept where these are mapped.
/// </param>
internal sealed class PortableSymbolWriter(ISymbolWriter writer, MemoryStream content, string path, bool keepChecksum)
    : ISymbolWriter
{
    // RSDS, GUID, age, path: the layout of a CodeView entry.
    private const int CodeViewHeader = 4 + 16 + 4;

    public ISymbolReaderProvider GetReaderProvider() => writer.GetReaderProvider();

    public ImageDebugHeader GetDebugHeader()
    {
        var entries = new List<ImageDebugHeaderEntry>();
        foreach (ImageDebugHeaderEntry entry in writer.GetDebugHeader().Entries)
        {
            if (entry.Directory.Type == ImageDebugType.CodeView)
                entries.Add(NamedByFile(entry));
            else if (entry.Directory.Type != ImageDebugType.PdbChecksum || keepChecksum)
                entries.Add(entry);
        }

        return new ImageDebugHeader(entries.ToArray());
    }

    public void Write(MethodDebugInformation info) => writer.Write(info);

    public void Write(ICustomDebugInformationProvider provider) => writer.Write(provider);

    public void Write()
    {
        writer.Write();
        File.WriteAllBytes(path, content.ToArray());
    }

    public void Dispose() => writer.Dispose();

    private ImageDebugHeaderEntry NamedByFile(ImageDebugHeaderEntry entry)
    {
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        var data = new byte[CodeViewHeader + name.Length + 1];
        Buffer.BlockCopy(entry.Data, 0, data, 0, CodeViewHeader);
        Buffer.BlockCopy(name, 0, data, CodeViewHeader, name.Length);
        ImageDebugDirectory directory = entry.Directory;
        directory.SizeOfData = data.Length;
        return new ImageDebugHeaderEntry(directory, data);
    }
}
