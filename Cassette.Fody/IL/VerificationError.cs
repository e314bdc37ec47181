namespace Cassette.Fody.IL;

/// <summary>One reason why <see cref="BodyVerifier"/> rejects a body. <see cref="object.ToString"/> is one line of text.</summary>
public sealed class VerificationError(int blockIndex, Block? block, Instruction? instruction, string reason)
{
    /// <summary>Position of the block in the body; -1 when the error is not about one block.</summary>
    public int BlockIndex { get; } = blockIndex;

    public Block? Block { get; } = block;

    /// <summary>Null when the error is about a block or region as a whole.</summary>
    public Instruction? Instruction { get; } = instruction;

    /// <summary>The offset in the body the instruction (or else the block) was imported from; -1 for code that a pass made.</summary>
    public int Offset { get; } = instruction?.OriginalOffset ?? block?.OriginalOffset ?? -1;

    public string Reason { get; } = reason;

    public override string ToString()
    {
        var place = BlockIndex < 0 ? "body" : "block " + (BlockIndex + 1);
        if (Offset >= 0)
            place += $", IL_{Offset:x4}";
        return Instruction is null ? $"{place}: {Reason}" : $"{place}, {Instruction.Code.ToString().ToLowerInvariant().Replace('_', '.')}: {Reason}";
    }
}
