using Fuzz.Passes;

namespace Cassette.Benchmarks.Contexts;

/// <summary>Counts the edges of control flow, by a pass.</summary>
[Pass(typeof(EdgeCounters))]
internal readonly record struct EdgeCoverageCtx(int[] Metadata) : IContext<int[]>;
