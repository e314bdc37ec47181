using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>
/// The order of hooks, a prehook that stops overdubbing, a posthook that replaces the output, and a throwhook that keeps a
/// hook-kept depth balanced.
/// </summary>
public sealed class HooksTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct OrderCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(OrderCtx ctx, JoinPoint f, double x, double y) => ctx.Metadata.Add("pre " + f.Name + " " + x + " " + y);

            [Posthook]
            static void After(OrderCtx ctx, double output, JoinPoint f, double x, double y) =>
                ctx.Metadata.Add("post " + f.Name + " " + x + " " + y + " = " + output);
        }

        public readonly record struct OpaqueAddCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(OpaqueAddCtx ctx, JoinPoint f) => ctx.Metadata.Add("pre " + f.Name);

            [Posthook]
            static void After(OpaqueAddCtx ctx, JoinPoint f) => ctx.Metadata.Add("post " + f.Name);

            [Overdub(typeof(Program), nameof(Program.Add))]
            static double Add(OpaqueAddCtx ctx, double x, double y) => Program.Add(x, y);
        }

        public readonly record struct StopCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static bool Before(StopCtx ctx, JoinPoint f)
            {
                ctx.Metadata.Add(f.Name);
                return f.Name != "Library";
            }
        }

        public readonly record struct RoundCtx : IContext
        {
            [Posthook]
            static double After(RoundCtx ctx, double output) => Math.Round(output);
        }

        public readonly record struct DepthCtx(int[] Metadata) : IContext<int[]>
        {
            [Prehook]
            static void Before(DepthCtx ctx, JoinPoint f)
            {
                ctx.Metadata[0]++;
                ctx.Metadata[1] = Math.Max(ctx.Metadata[0], ctx.Metadata[1]);
            }

            [Posthook]
            static void After(DepthCtx ctx, JoinPoint f) => ctx.Metadata[0]--;

            [Throwhook]
            static void Thrown(DepthCtx ctx, Exception exception, JoinPoint f)
            {
                ctx.Metadata[0]--;
                ctx.Metadata[2]++;
            }
        }

        public readonly record struct CatchCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Throwhook]
            static void Thrown(CatchCtx ctx, Exception exception, JoinPoint f, int level) =>
                ctx.Metadata.Add("any " + f.Name + " " + level);

            [Throwhook]
            static void Thrown(CatchCtx ctx, ArgumentException exception, JoinPoint f, int level) =>
                ctx.Metadata.Add("argument " + f.Name + " " + level);
        }

        public static class Program
        {
            public static double Add(double x, double y) => Identity(x) + Identity(y);

            static double Multiply(double x, double y) => x * y;

            static double Identity(double x) => x;

            static double Expression(double x1, double x2, double x3) => Add(x1, Multiply(x2, x3));

            static int Library() => Inner() + Inner();

            static int Inner() => 1;

            static int Stops() => Inner() + Library();

            static double Third(double x) => x / 3;

            static double Rounds() => Third(10) + Third(1.6);

            static int Fails(int level) => level == 0 ? throw new ArgumentException("deep") : Fails(level - 1);

            static int Recovers()
            {
                try
                {
                    return Fails(3);
                }
                catch (ArgumentException)
                {
                    return Inner();
                }
            }

            public static double Ordered(List<string> log) => new OrderCtx(log).Overdub(() => Expression(1, 2, 3));

            public static double Opaque(List<string> log) => new OpaqueAddCtx(log).Overdub(() => Expression(1, 2, 3));

            public static int Stopped(List<string> log) => new StopCtx(log).Overdub(Stops);

            public static double Rounded() => new RoundCtx().Overdub(Rounds);

            public static int Balanced(int[] depth) => new DepthCtx(depth).Overdub(Recovers);

            public static int Caught(List<string> log) => new CatchCtx(log).Overdub(Recovers);
        }
        """;

    private const string Arithmetic = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using Cassette;

        public readonly record struct ArithmeticCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
            [Prehook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
            static void Before(ArithmeticCtx ctx, JoinPoint f, double a, double b) => ctx.Metadata.Add(FormattableString.Invariant($"pre {f.Name} {a} {b}"));

            [Posthook(typeof(Intrinsic), nameof(Intrinsic.Add))]
            [Posthook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
            static void After(ArithmeticCtx ctx, double output, JoinPoint f, double a, double b) => ctx.Metadata.Add(FormattableString.Invariant($"post {f.Name} {a} {b} = {output}"));
        }

        public readonly record struct OpaqueSumCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Intrinsic))]
            static void Before(OpaqueSumCtx ctx, JoinPoint f) => ctx.Metadata.Add("pre " + f.Name);

            [Posthook(typeof(Intrinsic))]
            static void After(OpaqueSumCtx ctx, JoinPoint f) => ctx.Metadata.Add("post " + f.Name);

            // 2 x - (x - y), which none of the hooks sees.
            [Overdub(typeof(Intrinsic), nameof(Intrinsic.Add))]
            static double Add(OpaqueSumCtx ctx, double x, double y) => 2 * x - (x - y);
        }

        public static class Program
        {
            static double F(double x1, double x2, double x3) => x1 + x2 * x3;

            public static double Native(double x1, double x2, double x3) => F(x1, x2, x3);

            public static double Traced(List<string> log, double x1, double x2, double x3) => new ArithmeticCtx(log).Overdub(F, x1, x2, x3);

            public static double Opaque(List<string> log, double x1, double x2, double x3) => new OpaqueSumCtx(log).Overdub(F, x1, x2, x3);
        }
        """;

    [Theory, Builds]
    public void Arithmetic_is_seen_in_the_order_of_evaluation(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, new Source("Program.cs", Arithmetic));
        var log = new List<string>();
        Assert.Equal(7.0, program.Run<double>("Program.Native", 1.0, 2.0, 3.0));
        Assert.Equal(7.0, program.Run<double>("Program.Traced", log, 1.0, 2.0, 3.0));
        Assert.Equal(["pre Multiply 2 3", "post Multiply 2 3 = 6", "pre Add 1 6", "post Add 1 6 = 7"], log);

        log.Clear();
        Assert.Equal(7.0, program.Run<double>("Program.Opaque", log, 1.0, 2.0, 3.0));
        Assert.Equal(["pre Multiply", "post Multiply", "pre Add", "post Add"], log);
    }

    [Theory, Builds]
    public void Hooks_run_around_each_call_with_operands_and_output(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(7.0, LoadedProgram.Woven(build, Source).Run<double>("Program.Ordered", log));
        Assert.Equal(["pre Multiply 2 3", "post Multiply 2 3 = 6", "pre Add 1 6", "post Add 1 6 = 7"], log);
    }

    [Theory, Builds]
    public void The_inside_of_a_primitive_is_not_seen(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(7.0, LoadedProgram.Woven(build, Source).Run<double>("Program.Opaque", log));
        Assert.Equal(["pre Expression", "pre Multiply", "post Multiply", "pre Add", "post Add", "post Expression"], log);
    }

    [Theory, Builds]
    public void A_prehook_that_returns_false_stops_overdubbing_below(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(3, LoadedProgram.Woven(build, Source).Run<int>("Program.Stopped", log));
        Assert.Equal(["Inner", "Library"], log);
    }

    [Theory, Builds]
    public void A_posthook_that_returns_a_value_replaces_the_output(OptimizationLevel build) =>
        // 3.33... becomes 3, 0.533... becomes 1
        Assert.Equal(4.0, LoadedProgram.Woven(build, Source).Run<double>("Program.Rounded"));

    [Theory, Builds]
    public void A_throwhook_keeps_the_depth_balanced(OptimizationLevel build)
    {
        int[] depth = [0, 0, 0];
        Assert.Equal(1, LoadedProgram.Woven(build, Source).Run<int>("Program.Balanced", depth));
        // Fails(3) to Fails(0), and the exception's construction below the last: five deep; four calls threw.
        Assert.Equal([0, 5, 4], depth);
    }

    [Theory, Builds]
    public void The_most_specific_throwhook_runs_and_the_exception_goes_on(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(1, LoadedProgram.Woven(build, Source).Run<int>("Program.Caught", log));
        Assert.Equal(["argument Fails 0", "argument Fails 1", "argument Fails 2", "argument Fails 3"], log);
    }
}
