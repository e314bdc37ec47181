using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Counting hooks, switched off: nothing is counted, and primitives go on.</summary>
public sealed class DisableHooksTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct CountCtx(int[] Metadata) : IContext<int[]>
        {
            [Prehook]
            static void Before(CountCtx ctx, JoinPoint f) => ctx.Metadata[0]++;

            [Posthook]
            static void After(CountCtx ctx, JoinPoint f) => ctx.Metadata[1]++;

            [Overdub(typeof(Math), nameof(Math.Abs))]
            static int Abs(CountCtx ctx, int x) => x;
        }

        public static class Program
        {
            static int Work(int x) => Math.Abs(Step(Step(x)));

            static int Step(int x) => x - 1;

            public static int Hooked(int[] counts) => new CountCtx(counts).Overdub(() => Work(0));

            public static int Unhooked(int[] counts) => new CountCtx(counts).DisableHooks().Overdub(() => Work(0));

            public static int UnhookedTwice(int[] counts) =>
                new CountCtx(counts).DisableHooks().Overdub(() => new CountCtx(counts).DisableHooks().Overdub(() => Work(0)));
        }
        """;

    [Theory, Builds]
    public void Hooks_count_until_they_are_disabled(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        int[] counts = [0, 0];
        // Abs is replaced by the identity, so that -2 stays.
        Assert.Equal(-2, program.Run<int>("Program.Hooked", counts));
        Assert.Equal([4, 4], counts);             // Work, Step, Step, Abs

        counts = [0, 0];
        Assert.Equal(-2, program.Run<int>("Program.Unhooked", counts));
        Assert.Equal([0, 0], counts);
    }

    [Theory, Builds]
    public void Two_levels_disabled_count_nothing(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        int[] counts = [0, 0];
        Assert.Equal(-2, program.Run<int>("Program.UnhookedTwice", counts));
        Assert.Equal([0, 0], counts);
    }

    private const string Recursing = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct TwiceCtx : IContext
        {
            [Overdub(typeof(Math), nameof(Math.Sign))]
            static int Sign(TwiceCtx ctx, int x) => 100;
        }

        public readonly record struct MemoCtx(Dictionary<int, int> Metadata, int[] Calls) : IContext<Dictionary<int, int>>
        {
            [Prehook]
            static void Before(MemoCtx ctx, JoinPoint f) => ctx.Calls[0]++;

            // Recurses into its own context, and enters another one besides.
            [Overdub(typeof(Program), nameof(Program.Fib))]
            static int Fib(MemoCtx ctx, int n)
            {
                if (ctx.Metadata.TryGetValue(n, out int known))
                    return known;
                int found = ctx.Recurse(Program.Fib, n) + new TwiceCtx().Overdub(() => Math.Sign(-1)) - 100;
                ctx.Metadata.Add(n, found);
                return found;
            }
        }

        public static class Program
        {
            public static int Fib(int n) => n < 3 ? 1 : Fib(n - 1) + Fib(n - 2);

            public static int Hooked(int[] calls) => new MemoCtx([], calls).Overdub(() => Fib(20));

            public static int Quiet(int[] calls) => new MemoCtx([], calls).DisableHooks().Overdub(() => Fib(20));
        }
        """;

    [Theory, Builds]
    public void What_a_rule_recurses_into_has_no_hooks_either(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Recursing);
        int[] calls = [0];
        Assert.Equal(6765, program.Run<int>("Program.Hooked", calls));
        // Fib(20) itself, and two calls in each body that runs: those of 3 to 20.
        Assert.Equal(1 + 2 * 18, calls[0]);

        calls = [0];
        Assert.Equal(6765, program.Run<int>("Program.Quiet", calls));
        Assert.Equal(0, calls[0]);
    }
}
