using System;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A loop of 50 sines entered by a context without rules: the same value, and no byte allocated.</summary>
public sealed class NoOpTests
{
    private const string Source = """
        using System;
        using System.IO;
        using Cassette;

        public readonly record struct NoOpCtx : IContext;

        public static class Program
        {
            static double result;

            static double Loop(double x)
            {
                double sum = 0.0;
                for (int i = 0; i < 50; i++)
                    sum += Sine(x + i);
                return sum;
            }

            static double Sine(double x) => Math.Sin(x);

            public static double Native(double x) => Loop(x);

            public static double OneLevel(double x) => new NoOpCtx().Overdub(Loop, x);

            public static double OneLevelLambda(double x) => new NoOpCtx().Overdub(() => Loop(x));

            public static double TwoLevels(double x) =>
                new NoOpCtx().Overdub(x => new NoOpCtx().Overdub(Loop, x), x);

            public static double ThreeLevels(double x) =>
                new NoOpCtx().Overdub(x => new NoOpCtx().Overdub(x => new NoOpCtx().Overdub(Loop, x), x), x);

            public static void RunOneLevel(TextWriter output) => result = OneLevel(1.0);

            public static void RunTwoLevels(TextWriter output) => result = TwoLevels(1.0);

            public static void RunThreeLevels(TextWriter output) => result = ThreeLevels(1.0);
        }
        """;

    [Theory, Builds]
    public void One_level_changes_and_allocates_nothing(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        double native = program.Run<double>("Program.Native", 1.0);
        double expected = 0.0;
        for (int i = 0; i < 50; i++)
            expected += Math.Sin(1.0 + i);
        Assert.Equal(expected, native);
        Assert.Equal(native, program.Run<double>("Program.OneLevel", 1.0));
        Assert.Equal(native, program.Run<double>("Program.OneLevelLambda", 1.0));
        Assert.Equal(0, program.Allocated("Program.RunOneLevel"));
    }

    [Theory, Builds]
    public void Two_and_three_levels_change_and_allocate_nothing(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        double native = program.Run<double>("Program.Native", 1.0);
        Assert.Equal(native, program.Run<double>("Program.TwoLevels", 1.0));
        Assert.Equal(native, program.Run<double>("Program.ThreeLevels", 1.0));
        Assert.Equal(0, program.Allocated("Program.RunTwoLevels"));
        Assert.Equal(0, program.Allocated("Program.RunThreeLevels"));
    }
}
