using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks.Contexts;

/// <summary>Typed prehooks that count.</summary>
public readonly record struct CountingCtx(Counter Metadata) : IContext<Counter>
{
    [Prehook(typeof(Recursion), nameof(Recursion.Fib))]
    static void BeforeFib(CountingCtx ctx, int n) => ctx.Metadata.Calls++;

    [Prehook(typeof(Rosenbrock), nameof(Rosenbrock.Square))]
    static void BeforeSquare(CountingCtx ctx, double x) => ctx.Metadata.Calls++;
}
