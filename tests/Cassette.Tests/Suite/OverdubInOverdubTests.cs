using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A context entered in code that runs under another, and under itself.</summary>
public sealed class OverdubInOverdubTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct OuterCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Step))]
            static void Before(OuterCtx ctx, int x) => ctx.Metadata.Add("outer " + x);
        }

        public readonly record struct InnerCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Step))]
            static void Before(InnerCtx ctx, int x) => ctx.Metadata.Add("inner " + x);

            [Overdub(typeof(Math), nameof(Math.Abs))]
            static int Abs(InnerCtx ctx, int x) => Program.Step(x);
        }

        public static class Program
        {
            public static int Step(int x) => x + 1;

            static int Entered(List<string> log) => Step(10) + new InnerCtx(log).Overdub(() => Step(20));

            public static int Sequential(List<string> log) =>
                new OuterCtx(log).Overdub(() => Step(1)) + new InnerCtx(log).Overdub(() => Step(2)) + Step(3);

            public static int Nested(List<string> log) => new OuterCtx(log).Overdub(() => Entered(log));

            public static int UnderItself(List<string> log) => new InnerCtx(log).Overdub(() => Entered(log));

            public static int RuleOfInner(List<string> log) =>
                new OuterCtx(log).Overdub(() => new InnerCtx(log).Overdub(() => Math.Abs(5)));
        }
        """;

    [Theory, Builds]
    public void Side_by_side_each_acts_on_its_own(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(2 + 3 + 4, LoadedProgram.Woven(build, Source).Run<int>("Program.Sequential", log));
        Assert.Equal(["outer 1", "inner 2"], log);
    }

    [Theory, Builds]
    public void Inside_another_both_act_the_inner_first(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(11 + 21, LoadedProgram.Woven(build, Source).Run<int>("Program.Nested", log));
        Assert.Equal(["outer 10", "inner 20", "outer 20"], log);
    }

    [Theory, Builds]
    public void Under_itself_it_acts_twice(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(11 + 21, LoadedProgram.Woven(build, Source).Run<int>("Program.UnderItself", log));
        Assert.Equal(["inner 10", "inner 20", "inner 20"], log);
    }

    [Theory, Builds]
    public void The_outer_context_sees_the_inner_ones_rules(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(6, LoadedProgram.Woven(build, Source).Run<int>("Program.RuleOfInner", log));
        Assert.Equal(["outer 5"], log);
    }
}
