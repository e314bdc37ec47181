using BenchmarkDotNet.Attributes;
using Castle.DynamicProxy;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Interception;

namespace Cassette.Benchmarks;

/// <summary>One counter before and one after each call, by each tool.</summary>
public class InterceptionBenchmarks
{
    private readonly ICalculator plain = new Calculator();
    private readonly ICalculator aspect = new AspectInjectorCalculator();
    private readonly ICalculator castle = new ProxyGenerator().CreateInterfaceProxyWithTarget<ICalculator>(new Calculator(), new CountInterceptor());
    private readonly ICalculator dispatch = CountDispatchProxy.Around(new Calculator());
    private readonly BeforeAfterCtx context = new(new Counter());

    [Benchmark(Baseline = true), BenchmarkCategory("BeforeAfter")]
    public double CassetteContext() => context.Overdub(Calls.Run, plain);

    [Benchmark, BenchmarkCategory("BeforeAfter")]
    public double NoTool() => Calls.Run(plain);

    [Benchmark, BenchmarkCategory("BeforeAfter")]
    public double AspectInjectorAdvice() => Calls.Run(aspect);

    [Benchmark, BenchmarkCategory("BeforeAfter")]
    public double CastleDynamicProxy() => Calls.Run(castle);

    [Benchmark, BenchmarkCategory("BeforeAfter")]
    public double FrameworkDispatchProxy() => Calls.Run(dispatch);
}
