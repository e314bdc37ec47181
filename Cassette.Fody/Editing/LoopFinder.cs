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
        var dominators = new Dominators(before, numbers[body.Blocks[0]]);
        var found = new SortedDictionary<int, HashSet<int>>();
        for (var header = 0; header < blocks.Count; header++)
        {
            foreach (var latch in before[header].Where(b => dominators.Above(b).Contains(header)))
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
            new LoopReader(body, loop, latch => dominators.Above(numbers[latch]).Select(n => blocks[n]), PredecessorsOf).Read();
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
}
