using System.Collections.Generic;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;

namespace Fuzz.Passes;

/// <summary>Counts how often control takes each way through a method: one element of the context's <c>int[]</c> for each edge between two blocks.</summary>
public sealed class EdgeCounters : IPass
{
    /// <summary>How long the array has to be. Larger programs share elements.</summary>
    public const int Length = 4096;

    public PassResult Run(TypeSymbol context, Reflection reflection)
    {
        EditableBody body = reflection.Edit();
        ExpressionFactory make = body.New;
        IReadOnlyList<Edge> edges = body.Edges;
        int first = reflection.Allocate(edges.Count);
        Local counters = body.NewLocal(typeof(int[]), "counters");
        foreach (Edge edge in edges)
        {
            int slot = (first + edge.Ordinal) % Length;
            Expression incremented = make.Add(make.Element(make.Load(counters), make.Constant(slot)), make.Constant(1));
            body.InsertOn(edge, make.StoreElement(make.Load(counters), make.Constant(slot), incremented));
        }

        // Last, so that it comes before the count of the way in.
        body.InsertAtStart(make.Store(counters, make.Metadata()));
        return PassResult.Overdub(body);
    }
}
