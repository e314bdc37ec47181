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
}
