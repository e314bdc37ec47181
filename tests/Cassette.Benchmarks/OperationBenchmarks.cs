using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>Counting floating-point operations by hooks on the instructions, against the same code counted by hand.</summary>
public class OperationBenchmarks
{
    private const int Size = 24;

    private readonly Operations operations = new();
    private readonly OperationCtx context;
    private readonly double[] point = [.. Enumerable.Range(0, 20_000).Select(i => 0.5 + i % 7 * 0.25)];
    private readonly double[][] a = Matrix(), b = Matrix(), c = Matrix();

    public OperationBenchmarks() => context = new OperationCtx(operations);

    [Benchmark(Baseline = true), BenchmarkCategory("CountRosenbrock")]
    public double RosenbrockByHand() => Arithmetic.RosenbrockByHand(point, operations);

    [Benchmark, BenchmarkCategory("CountRosenbrock")]
    public double RosenbrockCounted() => context.Overdub(Arithmetic.Rosenbrock, point);

    [Benchmark, BenchmarkCategory("CountRosenbrock")]
    public double RosenbrockCountedByPattern() => new SilentOperationCtx(operations).Overdub(Arithmetic.Rosenbrock, point);

    [Benchmark, BenchmarkCategory("CountRosenbrock")]
    public double RosenbrockNative() => Arithmetic.Rosenbrock(point);

    [Benchmark(Baseline = true), BenchmarkCategory("CountSquares")]
    public double SquaresByHand() => Arithmetic.RosenbrockBySquaresByHand(point, operations);

    [Benchmark, BenchmarkCategory("CountSquares")]
    public double SquaresCounted() => context.Overdub(Rosenbrock.Value, point);

    [Benchmark, BenchmarkCategory("CountSquares")]
    public double SquaresNative() => Rosenbrock.Value(point);

    [Benchmark(Baseline = true), BenchmarkCategory("CountProduct")]
    public double ProductByHand() => Arithmetic.ProductByHand(a, b, c, operations);

    [Benchmark, BenchmarkCategory("CountProduct")]
    public double ProductCounted() => context.Overdub(Arithmetic.Product, a, b, c);

    [Benchmark, BenchmarkCategory("CountProduct")]
    public double ProductCountedByPattern() => new SilentOperationCtx(operations).Overdub(Arithmetic.Product, a, b, c);

    [Benchmark, BenchmarkCategory("CountProduct")]
    public double ProductNative() => Arithmetic.Product(a, b, c);

    private static double[][] Matrix() => [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Select(j => (double)(i ^ j)).ToArray())];
}
