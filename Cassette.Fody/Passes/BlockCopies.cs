using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>A copy of some of a body's blocks, with the protected regions that they fill, to be written beside these.</summary>
internal sealed class BlockCopies
{
    private readonly PlannedClone clone;
    private readonly IReadOnlyList<Block> originals;
    private readonly Dictionary<Block, Block> copies;

    /// <param name="clone">The clone whose body has the blocks.</param>
    /// <param name="originals">The blocks, in the body's order.</param>
    /// <param name="around">The region that they lie in, some of them in regions within it.</param>
    public BlockCopies(PlannedClone clone, IReadOnlyList<Block> originals, Region around)
    {
        this.clone = clone;
        this.originals = originals;
        var regions = new RegionCopies(around, around);
        copies = originals.ToDictionary(b => b, b => new Block(regions.Of(b.Region)) { EntryStack = b.EntryStack, IsReachable = b.IsReachable });
        regions.SetEntries(Of);
    }

    /// <summary>The copy of a block; of one that is not copied the block itself.</summary>
    public Block Of(Block block) => copies.TryGetValue(block, out var copy) ? copy : block;

    /// <summary>Writes the copies.</summary>
    /// <param name="writer">The writer of the body.</param>
    /// <param name="change">What is to become of an instruction's copy, which was written last, but for its targets, and of its site; by the original.</param>
    public void Write(BlockWriter writer, Action<Instruction, Instruction> change)
    {
        foreach (var block in originals)
        {
            writer.Start(copies[block]);
            foreach (var instruction in block.Instructions)
            {
                var copy = instruction.Copy(instruction.Operand switch
                {
                    Block target => Of(target),
                    Block[] targets => targets.Select(Of).ToArray(),
                    var other => other,
                });
                writer.Append(copy);
                if (clone.Sites.TryGetValue(instruction, out var site))
                    clone.Sites.Add(copy, site);
                change(instruction, copy);
            }
            writer.Current.Next = block.Next is { } next ? Of(next) : null;
        }
    }
}
