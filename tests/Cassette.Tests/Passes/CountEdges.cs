using Cassette.Fody.Editing;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;

namespace Cassette.Tests.Passes;

public sealed class CountEdges : IPass
{
    public PassResult Run(TypeSymbol context, Reflection reflection)
    {
        var body = reflection.Edit();
        var make = body.New;
        var edges = body.Edges;
        var first = reflection.Allocate(edges.Count);          // numbers that no other method gets
        foreach (var edge in edges)
            body.InsertOn(edge, make.CallNative("Coverage", "Hit", make.Metadata(), make.Constant(first + edge.Ordinal)));
        return PassResult.Overdub(body);
    }
}
