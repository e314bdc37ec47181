using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>Primitives against the source edited by hand.</summary>
public class PrimitiveBenchmarks
{
    private readonly PrimitiveCtx context = new();
    private readonly double[] point = [.. Enumerable.Range(0, 20_000).Select(i => 0.5 + i % 7 * 0.25)];

    [Benchmark(Baseline = true), BenchmarkCategory("ReplacedSquare")]
    public double SquareByHand() => Rosenbrock.CubedValue(point);

    [Benchmark, BenchmarkCategory("ReplacedSquare")]
    public double SquarePrimitive() => context.Overdub(Rosenbrock.Value, point);

    [Benchmark(Baseline = true), BenchmarkCategory("ReplacedSqrt")]
    public double SqrtByHand() => Rosenbrock.AbsNorm(point);

    [Benchmark, BenchmarkCategory("ReplacedSqrt")]
    public double SqrtPrimitive() => context.Overdub(Rosenbrock.Norm, point);
}
