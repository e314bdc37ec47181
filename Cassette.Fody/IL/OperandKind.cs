namespace Cassette.Fody.IL;

/// <summary>What an instruction's operand is, in long form.</summary>
public enum OperandKind
{
    None,
    Int32,
    Int64,
    Single,
    Double,
    String,
    Argument,
    Local,
    /// <summary>One block to branch to.</summary>
    Block,
    /// <summary>The blocks of a <c>switch</c>.</summary>
    Blocks,
    Type,
    Method,
    Field,
    /// <summary>A type, a method or a field: <c>ldtoken</c>.</summary>
    Token,
    /// <summary>The signature of a <c>calli</c>.</summary>
    Signature,
    /// <summary>One byte: the operand of <c>unaligned.</c> and <c>no.</c>, which are prefixes.</summary>
    Byte,
}
