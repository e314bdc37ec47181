using System;
using System.IO;

namespace Cassette.Tasks;

/// <summary>Tells managed images from native ones by the CLI header's entry in the PE headers, ECMA-335 II.25.2.3.3.</summary>
internal static class ManagedImage
{
    private const int CliDirectory = 14;

    public static bool Is(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var headers = new byte[2048];
        int length = 0;
        for (int read; length < headers.Length && (read = file.Read(headers, length, headers.Length - length)) > 0;)
            length += read;
        if (length < 64 || headers[0] != 'M' || headers[1] != 'Z')
            return false;
        int optional = BitConverter.ToInt32(headers, 0x3C) + 24;
        if (optional < 0 || optional > length - 2)
            return false;
        int directories = optional + (BitConverter.ToUInt16(headers, optional) == 0x20B ? 112 : 96);
        int cli = directories + CliDirectory * 8;
        return cli <= length - 8 && BitConverter.ToInt32(headers, cli) != 0;
    }
}
