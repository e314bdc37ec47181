using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.IL;

/// <summary>Writes the lines that open and close handler regions as a listing goes from block to block.</summary>
internal sealed class RegionOutline(List<IRLine> lines, string gutter)
{
    private readonly Stack<Region> open = [];
    private readonly List<Region> seen = [];

    /// <summary>Closes and opens what lies between the block before and this one; returns the depth of nesting.</summary>
    public int Enter(Region region)
    {
        var chain = new List<Region>();
        for (var r = region; r is { Parent: not null }; r = r.Parent)
            chain.Insert(0, r);
        while (open.Count > 0 && !chain.Contains(open.Peek()))
        {
            var closed = open.Pop();
            // A handler right behind its try or a sibling closes that one by its own line.
            if (!chain.Exists(r => r.Parent == closed.Parent && Family(r) == Family(closed) && !seen.Contains(r)))
                Write(open.Count, "end");
        }
        foreach (var inner in chain.Skip(open.Count))
        {
            Write(open.Count, seen.Contains(inner) ? Title(inner) + " (continued)" : Title(inner));
            seen.Add(inner);
            open.Push(inner);
        }
        return open.Count;
    }

    private static Region Family(Region region) => region.Try ?? region;

    private static string Title(Region region) => region.Kind switch
    {
        RegionKind.Catch => "catch (" + (region.CatchType is null ? "?" : IRNames.Of(region.CatchType)) + ")",
        RegionKind.FilteredCatch => "catch (when the filter says so)",
        _ => FlowRules.Name(region),
    };

    private void Write(int depth, string text) =>
        lines.Add(new IRLine("", gutter + string.Concat(Enumerable.Repeat("│ ", depth)) + text, "", lines.Count > 0 ? lines[lines.Count - 1].SourceLine : 0));
}
