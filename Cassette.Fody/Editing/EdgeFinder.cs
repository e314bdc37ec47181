using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>Lists the edges of a body in layout order.</summary>
internal static class EdgeFinder
{
    public static List<Edge> Find(EditableBody body)
    {
        var edges = new List<Edge>();
        var byBlock = body.Blocks.ToDictionary(b => b.Block, ReferenceComparer<Block>.Instance);
        Add(EdgeKind.Entry, null, body.Blocks[0].Block);
        foreach (var block in body.Blocks.Where(b => b.IsReachable))
        {
            var end = block.Terminator?.Expression;
            switch (end?.Operand)
            {
                case Block target:
                    Add(end.Code switch { Code.Br => EdgeKind.Next, Code.Leave => EdgeKind.Leave, _ => EdgeKind.Taken }, block.End, target);
                    break;
                case Block[] targets:
                    foreach (var group in targets.Select((target, number) => (target, number)).GroupBy(t => t.target, ReferenceComparer<Block>.Instance))
                        Add(EdgeKind.Case, block.End, group.Key, [.. group.Select(g => g.number)]);
                    break;
            }
            if (block.Block.Next is { } next)
                Add(end?.Operand switch { Block => EdgeKind.NotTaken, Block[] => EdgeKind.Default, _ => EdgeKind.Next }, block.End, next);
        }
        foreach (var region in Regions(body))
        {
            foreach (var handler in region.Handlers)
            {
                if (handler.Filter is { } filter)
                    Add(EdgeKind.Handler, null, filter.Entry!, handler: filter);
                Add(EdgeKind.Handler, null, handler.Entry!, handler: handler);
            }
        }
        var ways = edges.GroupBy(e => e.Target, ReferenceComparer<EditableBlock>.Instance).ToDictionary(g => g.Key, g => g.Count(), ReferenceComparer<EditableBlock>.Instance);
        foreach (var edge in edges)
            edge.WaysIntoTarget = ways[edge.Target];
        return edges;

        void Add(EdgeKind kind, BlockEnd? end, Block target, IReadOnlyList<int>? cases = null, Region? handler = null)
        {
            if (target.IsReachable)
                edges.Add(new Edge(kind, edges.Count, end, byBlock[target], cases ?? [], handler));
        }
    }

    private static IEnumerable<Region> Regions(EditableBody body)
    {
        var seen = new HashSet<Region>(ReferenceComparer<Region>.Instance);
        foreach (var block in body.Blocks)
        {
            for (var region = block.Region; region is not null; region = region.Parent)
            {
                if (region.Kind == RegionKind.Try && seen.Add(region))
                    yield return region;
            }
        }
    }
}
