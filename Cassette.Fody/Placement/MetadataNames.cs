using System.Globalization;
using System.Text;

namespace Cassette.Fody.Placement;

/// <summary>
/// Cuts names that are made of other names and of types: the runtime loads no type that has a member with a name of more than 1,023 bytes, and
/// what the author's compiler just let pass, an explicit implementation of a generic interface, is too long with a context's name after it.
/// </summary>
internal static class MetadataNames
{
    private const int MaxBytes = 1023;

    /// <summary>A name as it is, or its beginning and a number that tells it from others with the same beginning.</summary>
    /// <param name="name">The name.</param>
    /// <param name="end">What has to stay at the end.</param>
    public static string Fit(string name, string end = "")
    {
        var whole = name + end;
        if (Encoding.UTF8.GetByteCount(whole) <= MaxBytes)
            return whole;
        end = "~" + Hash(whole).ToString("x16", CultureInfo.InvariantCulture) + end;
        var length = LengthOf(name, MaxBytes - Encoding.UTF8.GetByteCount(end));
        return name.Substring(0, length) + end;
    }

    /// <summary>How many of the first characters take no more than so many bytes.</summary>
    private static int LengthOf(string name, int bytes)
    {
        var length = 0;
        while (length < name.Length)
        {
            var next = char.IsHighSurrogate(name[length]) && length + 1 < name.Length ? 2 : 1;
            bytes -= Encoding.UTF8.GetByteCount(name.Substring(length, next));
            if (bytes < 0)
                break;
            length += next;
        }
        return length;
    }

    /// <summary>FNV-1a, the same in every build.</summary>
    private static ulong Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in name)
            hash = unchecked((hash ^ character) * 1099511628211UL);
        return hash;
    }
}
