using System;
using System.Diagnostics;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A posthook that throws when a numeric output is NaN, over <c>0.0 / 0</c> three calls deep.</summary>
public sealed class NaNTests
{
    private const string Model = """
        using System.Runtime.CompilerServices;

        public static class Model
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            public static double First(double x)
            {
                return 1.0 +
                    Second(x);
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            static double Second(double x)
            {
                double y = Ratio(x, 0.0);
                return y;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            static double Ratio(double x, double y) => x / y;
        }
        """;

    private const string Tool = """
        using System;
        using Cassette;

        public readonly record struct NaNCtx : IContext
        {
            [Posthook]
            static void After(NaNCtx ctx, double output, JoinPoint f)
            {
                if (double.IsNaN(output))
                    throw new ArithmeticException("NaN from " + f.Name + " at " + f.File + ":" + f.Line);
            }
        }

        public static class Program
        {
            public static double Native(double x) => Model.First(x);

            public static double Watched(double x) => new NaNCtx().Overdub(() => Model.First(x));
        }
        """;

    [Theory, Builds]
    public void The_first_NaN_throws_where_it_was_computed(OptimizationLevel build)
    {
        LoadedProgram program = CompiledProgram
            .Compile(build, new Source("/src/Model.cs", Model), new Source("/src/Tool.cs", Tool))
            .Weave().Verified().Load();
        Assert.Equal(double.NaN, program.Run<double>("Program.Native", 0.0));
        Assert.Equal(double.PositiveInfinity, program.Run<double>("Program.Watched", 1.0));

        var thrown = Assert.Throws<ArithmeticException>(() => program.Run<double>("Program.Watched", 0.0));
        Assert.Equal("NaN from Ratio at /src/Model.cs:15", thrown.Message);
        string[] frames =
        [
            .. new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
                .Where(frame => frame.GetFileName() == "/src/Model.cs")
                .Select(frame => $"{frame.GetMethod()!.DeclaringType!.Name} {frame.GetFileLineNumber()}"),
        ];
        // The hook runs in the caller of Ratio.
        Assert.Equal(["Model 15", "Model 8"], frames);
        Assert.Matches(@"Model\.\S*Second[\s\S]*Model\.\S*First", thrown.StackTrace);
    }

    /// <summary>The same over the division itself: the hook runs in the method that divides.</summary>
    [Theory, Builds]
    public void A_division_that_gives_NaN_throws_where_it_stands(OptimizationLevel build)
    {
        string tool = Tool
            .Replace("[Posthook]", "[Posthook(typeof(Intrinsic))]", StringComparison.Ordinal)
            .Replace("f.Name", "f.Intrinsic + \" \" + f.Signature", StringComparison.Ordinal);
        LoadedProgram program = CompiledProgram
            .Compile(build, new Source("/src/Model.cs", Model), new Source("/src/Tool.cs", tool))
            .Weave().Verified().Load();
        Assert.Equal(double.NaN, program.Run<double>("Program.Native", 0.0));
        Assert.Equal(double.PositiveInfinity, program.Run<double>("Program.Watched", 1.0));

        var thrown = Assert.Throws<ArithmeticException>(() => program.Run<double>("Program.Watched", 0.0));
        Assert.Equal("NaN from Divide Cassette.Intrinsic.Divide(Double left, Double right) at /src/Model.cs:20", thrown.Message);
        string[] frames =
        [
            .. new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
                .Where(frame => frame.GetFileName() == "/src/Model.cs")
                .Select(frame => $"{frame.GetMethod()!.DeclaringType!.Name} {frame.GetFileLineNumber()}"),
        ];
        Assert.Equal(["Model 20", "Model 15", "Model 8"], frames);
        Assert.Matches(@"Model\.\S*Ratio[\s\S]*Model\.\S*Second[\s\S]*Model\.\S*First", thrown.StackTrace);
    }
}
