using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>Prehooks that count against the same code instrumented by hand.</summary>
public class HookBenchmarks
{
    private readonly Counter counter = new();
    private readonly double[] point = [.. Enumerable.Range(0, 20_000).Select(i => 0.5 + i % 7 * 0.25)];

    [Benchmark(Baseline = true), BenchmarkCategory("HookedFib")]
    public double FibByHand() => Recursion.CountedFib(20, counter);

    [Benchmark, BenchmarkCategory("HookedFib")]
    public double FibTypedPrehook() => new CountingCtx(counter).Overdub(Recursion.Fib, 20);

    [Benchmark, BenchmarkCategory("HookedFib")]
    public double FibTuplePrehook() => new TupleCountingCtx(counter).Overdub(Recursion.Fib, 20);

    [Benchmark(Baseline = true), BenchmarkCategory("HookedRosenbrock")]
    public double RosenbrockByHand() => Rosenbrock.CountedValue(point, counter);

    [Benchmark, BenchmarkCategory("HookedRosenbrock")]
    public double RosenbrockTypedPrehook() => new CountingCtx(counter).Overdub(Rosenbrock.Value, point);

    [Benchmark, BenchmarkCategory("HookedRosenbrock")]
    public double RosenbrockTuplePrehook() => new TupleCountingCtx(counter).Overdub(Rosenbrock.Value, point);
}
