using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks;

/// <summary>A context without rules against the same code run natively.</summary>
public class NoRulesBenchmarks
{
    private const int Iterations = 20_000;

    private readonly NoRulesCtx none = new();
    private readonly NoRulesStateCtx state = new(new Counter());
    private readonly double[] point = [.. Enumerable.Range(0, Iterations).Select(i => 0.5 + i % 7 * 0.25)];
    private readonly InternalShape[] internals = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) switch { 0 => (InternalShape)new InternalTriangle(), 1 => new InternalSquare(), _ => new InternalPentagon() })];
    private readonly PublicShape[] publics = [.. Enumerable.Range(0, Iterations).Select(i => (i * 7 % 3) switch { 0 => new PublicShape(), 1 => new PublicTriangle(), _ => new PublicSquare() })];
    private readonly IShape[] interfaces;
    private readonly Func<long, long>[] oneStep = [Dispatch.Steps[5]];
    private readonly Func<long, long>[] steps = Dispatch.Steps;
    private readonly Func<int, long>[] lastOfFew = [Dispatch.FewSteps[3]];

    public NoRulesBenchmarks() => interfaces = [.. internals];

    [Benchmark(Baseline = true), BenchmarkCategory("Fib")]
    public double FibNative() => Recursion.Fib(20);

    [Benchmark, BenchmarkCategory("Fib")]
    public double FibEmptyContext() => none.Overdub(Recursion.Fib, 20);

    [Benchmark, BenchmarkCategory("Fib")]
    public double FibContextWithState() => state.Overdub(Recursion.Fib, 20);

    [Benchmark(Baseline = true), BenchmarkCategory("Rosenbrock")]
    public double RosenbrockNative() => Rosenbrock.Value(point);

    [Benchmark, BenchmarkCategory("Rosenbrock")]
    public double RosenbrockEmptyContext() => none.Overdub(Rosenbrock.Value, point);

    [Benchmark, BenchmarkCategory("Rosenbrock")]
    public double RosenbrockContextWithState() => state.Overdub(Rosenbrock.Value, point);

    [Benchmark(Baseline = true), BenchmarkCategory("RosenbrockCalls")]
    public double RosenbrockCallsNative() => Rosenbrock.ValueByCalls(point);

    [Benchmark, BenchmarkCategory("RosenbrockCalls")]
    public double RosenbrockCallsEmptyContext() => none.Overdub(Rosenbrock.ValueByCalls, point);

    [Benchmark, BenchmarkCategory("RosenbrockCalls")]
    public double RosenbrockCallsContextWithState() => state.Overdub(Rosenbrock.ValueByCalls, point);

    [Benchmark(Baseline = true), BenchmarkCategory("VirtualInternal")]
    public double VirtualInternalNative() => Dispatch.SumOfInternal(internals);

    [Benchmark, BenchmarkCategory("VirtualInternal")]
    public double VirtualInternalEmptyContext() => none.Overdub(Dispatch.SumOfInternal, internals);

    [Benchmark, BenchmarkCategory("VirtualInternal")]
    public double VirtualInternalContextWithState() => state.Overdub(Dispatch.SumOfInternal, internals);

    [Benchmark(Baseline = true), BenchmarkCategory("VirtualPublic")]
    public double VirtualPublicNative() => Dispatch.SumOfPublic(publics);

    [Benchmark, BenchmarkCategory("VirtualPublic")]
    public double VirtualPublicEmptyContext() => none.Overdub(Dispatch.SumOfPublic, publics);

    [Benchmark, BenchmarkCategory("VirtualPublic")]
    public double VirtualPublicContextWithState() => state.Overdub(Dispatch.SumOfPublic, publics);

    [Benchmark(Baseline = true), BenchmarkCategory("Interface")]
    public double InterfaceNative() => Dispatch.SumOfInterface(interfaces);

    [Benchmark, BenchmarkCategory("Interface")]
    public double InterfaceEmptyContext() => none.Overdub(Dispatch.SumOfInterface, interfaces);

    [Benchmark, BenchmarkCategory("Interface")]
    public double InterfaceContextWithState() => state.Overdub(Dispatch.SumOfInterface, interfaces);

    [Benchmark(Baseline = true), BenchmarkCategory("Closure")]
    public double ClosureNative() => Dispatch.SumOfClosure(Iterations, 3);

    [Benchmark, BenchmarkCategory("Closure")]
    public double ClosureEmptyContext() => none.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    [Benchmark, BenchmarkCategory("Closure")]
    public double ClosureContextWithState() => state.Overdub(Dispatch.SumOfClosure, Iterations, 3);

    [Benchmark(Baseline = true), BenchmarkCategory("Lambda")]
    public double LambdaNative() => Dispatch.SumOfLambda(Iterations);

    [Benchmark, BenchmarkCategory("Lambda")]
    public double LambdaEmptyContext() => none.Overdub(Dispatch.SumOfLambda, Iterations);

    [Benchmark, BenchmarkCategory("Lambda")]
    public double LambdaContextWithState() => state.Overdub(Dispatch.SumOfLambda, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("PassedClosure")]
    public double PassedClosureNative() => Dispatch.SumOfPassedClosure(Iterations, 3);

    [Benchmark, BenchmarkCategory("PassedClosure")]
    public double PassedClosureEmptyContext() => none.Overdub(Dispatch.SumOfPassedClosure, Iterations, 3);

    [Benchmark, BenchmarkCategory("PassedClosure")]
    public double PassedClosureContextWithState() => state.Overdub(Dispatch.SumOfPassedClosure, Iterations, 3);

    [Benchmark(Baseline = true), BenchmarkCategory("OneOfManyDelegates")]
    public double OneOfManyDelegatesNative() => Dispatch.SumOfSteps(oneStep, Iterations);

    [Benchmark, BenchmarkCategory("OneOfManyDelegates")]
    public double OneOfManyDelegatesEmptyContext() => none.Overdub(Dispatch.SumOfSteps, oneStep, Iterations);

    [Benchmark, BenchmarkCategory("OneOfManyDelegates")]
    public double OneOfManyDelegatesContextWithState() => state.Overdub(Dispatch.SumOfSteps, oneStep, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("DelegatesInTurns")]
    public double DelegatesInTurnsNative() => Dispatch.SumOfSteps(steps, Iterations);

    [Benchmark, BenchmarkCategory("DelegatesInTurns")]
    public double DelegatesInTurnsEmptyContext() => none.Overdub(Dispatch.SumOfSteps, steps, Iterations);

    [Benchmark, BenchmarkCategory("DelegatesInTurns")]
    public double DelegatesInTurnsContextWithState() => state.Overdub(Dispatch.SumOfSteps, steps, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("OneOfFewDelegates")]
    public double OneOfFewDelegatesNative() => Dispatch.SumOfFewSteps(lastOfFew, Iterations);

    [Benchmark, BenchmarkCategory("OneOfFewDelegates")]
    public double OneOfFewDelegatesEmptyContext() => none.Overdub(Dispatch.SumOfFewSteps, lastOfFew, Iterations);

    [Benchmark, BenchmarkCategory("OneOfFewDelegates")]
    public double OneOfFewDelegatesContextWithState() => state.Overdub(Dispatch.SumOfFewSteps, lastOfFew, Iterations);

    [Benchmark(Baseline = true), BenchmarkCategory("PassedOneOfMany")]
    public double PassedOneOfManyNative() => Dispatch.SumOfPassed(5, Iterations);

    [Benchmark, BenchmarkCategory("PassedOneOfMany")]
    public double PassedOneOfManyEmptyContext() => none.Overdub(Dispatch.SumOfPassed, 5, Iterations);

    [Benchmark, BenchmarkCategory("PassedOneOfMany")]
    public double PassedOneOfManyContextWithState() => state.Overdub(Dispatch.SumOfPassed, 5, Iterations);
}
