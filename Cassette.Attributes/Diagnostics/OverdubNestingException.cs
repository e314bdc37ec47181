using System;

namespace Cassette;

/// <summary>
/// Contexts were entered inside each other more deeply than the weaver was told to provide for. Every level
/// has clones of its own, made when weaving, so the depth has a bound: the setting <c>MaxNesting</c>.
/// </summary>
/// <example>
/// A third derivative enters its context three times over; with more of them, say so in
/// <c>FodyWeavers.xml</c>:
/// <code>
/// &lt;Cassette MaxNesting="4" /&gt;
/// </code>
/// </example>
public sealed class OverdubNestingException : InvalidOperationException
{
    /// <summary>Makes an exception that names the setting, without its value.</summary>
    public OverdubNestingException()
        : this("Contexts were entered inside each other more deeply than MaxNesting allows. " + Remedy)
    {
    }

    /// <summary>Makes an exception for a depth that was exceeded.</summary>
    /// <param name="maxNesting">The depth that the assembly was woven for.</param>
    public OverdubNestingException(int maxNesting)
        : this($"Contexts were entered inside each other more than {maxNesting} deep (MaxNesting=\"{maxNesting}\"). {Remedy}")
    {
        MaxNesting = maxNesting;
    }

    /// <summary>Makes an exception with a message of its own.</summary>
    /// <param name="message">What was entered, and what to do.</param>
    public OverdubNestingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message of its own and a cause.</summary>
    /// <param name="message">What was entered, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public OverdubNestingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private const string Remedy =
        "Raise MaxNesting on <Cassette> in FodyWeavers.xml, or bound the recursion through the entry.";

    /// <summary>The depth that the assembly was woven for; 0 where it is not known.</summary>
    public int MaxNesting { get; }
}
