using System;
using System.IO;
using System.Text;

namespace Cassette.Tasks;

/// <summary>
/// Tells a woven assembly by the mark in its <c>[Cassette.Runtime.Woven(version, mark)]</c>. In the blob of a
/// custom attribute a string is its length and its UTF-8 bytes (ECMA-335 II.23.3), so these are searched
/// for; a task for every MSBuild has no metadata reader of its own.
/// </summary>
internal static class WovenMark
{
    private const string AttributeName = "WovenAttribute";

    /// <summary>Whether the assembly was woven for this configuration.</summary>
    public static bool IsIn(string path, string mark) => Contains(path, (char)mark.Length + mark);

    /// <summary>Whether the assembly was woven at all: it names the attribute.</summary>
    public static bool HasAny(string path) => Contains(path, "\0" + AttributeName + "\0");

    private static bool Contains(string path, string text)
    {
        byte[] content = File.ReadAllBytes(path);
        byte[] needle = Encoding.ASCII.GetBytes(text);
        int last = content.Length - needle.Length;
        for (int at = Array.IndexOf(content, needle[0]); at >= 0 && at <= last; at = Array.IndexOf(content, needle[0], at + 1))
        {
            int matched = 1;
            while (matched < needle.Length && content[at + matched] == needle[matched])
                matched++;
            if (matched == needle.Length)
                return true;
        }

        return false;
    }
}
