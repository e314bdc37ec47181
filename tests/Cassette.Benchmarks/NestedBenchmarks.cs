using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>One, two and three contexts without rules inside each other against the same code run natively: without state, and with.</summary>
public class NestedBenchmarks
{
    private const int Iterations = 20_000;

    // Static, so that the delegates of the entries are made once, as the compiler has it, and what is allocated is the contexts' part.
    private static readonly NoRulesCtx inner = new();
    private static readonly MiddleCtx middle = new();
    private static readonly OuterCtx outer = new();
    private static readonly NoRulesStateCtx innerState = new(new Counter());
    private static readonly MiddleStateCtx middleState = new(new Counter());
    private static readonly OuterStateCtx outerState = new(new Counter());
    private static readonly double[] point = [.. Enumerable.Range(0, Iterations).Select(i => 0.5 + i % 7 * 0.25)];
    private static readonly InternalShape[] internals = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) switch { 0 => (InternalShape)new InternalTriangle(), 1 => new InternalSquare(), _ => new InternalPentagon() })];
    private static readonly PublicShape[] publics = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) switch { 0 => new PublicShape(), 1 => new PublicTriangle(), _ => new PublicSquare() })];
    private static readonly IShape[] interfaces = [.. internals];

    [Benchmark(Baseline = true), BenchmarkCategory("NestedFib")]
    public double FibNative() => Recursion.Fib(20);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibEmptyOne() => inner.Overdub(Recursion.Fib, 20);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibEmptyTwo() => middle.Overdub(FibInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibEmptyThree() => outer.Overdub(FibInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibStateOne() => innerState.Overdub(Recursion.Fib, 20);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibStateTwo() => middleState.Overdub(FibInStateOne);

    [Benchmark, BenchmarkCategory("NestedFib")]
    public double FibStateThree() => outerState.Overdub(FibInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockNative() => Rosenbrock.Value(point);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockEmptyOne() => inner.Overdub(Rosenbrock.Value, point);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockEmptyTwo() => middle.Overdub(RosenbrockInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockEmptyThree() => outer.Overdub(RosenbrockInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockStateOne() => innerState.Overdub(Rosenbrock.Value, point);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockStateTwo() => middleState.Overdub(RosenbrockInStateOne);

    [Benchmark, BenchmarkCategory("NestedRosenbrock")]
    public double RosenbrockStateThree() => outerState.Overdub(RosenbrockInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsNative() => Rosenbrock.ValueByCalls(point);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsEmptyOne() => inner.Overdub(Rosenbrock.ValueByCalls, point);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsEmptyTwo() => middle.Overdub(RosenbrockCallsInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsEmptyThree() => outer.Overdub(RosenbrockCallsInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsStateOne() => innerState.Overdub(Rosenbrock.ValueByCalls, point);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsStateTwo() => middleState.Overdub(RosenbrockCallsInStateOne);

    [Benchmark, BenchmarkCategory("NestedRosenbrockCalls")]
    public double RosenbrockCallsStateThree() => outerState.Overdub(RosenbrockCallsInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalNative() => Dispatch.SumOfInternal(internals);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalEmptyOne() => inner.Overdub(Dispatch.SumOfInternal, internals);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalEmptyTwo() => middle.Overdub(VirtualInternalInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalEmptyThree() => outer.Overdub(VirtualInternalInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalStateOne() => innerState.Overdub(Dispatch.SumOfInternal, internals);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalStateTwo() => middleState.Overdub(VirtualInternalInStateOne);

    [Benchmark, BenchmarkCategory("NestedVirtualInternal")]
    public double VirtualInternalStateThree() => outerState.Overdub(VirtualInternalInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicNative() => Dispatch.SumOfPublic(publics);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicEmptyOne() => inner.Overdub(Dispatch.SumOfPublic, publics);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicEmptyTwo() => middle.Overdub(VirtualPublicInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicEmptyThree() => outer.Overdub(VirtualPublicInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicStateOne() => innerState.Overdub(Dispatch.SumOfPublic, publics);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicStateTwo() => middleState.Overdub(VirtualPublicInStateOne);

    [Benchmark, BenchmarkCategory("NestedVirtualPublic")]
    public double VirtualPublicStateThree() => outerState.Overdub(VirtualPublicInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedInterface")]
    public double InterfaceNative() => Dispatch.SumOfInterface(interfaces);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceEmptyOne() => inner.Overdub(Dispatch.SumOfInterface, interfaces);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceEmptyTwo() => middle.Overdub(InterfaceInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceEmptyThree() => outer.Overdub(InterfaceInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceStateOne() => innerState.Overdub(Dispatch.SumOfInterface, interfaces);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceStateTwo() => middleState.Overdub(InterfaceInStateOne);

    [Benchmark, BenchmarkCategory("NestedInterface")]
    public double InterfaceStateThree() => outerState.Overdub(InterfaceInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedClosure")]
    public double ClosureNative() => Dispatch.SumOfClosure(Iterations, 3);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureEmptyOne() => inner.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureEmptyTwo() => middle.Overdub(ClosureInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureEmptyThree() => outer.Overdub(ClosureInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureStateOne() => innerState.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureStateTwo() => middleState.Overdub(ClosureInStateOne);

    [Benchmark, BenchmarkCategory("NestedClosure")]
    public double ClosureStateThree() => outerState.Overdub(ClosureInStateTwo);

    [Benchmark(Baseline = true), BenchmarkCategory("NestedLambda")]
    public double LambdaNative() => Dispatch.SumOfLambda(Iterations);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaEmptyOne() => inner.Overdub(Dispatch.SumOfLambda, Iterations);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaEmptyTwo() => middle.Overdub(LambdaInEmptyOne);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaEmptyThree() => outer.Overdub(LambdaInEmptyTwo);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaStateOne() => innerState.Overdub(Dispatch.SumOfLambda, Iterations);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaStateTwo() => middleState.Overdub(LambdaInStateOne);

    [Benchmark, BenchmarkCategory("NestedLambda")]
    public double LambdaStateThree() => outerState.Overdub(LambdaInStateTwo);

    private static double FibInEmptyOne() => inner.Overdub(Recursion.Fib, 20);

    private static double FibInEmptyTwo() => middle.Overdub(FibInEmptyOne);

    private static double FibInStateOne() => innerState.Overdub(Recursion.Fib, 20);

    private static double FibInStateTwo() => middleState.Overdub(FibInStateOne);

    private static double RosenbrockInEmptyOne() => inner.Overdub(Rosenbrock.Value, point);

    private static double RosenbrockInEmptyTwo() => middle.Overdub(RosenbrockInEmptyOne);

    private static double RosenbrockInStateOne() => innerState.Overdub(Rosenbrock.Value, point);

    private static double RosenbrockInStateTwo() => middleState.Overdub(RosenbrockInStateOne);

    private static double RosenbrockCallsInEmptyOne() => inner.Overdub(Rosenbrock.ValueByCalls, point);

    private static double RosenbrockCallsInEmptyTwo() => middle.Overdub(RosenbrockCallsInEmptyOne);

    private static double RosenbrockCallsInStateOne() => innerState.Overdub(Rosenbrock.ValueByCalls, point);

    private static double RosenbrockCallsInStateTwo() => middleState.Overdub(RosenbrockCallsInStateOne);

    private static double VirtualInternalInEmptyOne() => inner.Overdub(Dispatch.SumOfInternal, internals);

    private static double VirtualInternalInEmptyTwo() => middle.Overdub(VirtualInternalInEmptyOne);

    private static double VirtualInternalInStateOne() => innerState.Overdub(Dispatch.SumOfInternal, internals);

    private static double VirtualInternalInStateTwo() => middleState.Overdub(VirtualInternalInStateOne);

    private static double VirtualPublicInEmptyOne() => inner.Overdub(Dispatch.SumOfPublic, publics);

    private static double VirtualPublicInEmptyTwo() => middle.Overdub(VirtualPublicInEmptyOne);

    private static double VirtualPublicInStateOne() => innerState.Overdub(Dispatch.SumOfPublic, publics);

    private static double VirtualPublicInStateTwo() => middleState.Overdub(VirtualPublicInStateOne);

    private static double InterfaceInEmptyOne() => inner.Overdub(Dispatch.SumOfInterface, interfaces);

    private static double InterfaceInEmptyTwo() => middle.Overdub(InterfaceInEmptyOne);

    private static double InterfaceInStateOne() => innerState.Overdub(Dispatch.SumOfInterface, interfaces);

    private static double InterfaceInStateTwo() => middleState.Overdub(InterfaceInStateOne);

    private static double ClosureInEmptyOne() => inner.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    private static double ClosureInEmptyTwo() => middle.Overdub(ClosureInEmptyOne);

    private static double ClosureInStateOne() => innerState.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    private static double ClosureInStateTwo() => middleState.Overdub(ClosureInStateOne);

    private static double LambdaInEmptyOne() => inner.Overdub(Dispatch.SumOfLambda, Iterations);

    private static double LambdaInEmptyTwo() => middle.Overdub(LambdaInEmptyOne);

    private static double LambdaInStateOne() => innerState.Overdub(Dispatch.SumOfLambda, Iterations);

    private static double LambdaInStateTwo() => middleState.Overdub(LambdaInStateOne);
}
