using System;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary><c>sin</c> overlaid by <c>cos</c> inside, while one call of it is taken natively.</summary>
public sealed class OverlayTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct OverlayCtx : IContext
        {
            [Overdub(typeof(Math), nameof(Math.Sin))]
            static double Sin(OverlayCtx ctx, double x) => Math.Cos(x);
        }

        public static class Program
        {
            static double Both(double x) => Math.Sin(x) * Math.Sin(x);

            [NoOverdub]
            static double Kept(double x) => Math.Sin(x);

            public static double Overlaid(double x) => new OverlayCtx().Overdub(Both, x);

            public static double ByFallback(double x) =>
                new OverlayCtx().Overdub((ctx, x) => Math.Sin(x) * ctx.Fallback(Math.Sin, x), x);

            public static double ByMark(double x) => new OverlayCtx().Overdub(x => Math.Sin(x) * Kept(x), x);
        }
        """;

    [Theory, Builds]
    public void Every_call_is_overlaid_but_the_native_one(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(Math.Cos(42.0) * Math.Cos(42.0), program.Run<double>("Program.Overlaid", 42.0));
        Assert.Equal(Math.Cos(42.0) * Math.Sin(42.0), program.Run<double>("Program.ByFallback", 42.0));
        Assert.Equal(Math.Cos(42.0) * Math.Sin(42.0), program.Run<double>("Program.ByMark", 42.0));
    }
}
