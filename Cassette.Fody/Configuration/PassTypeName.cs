using System;

namespace Cassette.Fody.Configuration;

/// <summary>The full name of a pass's type, as it is compared: with dots before nested types, as C# has it.</summary>
internal static class PassTypeName
{
    /// <summary>Whether a text can be one.</summary>
    public static bool IsValid(string text) =>
        text.Length > 0 && text.IndexOfAny([' ', '\t', '\n', '*', '?', '<', '>', '(', ')', '[', ']', ':', ',', '"', '\\']) < 0
        && Array.TrueForAll(Normalize(text).Split('.'), segment => segment.Length > 0);

    /// <summary>The name from any way of writing it: reflection marks nested types by a plus, metadata by a slash.</summary>
    public static string Normalize(string fullName) => fullName.Replace('+', '.').Replace('/', '.');
}
