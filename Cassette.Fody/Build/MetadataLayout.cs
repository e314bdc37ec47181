using System;
using System.IO;
using System.Text;

namespace Cassette.Fody.Build;

/// <summary>Finds streams in a metadata root, ECMA-335 II.24.2.1.</summary>
internal static class MetadataLayout
{
    private const uint Signature = 0x424A5342;

    /// <summary>The offset of the stream <paramref name="name"/> in <paramref name="bytes"/>.</summary>
    public static int Stream(byte[] bytes, int root, string name)
    {
        if (BitConverter.ToUInt32(bytes, root) != Signature)
            throw new InvalidDataException("No metadata root where the headers point to.");
        int versionLength = BitConverter.ToInt32(bytes, root + 12);
        int position = root + 16 + versionLength;
        int count = BitConverter.ToUInt16(bytes, position + 2);
        position += 4;
        for (int i = 0; i < count; i++)
        {
            int offset = BitConverter.ToInt32(bytes, position);
            int start = position + 8;
            int end = Array.IndexOf(bytes, (byte)0, start);
            if (Encoding.ASCII.GetString(bytes, start, end - start) == name)
                return root + offset;
            position = start + ((end - start + 4) & ~3);
        }

        throw new InvalidDataException($"The metadata has no stream {name}.");
    }

    /// <summary>The offset of the MVID: the third column of the only row of the Module table, II.22.30.</summary>
    public static int Mvid(byte[] bytes, int root)
    {
        int tables = Stream(bytes, root, "#~");
        byte heapSizes = bytes[tables + 6];
        int stringIndex = (heapSizes & 1) != 0 ? 4 : 2;
        bool wideGuidIndex = (heapSizes & 2) != 0;
        int presentTables = 0;
        for (ulong valid = BitConverter.ToUInt64(bytes, tables + 8); valid != 0; valid &= valid - 1)
            presentTables++;
        int column = tables + 24 + presentTables * 4 + 2 + stringIndex;
        int index = wideGuidIndex ? BitConverter.ToInt32(bytes, column) : BitConverter.ToUInt16(bytes, column);
        return Stream(bytes, root, "#GUID") + (index - 1) * 16;
    }
}
