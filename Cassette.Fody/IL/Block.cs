using System.Collections.Generic;

namespace Cassette.Fody.IL;

/// <summary>
/// A basic block: entered at its first instruction only, left at its last only. A block whose last instruction does not end
/// the flow of control goes on to <see cref="Next"/>; emission inserts a branch where the layout separates the two.
/// </summary>
public sealed class Block(Region region)
{
    public List<Instruction> Instructions { get; } = [];

    /// <summary>Where control goes when it runs off the end; null when the last instruction never falls through.</summary>
    public Block? Next { get; set; }

    /// <summary>The innermost handler region the block lies in.</summary>
    public Region Region { get; set; } = region;

    /// <summary>The stack on entry, bottom first. Handler blocks start with their exception object.</summary>
    public StackType[] EntryStack { get; set; } = [];

    /// <summary>False for code no path leads to: kept as bytes where it can be, never typed.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>Whether it waits in the worklist of <see cref="StackTyping"/>.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The offset it was imported from; -1 for blocks that a pass made.</summary>
    public int OriginalOffset { get; init; } = -1;
}
