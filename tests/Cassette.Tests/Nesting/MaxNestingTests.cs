using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>
/// Entries that are too deep where they stand in code of every kind: running one throws, and what runs before and after it, or not as deep, is as ever.
/// </summary>
public sealed class MaxNestingTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct OuterCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(OuterCtx ctx, int x) => ctx.Metadata.Add("outer " + x);
        }

        public readonly record struct MiddleCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(MiddleCtx ctx, int x) => ctx.Metadata.Add("middle " + x);

            // A rule's body does not run in its own context, what it recurses into does.
            [Overdub(typeof(Program), nameof(Program.ByRule))]
            static int ByRule(MiddleCtx ctx, List<string> log) => new InnerCtx(log).Overdub(() => Program.Leaf(1));

            [Overdub(typeof(Program), nameof(Program.ByRecursion))]
            static int ByRecursion(MiddleCtx ctx, List<string> log) => ctx.Recurse(Program.ByRecursion, log);
        }

        public readonly record struct InnerCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(InnerCtx ctx, int x) => ctx.Metadata.Add("inner " + x);
        }

        public class Shape
        {
            public virtual int Sides(List<string> log) => 0;
        }

        public sealed class Square : Shape
        {
            public override int Sides(List<string> log) => new InnerCtx(log).Overdub(() => Program.Leaf(1));
        }

        public static class Program
        {
            public static int Leaf(int x) => x;

            static int Generic<T>(List<string> log, T first) => first is int ? new InnerCtx(log).Overdub(() => Leaf(1)) : -1;

            static IEnumerable<int> Items(List<string> log)
            {
                yield return Leaf(2);
                yield return new InnerCtx(log).Overdub(() => Leaf(1));
            }

            static async Task<int> Later(List<string> log)
            {
                await Task.Yield();
                return new InnerCtx(log).Overdub(() => Leaf(1));
            }

            public static int ByRule(List<string> log) => new InnerCtx(log).Overdub(() => Leaf(1));

            public static int ByRecursion(List<string> log) => new InnerCtx(log).Overdub(() => Leaf(1));

            static int Deep(string position, List<string> log)
            {
                switch (position)
                {
                    case "plain":
                        return new InnerCtx(log).Overdub(() => Leaf(1));
                    case "generic":
                        return Generic(log, 7);
                    case "virtual":
                        Shape shape = new Square();
                        return shape.Sides(log);
                    case "lambda":
                        Func<int> inside = () => new InnerCtx(log).Overdub(() => Leaf(1));
                        return inside();
                    case "iterator":
                        return Items(log).Sum() - 2;
                    case "async":
                        return Later(log).GetAwaiter().GetResult();
                    case "rule":
                        return ByRule(log);
                    case "recursion":
                        return ByRecursion(log);
                    case "CanRecurse":
                        return new InnerCtx(log).CanRecurse((Func<int, int>)Leaf) ? 1 : 0;
                    case "Fallback":
                        return new InnerCtx(log).Fallback(Leaf, 1);
                    default:
                        throw new ArgumentException(position);
                }
            }

            public static int Position(string position, List<string> log)
            {
                Leaf(5);
                try
                {
                    return Deep(position, log);
                }
                catch (OverdubNestingException exception)
                {
                    log.Add("too deep: " + exception.MaxNesting);
                    return -100;
                }
                finally
                {
                    Leaf(6);
                }
            }

            public static int Native(string position, List<string> log) => Position(position, log);

            public static int UnderOne(string position, List<string> log) => new OuterCtx(log).Overdub(() => Position(position, log));

            public static int UnderTwo(string position, List<string> log) => new OuterCtx(log).Overdub(() => new MiddleCtx(log).Overdub(() => Position(position, log)));

            public static int Uncaught(List<string> log) => new OuterCtx(log).Overdub(() => new MiddleCtx(log).Overdub(() => Deep("plain", log)));

            public static int Down(int levels, List<string> log) => levels == 0 ? Leaf(0) : new InnerCtx(log).Overdub(() => Down(levels - 1, log));
        }
        """;

    public static TheoryData<OptimizationLevel> Both => [OptimizationLevel.Debug, OptimizationLevel.Release];

    private static LoadedProgram Woven(OptimizationLevel build, int maxNesting) =>
        LoadedProgram.Woven(build, Source, $"<Cassette MaxNesting=\"{maxNesting}\" />");

    [Theory, MemberData(nameof(Both))]
    public void The_entry_throws_and_nothing_else_is_affected(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, 2);
        foreach (string position in new[] { "plain", "generic", "virtual", "lambda", "iterator", "async", "recursion" })
        {
            string middle = position == "iterator" ? "middle 2, outer 2, " : "", outer = position == "iterator" ? "outer 2, " : "";
            Assert.Equal((1, "inner 1"), Run(program, "Native", position));
            Assert.Equal((1, $"outer 5, {outer}inner 1, outer 1, outer 6"), Run(program, "UnderOne", position));
            Assert.Equal((-100, $"middle 5, outer 5, {middle}too deep: 2, middle 6, outer 6"), Run(program, "UnderTwo", position));
        }

        // The same program runs whole where there is a level for it.
        program = Woven(build, 3);
        Assert.Equal((1, "middle 5, outer 5, inner 1, middle 1, outer 1, middle 6, outer 6"), Run(program, "UnderTwo", "plain"));
        Assert.Equal((1, "middle 5, outer 5, middle 2, outer 2, inner 1, middle 1, outer 1, middle 6, outer 6"), Run(program, "UnderTwo", "iterator"));
        Assert.Equal((1, "middle 5, outer 5, inner 1, middle 1, outer 1, middle 6, outer 6"), Run(program, "UnderTwo", "recursion"));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_rule_is_one_level_less_deep_than_its_context(OptimizationLevel build)
    {
        Assert.Equal((1, "middle 5, outer 5, inner 1, outer 1, middle 6, outer 6"), Run(Woven(build, 2), "UnderTwo", "rule"));
    }

    [Theory, MemberData(nameof(Both))]
    public void Every_word_throws(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, 2);
        foreach (string word in new[] { "CanRecurse", "Fallback" })
        {
            Assert.Equal((1, "outer 5, outer 6"), WithoutLeaf(Run(program, "UnderOne", word)));
            Assert.Equal((-100, "middle 5, outer 5, too deep: 2, middle 6, outer 6"), Run(program, "UnderTwo", word));
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void The_exception_names_the_setting(OptimizationLevel build)
    {
        LoadedProgram program = Woven(build, 2);
        var exception = Assert.Throws<OverdubNestingException>(() => program.Run("Program.Uncaught", new List<string>()));
        Assert.Equal(2, exception.MaxNesting);
        Assert.Equal(
            "Contexts were entered inside each other more than 2 deep (MaxNesting=\"2\"). "
            + "Raise MaxNesting on <Cassette> in FodyWeavers.xml, or bound the recursion through the entry.",
            exception.Message);
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug, 1)]
    [InlineData(OptimizationLevel.Release, 1)]
    [InlineData(OptimizationLevel.Debug, 3)]
    [InlineData(OptimizationLevel.Debug, 16)]
    [InlineData(OptimizationLevel.Release, 16)]
    public void Recursion_through_an_entry_goes_as_deep_as_it_says(OptimizationLevel build, int maxNesting)
    {
        LoadedProgram program = Woven(build, maxNesting);
        var log = new List<string>();
        Assert.Equal(0, program.Run<int>("Program.Down", maxNesting, log));
        Assert.Equal(maxNesting, log.Count);
        Assert.All(log, entry => Assert.Equal("inner 0", entry));

        log.Clear();
        var exception = Assert.Throws<OverdubNestingException>(() => program.Run("Program.Down", maxNesting + 1, log));
        Assert.Equal(maxNesting, exception.MaxNesting);
        Assert.Empty(log);
        Assert.Equal(0, program.Run<int>("Program.Down", 1, log));
        Assert.Equal(["inner 0"], log);
    }

    private static (int Result, string Log) Run(LoadedProgram program, string under, string position)
    {
        var log = new List<string>();
        int result = program.Run<int>("Program." + under, position, log);
        return (result, string.Join(", ", log));
    }

    /// <summary>Without the hook of the contexts around for what a fallback runs natively.</summary>
    private static (int, string) WithoutLeaf((int Result, string Log) run) => (run.Result, run.Log.Replace("outer 1, ", "", StringComparison.Ordinal));
}
