namespace Cassette;

/// <summary>Which use of a target a rule applies to.</summary>
public enum Access
{
    /// <summary>Any: calls, reads, writes and constructions.</summary>
    Any,

    /// <summary>Calls of a method.</summary>
    Call,

    /// <summary>Reads of a property, an indexer or a field.</summary>
    Get,

    /// <summary>Writes of a property, an indexer or a field.</summary>
    Set,

    /// <summary>Constructions of an object.</summary>
    New,
}
