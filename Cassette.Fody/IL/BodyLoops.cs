using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.IL;

/// <summary>A loop of a body.</summary>
/// <param name="Header">The block by which alone it is entered.</param>
/// <param name="Blocks">All of its blocks, in the body's order.</param>
internal sealed record BodyLoop(Block Header, IReadOnlyList<Block> Blocks);

/// <summary>Finds the loops of a body that have no others inside them.</summary>
internal sealed class BodyLoops
{
    private readonly List<Block> blocks;
    private readonly Dictionary<Block, int> numbers = [];
    private readonly List<int>[] before;

    private BodyLoops(MethodIR body)
    {
        blocks = [.. body.Blocks.Where(b => b.IsReachable)];
        for (var i = 0; i < blocks.Count; i++)
            numbers.Add(blocks[i], i);
        before = [.. blocks.Select(_ => new List<int>())];
        foreach (var block in blocks)
        {
            foreach (var next in Successors(block))
                before[numbers[next]].Add(numbers[block]);
            // An exception can come before anything else.
            if (block.Region.Entry == block && block.Region.Kind is not (RegionKind.Body or RegionKind.Try))
                before[numbers[block]].Add(0);
        }
    }

    public static List<BodyLoop> Innermost(MethodIR body) => new BodyLoops(body).Find();

    /// <summary>Where control goes from a block, but for exceptions.</summary>
    public static IEnumerable<Block> Successors(Block block)
    {
        if (block.Next != null)
            yield return block.Next;
        foreach (var instruction in block.Instructions)
        {
            if (instruction.Operand is Block target)
                yield return target;
            else if (instruction.Operand is Block[] targets)
            {
                foreach (var one in targets)
                    yield return one;
            }
        }
    }

    /// <summary>Whether control can come back to a block, without an exception.</summary>
    public static bool IsRepeated(Block block)
    {
        var seen = new HashSet<Block>();
        var pending = new Stack<Block>([block]);
        while (pending.Count > 0)
        {
            foreach (var next in Successors(pending.Pop()))
            {
                if (next == block)
                    return true;
                if (seen.Add(next))
                    pending.Push(next);
            }
        }
        return false;
    }

    private List<BodyLoop> Find()
    {
        var dominators = new Dominators(before, 0);
        var found = new SortedDictionary<int, HashSet<int>>();
        for (var header = 0; header < blocks.Count; header++)
        {
            foreach (var latch in before[header])
            {
                if (!dominators.Above(latch).Contains(header))
                    continue;
                if (!found.TryGetValue(header, out var inside))
                    found.Add(header, inside = [header]);
                Collect(latch, inside);
            }
        }
        return [.. found.Where(f => !found.Keys.Any(other => other != f.Key && f.Value.Contains(other)))
            .Select(f => new BodyLoop(blocks[f.Key], [.. f.Value.OrderBy(n => n).Select(n => blocks[n])]))];
    }

    private void Collect(int latch, HashSet<int> inside)
    {
        var pending = new Stack<int>([latch]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (!inside.Add(block))
                continue;
            foreach (var source in before[block])
                pending.Push(source);
        }
    }
}
