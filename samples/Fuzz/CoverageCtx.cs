using Cassette;
using Fuzz.Passes;

namespace Fuzz;

/// <summary>Counts the edges of everything that runs in it.</summary>
[Pass(typeof(EdgeCounters))]
internal readonly record struct CoverageCtx(int[] Metadata) : IContext<int[]>;
