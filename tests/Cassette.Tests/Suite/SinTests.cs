using System;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary><c>sin x + cos x</c> with <c>sin</c> overdubbed by <c>cos</c>.</summary>
public sealed class SinTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct SinCtx : IContext
        {
            [Overdub(typeof(Math), nameof(Math.Sin))]
            static double Sin(SinCtx ctx, double x) => Math.Cos(x);
        }

        public readonly record struct NoRulesCtx : IContext;

        public static class Program
        {
            static double F(double x) => Math.Sin(x) + Math.Cos(x);

            public static double Native(double x) => F(x);

            public static double Replaced(double x) => new SinCtx().Overdub(() => F(x));

            public static double ByMethodGroup(double x) => new SinCtx().Overdub(F, x);

            public static double Itself(double x) => new SinCtx().Overdub(Math.Sin, x);

            public static double WithoutRule(double x) => new NoRulesCtx().Overdub(() => F(x));
        }
        """;

    [Theory, Builds]
    public void Sin_is_cos_inside_and_sin_outside_to_the_bit(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        foreach (double x in new[] { 0.0, 1.0, -2.5, 1e10, double.NaN, double.PositiveInfinity })
        {
            double twice = Math.Cos(x) + Math.Cos(x), original = Math.Sin(x) + Math.Cos(x);
            AssertSameBits(twice, program.Run<double>("Program.Replaced", x));
            AssertSameBits(twice, program.Run<double>("Program.ByMethodGroup", x));
            AssertSameBits(original, program.Run<double>("Program.Native", x));
            AssertSameBits(original, program.Run<double>("Program.WithoutRule", x));
        }
    }

    [Theory, Builds]
    public void A_primitive_for_the_entered_function_itself_runs(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        AssertSameBits(Math.Cos(2.0), program.Run<double>("Program.Itself", 2.0));
    }

    private static void AssertSameBits(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}
