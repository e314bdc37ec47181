namespace Cassette.Fody.IL;

/// <summary>Where control goes after an instruction.</summary>
public enum OpcodeFlow
{
    /// <summary>To the following instruction, calls included.</summary>
    Next,
    /// <summary>To the following instruction or to another block.</summary>
    Conditional,
    /// <summary>Never to the following instruction.</summary>
    Ends,
}
