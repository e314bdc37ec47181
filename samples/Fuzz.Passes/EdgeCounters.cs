using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;

namespace Fuzz.Passes;

/// <summary>
/// Counts how often control takes each way that a test chooses: one element of the context's <c>int[]</c> for each. What follows from others has no counter:
/// a way without a choice is taken whenever its block runs, and one into a block that nothing else leads to, and that chooses again, as often as the ways
/// out of that one together.
/// </summary>
public sealed class EdgeCounters : IPass
{
    /// <summary>How long the array has to be. Larger programs share elements.</summary>
    public const int Length = 4096;

    public PassResult Run(TypeSymbol context, Reflection reflection)
    {
        EditableBody body = reflection.Edit();
        ExpressionFactory make = body.New;
        List<Edge> counted = Counted(body.Edges);
        int slot = reflection.Allocate(counted.Count);
        Local counters = body.NewLocal(typeof(int[]), "counters");
        foreach (Edge edge in counted)
        {
            Expression index = make.Constant(slot++ % Length);
            Expression incremented = make.Add(make.Element(make.Load(counters), index), make.Constant(1));
            body.InsertOn(edge, make.StoreElement(make.Load(counters), make.Copy(index), incremented));
        }

        // Last, so that it comes before the count of the way in.
        if (counted.Count > 0)
            body.InsertAtStart(make.Store(counters, make.Metadata()));
        return PassResult.Overdub(body);
    }

    private static List<Edge> Counted(IReadOnlyList<Edge> edges)
    {
        HashSet<EditableBlock> choosing = [.. edges.Where(edge => edge.IsChoice).Select(edge => edge.Source!)];
        ILookup<EditableBlock, Edge> into = edges.ToLookup(edge => edge.Target);
        List<Edge> counted = [.. edges.Where(edge => edge.Kind == EdgeKind.Handler || edge.IsChoice && !(choosing.Contains(edge.Target) && into[edge.Target].Count() == 1))];
        // A method without a choice has one way through it.
        return counted.Count > 0 ? counted : [.. edges.Where(edge => edge.Kind == EdgeKind.Entry)];
    }
}
