using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>Methods that are entries by declaration, of every kind, called natively and inside other contexts, up to the depth that is allowed and deeper.</summary>
public sealed class DeclaredNestingTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public static class Log
        {
            public static readonly List<string> Lines = [];
        }

        public readonly record struct OuterCtx : IContext
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(OuterCtx ctx, int x) => Log.Lines.Add("outer " + x);
        }

        public readonly record struct MiddleCtx : IContext
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(MiddleCtx ctx, int x) => Log.Lines.Add("middle " + x);
        }

        public readonly record struct InnerCtx : IContext
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(InnerCtx ctx, int x) => Log.Lines.Add("inner " + x);
        }

        public class Shape
        {
            [OverdubWith(typeof(InnerCtx))]
            public virtual int Sides() => Program.Leaf(1);
        }

        public sealed class Square : Shape
        {
            [OverdubWith(typeof(InnerCtx))]
            public override int Sides() => base.Sides();
        }

        public static class Program
        {
            public static int Leaf(int x) => x;

            [OverdubWith(typeof(InnerCtx))]
            public static int Plain() => Leaf(1);

            public static int FromXml() => Leaf(1);

            [OverdubWith(typeof(InnerCtx))]
            public static int Again(int times) => times == 0 ? Leaf(1) : Again(times - 1);

            [OverdubWith(typeof(InnerCtx))]
            public static async Task<int> Later(Task gate)
            {
                Log.Lines.Add("later");
                await gate;
                return Leaf(1);
            }

            [OverdubWith(typeof(InnerCtx))]
            public static IEnumerable<int> Items()
            {
                Log.Lines.Add("items");
                yield return Leaf(1);
            }

            static int Finish(TaskCompletionSource gate, Task<int> task)
            {
                Log.Lines.Add("started");
                gate.SetResult();
                return task.GetAwaiter().GetResult();
            }

            static int Sum(IEnumerable<int> items)
            {
                Log.Lines.Add("made");
                return items.Sum();
            }

            static int Call(string kind)
            {
                switch (kind)
                {
                    case "plain":
                        return Plain();
                    case "xml":
                        return FromXml();
                    case "again":
                        return Again(2);
                    case "virtual":
                        Shape shape = new Square();
                        return shape.Sides();
                    case "delegate":
                        Func<int> plain = Plain;
                        return plain();
                    case "async":
                        var gate = new TaskCompletionSource();
                        return Finish(gate, Later(gate.Task));
                    case "iterator":
                        return Sum(Items());
                    default:
                        throw new ArgumentException(kind);
                }
            }

            static int Position(string kind)
            {
                Leaf(5);
                try
                {
                    return Call(kind);
                }
                catch (OverdubNestingException exception)
                {
                    Log.Lines.Add("too deep: " + exception.MaxNesting);
                    return -100;
                }
                finally
                {
                    Leaf(6);
                }
            }

            public static int Native(string kind) => Position(kind);

            public static int UnderOne(string kind) => new OuterCtx().Overdub(() => Position(kind));

            public static int UnderTwo(string kind) => new OuterCtx().Overdub(() => new MiddleCtx().Overdub(() => Position(kind)));

            // In its own context already, it enters none.
            public static int UnderOwn(string kind) => new OuterCtx().Overdub(() => new InnerCtx().Overdub(() => Position(kind)));

            public static string Written()
            {
                string lines = string.Join(", ", Log.Lines);
                Log.Lines.Clear();
                return lines;
            }
        }
        """;

    public static TheoryData<OptimizationLevel> Both => [OptimizationLevel.Debug, OptimizationLevel.Release];

    /// <summary>The kinds, with what is written before their leaf where they run.</summary>
    private static readonly (string Kind, string Before)[] Kinds =
        [("plain", ""), ("xml", ""), ("again", ""), ("virtual", ""), ("delegate", ""), ("async", "later, started, "), ("iterator", "made, items, ")];

    [Theory, MemberData(nameof(Both))]
    public void They_enter_as_deep_as_is_allowed_and_the_call_throws_below(OptimizationLevel build)
    {
        for (int maxNesting = 1; maxNesting <= 3; maxNesting++)
        {
            LoadedProgram program = Woven(build, maxNesting);
            foreach ((string kind, string before) in Kinds)
            {
                Assert.Equal((1, before + "inner 1"), Run(program, "Native", kind));
                Assert.Equal(
                    maxNesting < 2 ? (-100, "outer 5, too deep: 1, outer 6") : (1, $"outer 5, {before}inner 1, outer 1, outer 6"),
                    Run(program, "UnderOne", kind));
                if (maxNesting > 1)
                {
                    Assert.Equal(
                        maxNesting < 3 ? (-100, "middle 5, outer 5, too deep: 2, middle 6, outer 6") : (1, $"middle 5, outer 5, {before}inner 1, middle 1, outer 1, middle 6, outer 6"),
                        Run(program, "UnderTwo", kind));
                    Assert.Equal((1, $"inner 5, outer 5, {before}inner 1, outer 1, inner 6, outer 6"), Run(program, "UnderOwn", kind));
                }
            }
        }
    }

    private static LoadedProgram Woven(OptimizationLevel build, int maxNesting) =>
        LoadedProgram.Woven(build, Source, $"<Cassette MaxNesting=\"{maxNesting}\"><Context Type=\"InnerCtx\"><Entry>Program::FromXml</Entry></Context></Cassette>");

    private static (int Result, string Log) Run(LoadedProgram program, string under, string kind)
    {
        int result = program.Run<int>("Program." + under, kind);
        return (result, program.Run<string>("Program.Written"));
    }
}
