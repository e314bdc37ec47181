using System;
using System.Collections.Generic;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>The modifiers that a member pattern can ask for.</summary>
public enum MemberModifier
{
    /// <summary>Accessible everywhere.</summary>
    Public,

    /// <summary>Accessible in derived types: <c>protected</c>, also with <c>internal</c> or <c>private</c>.</summary>
    Protected,

    /// <summary>Accessible in the assembly: <c>internal</c>, also with <c>protected</c>.</summary>
    Internal,

    /// <summary>Accessible in its type only.</summary>
    Private,

    /// <summary>Without a receiver.</summary>
    Static,

    /// <summary>Overridable, abstract or an override.</summary>
    Virtual,

    /// <summary>Without a body, to be implemented.</summary>
    Abstract,

    /// <summary>Written with <c>async</c>, which the compiler leaves a trace of.</summary>
    Async,
}

internal static class MemberModifiers
{
    private static readonly string[] Keywords =
        ["public", "protected", "internal", "private", "static", "virtual", "abstract", "async"];

    public static IReadOnlyList<string> All => Keywords;

    public static string KeywordOf(MemberModifier modifier) => Keywords[(int)modifier];

    public static bool TryParse(string keyword, out MemberModifier modifier)
    {
        int index = Array.IndexOf(Keywords, keyword);
        modifier = (MemberModifier)Math.Max(index, 0);
        return index >= 0;
    }
}
