using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>A context without rules against the same code run natively, where the compiler makes state machines.</summary>
public class MachineBenchmarks
{
    private const int Iterations = 20_000;

    private readonly NoRulesCtx none = new();
    private readonly NoRulesStateCtx state = new(new Counter());
    private readonly Counter counter = new();

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncImmediate")]
    public double AsyncImmediateNative() => Machines.SumOfImmediate(Iterations);

    [Benchmark, BenchmarkCategory("AsyncImmediate")]
    public double AsyncImmediateEmptyContext() => none.Overdub(Machines.SumOfImmediate, Iterations);

    [Benchmark, BenchmarkCategory("AsyncImmediate")]
    public double AsyncImmediateContextWithState() => state.Overdub(Machines.SumOfImmediate, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncSuspended")]
    public double AsyncSuspendedNative() => Machines.SumOfSuspended(Iterations);

    [Benchmark, BenchmarkCategory("AsyncSuspended")]
    public double AsyncSuspendedEmptyContext() => none.Overdub(Machines.SumOfSuspended, Iterations);

    [Benchmark, BenchmarkCategory("AsyncSuspended")]
    public double AsyncSuspendedContextWithState() => state.Overdub(Machines.SumOfSuspended, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncTask")]
    public double AsyncTaskNative() => Machines.SumOfTasks(Iterations);

    [Benchmark, BenchmarkCategory("AsyncTask")]
    public double AsyncTaskEmptyContext() => none.Overdub(Machines.SumOfTasks, Iterations);

    [Benchmark, BenchmarkCategory("AsyncTask")]
    public double AsyncTaskContextWithState() => state.Overdub(Machines.SumOfTasks, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncYield")]
    public double AsyncYieldNative() => Machines.SumOfYields(Iterations);

    [Benchmark, BenchmarkCategory("AsyncYield")]
    public double AsyncYieldEmptyContext() => none.Overdub(Machines.SumOfYields, Iterations);

    [Benchmark, BenchmarkCategory("AsyncYield")]
    public double AsyncYieldContextWithState() => state.Overdub(Machines.SumOfYields, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncSource")]
    public double AsyncSourceNative() => Machines.SumOfSources(Iterations);

    [Benchmark, BenchmarkCategory("AsyncSource")]
    public double AsyncSourceEmptyContext() => none.Overdub(Machines.SumOfSources, Iterations);

    [Benchmark, BenchmarkCategory("AsyncSource")]
    public double AsyncSourceContextWithState() => state.Overdub(Machines.SumOfSources, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncStream")]
    public double AsyncStreamNative() => Machines.SumOfStream(Iterations);

    [Benchmark, BenchmarkCategory("AsyncStream")]
    public double AsyncStreamEmptyContext() => none.Overdub(Machines.SumOfStream, Iterations);

    [Benchmark, BenchmarkCategory("AsyncStream")]
    public double AsyncStreamContextWithState() => state.Overdub(Machines.SumOfStream, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncStreams")]
    public double AsyncStreamsNative() => Machines.SumOfStreams(Iterations);

    [Benchmark, BenchmarkCategory("AsyncStreams")]
    public double AsyncStreamsEmptyContext() => none.Overdub(Machines.SumOfStreams, Iterations);

    [Benchmark, BenchmarkCategory("AsyncStreams")]
    public double AsyncStreamsContextWithState() => state.Overdub(Machines.SumOfStreams, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("Iterator")]
    public double IteratorNative() => Machines.SumOfIterator(Iterations);

    [Benchmark, BenchmarkCategory("Iterator")]
    public double IteratorEmptyContext() => none.Overdub(Machines.SumOfIterator, Iterations);

    [Benchmark, BenchmarkCategory("Iterator")]
    public double IteratorContextWithState() => state.Overdub(Machines.SumOfIterator, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("Iterators")]
    public double IteratorsNative() => Machines.SumOfIterators(Iterations);

    [Benchmark, BenchmarkCategory("Iterators")]
    public double IteratorsEmptyContext() => none.Overdub(Machines.SumOfIterators, Iterations);

    [Benchmark, BenchmarkCategory("Iterators")]
    public double IteratorsContextWithState() => state.Overdub(Machines.SumOfIterators, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("IteratorsHanded")]
    public double IteratorsHandedNative() => Machines.SumOfHandedIterators(Iterations);

    [Benchmark, BenchmarkCategory("IteratorsHanded")]
    public double IteratorsHandedEmptyContext() => none.Overdub(Machines.SumOfHandedIterators, Iterations);

    [Benchmark, BenchmarkCategory("IteratorsHanded")]
    public double IteratorsHandedContextWithState() => state.Overdub(Machines.SumOfHandedIterators, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncSuspendedByHand")]
    public double AsyncSuspendedByHand() => MachinesByHand.SumOfSuspended(Iterations, counter);

    [Benchmark, BenchmarkCategory("AsyncSuspendedByHand")]
    public double AsyncSuspendedByHandContextWithState() => state.Overdub(Machines.SumOfSuspended, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("AsyncYieldByHand")]
    public double AsyncYieldByHand() => MachinesByHand.SumOfYields(Iterations, counter);

    [Benchmark, BenchmarkCategory("AsyncYieldByHand")]
    public double AsyncYieldByHandContextWithState() => state.Overdub(Machines.SumOfYields, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("IteratorsByHand")]
    public double IteratorsByHand() => MachinesByHand.SumOfIterators(Iterations, counter);

    [Benchmark, BenchmarkCategory("IteratorsByHand")]
    public double IteratorsByHandContextWithState() => state.Overdub(Machines.SumOfIterators, Iterations);
}
