using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Editing;

/// <summary>Finds natural loops: for each way back to a block that all ways to its source lead through, the blocks in between.</summary>
internal sealed class LoopFinder
{
    private readonly EditableBody body;
    private readonly List<EditableBlock> blocks;
    private readonly Dictionary<EditableBlock, int> numbers = new(ReferenceComparer<EditableBlock>.Instance);
    private readonly List<int>[] before;
    private readonly IReadOnlyList<Edge> edges;

    private LoopFinder(EditableBody body)
    {
        this.body = body;
        blocks = [.. body.Blocks.Where(b => b.IsReachable)];
        for (var i = 0; i < blocks.Count; i++)
            numbers.Add(blocks[i], i);
        before = [.. blocks.Select(_ => new List<int>())];
        edges = body.Edges;
        foreach (var edge in edges)
        {
            if (edge.Source is { } source)
                before[numbers[edge.Target]].Add(numbers[source]);
        }
        // An exception can come from any block of a try.
        foreach (var edge in edges.Where(e => e.Handler is not null))
        {
            foreach (var block in blocks.Where(b => b.Region.IsWithin(edge.Handler!.Try!)))
                before[numbers[edge.Target]].Add(numbers[block]);
        }
    }

    public static List<Loop> Find(EditableBody body) => new LoopFinder(body).Find();

    private List<Loop> Find()
    {
        var nearest = Dominators();
        var found = new SortedDictionary<int, HashSet<int>>();
        for (var header = 0; header < blocks.Count; header++)
        {
            foreach (var latch in before[header].Where(b => Above(nearest, b).Contains(header)))
            {
                if (!found.TryGetValue(header, out var inside))
                    found.Add(header, inside = [header]);
                Collect(latch, inside);
            }
        }
        var loops = found.Select(f => new Loop(blocks[f.Key], [.. f.Value.OrderBy(n => n).Select(n => blocks[n])])).ToList();
        foreach (var loop in loops)
        {
            loop.Parent = loops.Where(o => o != loop && o.Contains(loop.Header) && o.Blocks.Count > loop.Blocks.Count).OrderBy(o => o.Blocks.Count).FirstOrDefault();
            loop.Exits = [.. edges.Where(e => e.Source is { } source && loop.Contains(source) && !loop.Contains(e.Target))];
            new LoopReader(body, loop, latch => Above(nearest, numbers[latch]).Select(n => blocks[n]), PredecessorsOf).Read();
        }
        return loops;
    }

    private IEnumerable<EditableBlock> PredecessorsOf(EditableBlock block) => before[numbers[block]].Distinct().Select(n => blocks[n]);

    private void Collect(int latch, HashSet<int> inside)
    {
        var pending = new Stack<int>();
        pending.Push(latch);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (!inside.Add(block))
                continue;
            foreach (var source in before[block])
                pending.Push(source);
        }
    }

    /// <summary>
    /// For each block the nearest one that every way to it leads through (-1 for the entry and for what no way leads to): the iteration of Cooper,
    /// Harvey and Kennedy over the blocks in reverse postorder.
    /// </summary>
    private int[] Dominators()
    {
        var after = blocks.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < before.Length; i++)
            before[i].ForEach(source => after[source].Add(i));
        var (order, ranks) = Postorder(after, numbers[body.Blocks[0]]);
        var nearest = Enumerable.Repeat(-1, blocks.Count).ToArray();
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var i = order.Count - 2; i >= 0; i--)
            {
                var common = -1;
                foreach (var source in before[order[i]].Where(s => ranks[s] == order.Count - 1 || nearest[s] >= 0))
                    common = common < 0 ? source : Meet(common, source);
                isChanged |= nearest[order[i]] != common;
                nearest[order[i]] = common;
            }
        }
        return nearest;

        int Meet(int a, int b)
        {
            while (a != b)
            {
                if (ranks[a] < ranks[b])
                    a = nearest[a];
                else
                    b = nearest[b];
            }
            return a;
        }
    }

    private static (List<int> Order, int[] Ranks) Postorder(List<int>[] after, int entry)
    {
        var order = new List<int>();
        var ranks = Enumerable.Repeat(-1, after.Length).ToArray();
        var isSeen = new bool[after.Length];
        var path = new Stack<(int Block, int Next)>();
        path.Push((entry, 0));
        isSeen[entry] = true;
        while (path.Count > 0)
        {
            var (block, next) = path.Pop();
            if (next == after[block].Count)
            {
                ranks[block] = order.Count;
                order.Add(block);
                continue;
            }
            path.Push((block, next + 1));
            var target = after[block][next];
            if (isSeen[target])
                continue;
            isSeen[target] = true;
            path.Push((target, 0));
        }
        return (order, ranks);
    }

    /// <summary>A block, and from it upwards those that every way to it leads through.</summary>
    private static IEnumerable<int> Above(int[] nearest, int block)
    {
        for (; block >= 0; block = nearest[block])
            yield return block;
    }
}
