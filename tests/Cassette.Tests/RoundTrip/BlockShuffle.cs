using System;
using System.Linq;
using Cassette.Fody.IL;

namespace Cassette.Tests.RoundTrip;

/// <summary>
/// Lists a body's blocks in a random order after the first one, as passes may that add blocks anywhere. Those of a filter stay where they are:
/// the verifier wants its endfilter last.
/// </summary>
internal sealed class BlockShuffle(int seed)
{
    private readonly Random random = new(seed);

    public void Apply(MethodIR body)
    {
        var free = Enumerable.Range(1, body.Blocks.Count - 1).Where(i => body.Blocks[i].Region.Kind != RegionKind.Filter).ToList();
        for (var i = free.Count - 1; i > 0; i--)
        {
            var (a, b) = (free[i], free[random.Next(i + 1)]);
            (body.Blocks[a], body.Blocks[b]) = (body.Blocks[b], body.Blocks[a]);
        }
    }
}
