using Cassette.Benchmarks.Interception;

namespace Cassette.Benchmarks.Contexts;

/// <summary>One counter before and one after each call of the intercepted method.</summary>
public readonly record struct BeforeAfterCtx(Counter Metadata) : IContext<Counter>
{
    [Prehook(typeof(ICalculator), nameof(ICalculator.Add))]
    static void Before(BeforeAfterCtx ctx, ICalculator self, int a, int b) => ctx.Metadata.Calls++;

    [Posthook(typeof(ICalculator), nameof(ICalculator.Add))]
    static void After(BeforeAfterCtx ctx, int output, ICalculator self, int a, int b) => ctx.Metadata.Returns++;
}
