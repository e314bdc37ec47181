namespace Cassette.Benchmarks.Contexts;

/// <summary>What the counting contexts and the code instrumented by hand count in.</summary>
public sealed class Counter
{
    public long Calls;

    public long Returns;
}
