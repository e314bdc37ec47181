using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>
/// Rules of every kind that recurse into a context between two others, with and without its hooks: what is counted are its hooks, what is logged the
/// calls that the other contexts see.
/// </summary>
public sealed class RulePlaceTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct OuterCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(OuterCtx ctx, JoinPoint f) => Program.Note(ctx.Metadata, "outer", f);
        }

        public readonly record struct MiddleCtx(int[] Metadata) : IContext<int[]>
        {
            [Prehook]
            static void Before(MiddleCtx ctx, JoinPoint f) => ctx.Metadata[0] += Program.IsNoted(f) ? 1 : 0;

            [Overdub(typeof(Program), nameof(Program.Generic))]
            static T Generic<T>(MiddleCtx ctx, T x, int n) => ctx.Recurse(Program.Generic<T>, x, n);

            [Overdub(typeof(Program), nameof(Program.Nothing))]
            static void Nothing(MiddleCtx ctx, int n) => ctx.Recurse(() => { Program.Leaf(n); });

            [Overdub(typeof(Program), nameof(Program.ByRef))]
            static void ByRef(MiddleCtx ctx, ref int x)
            {
                int copy = x;
                try
                {
                    x = ctx.Recurse(c => Program.Leaf(c) + 1, copy);
                }
                finally
                {
                    x += 100;
                }
            }

            [Overdub(typeof(Program), nameof(Program.Later))]
            static async Task<int> Later(MiddleCtx ctx, int n)
            {
                await Task.Yield();
                return await ctx.Recurse(Program.Later, n);
            }

            [Overdub(typeof(Program), nameof(Program.Items))]
            static IEnumerable<int> Items(MiddleCtx ctx, int n)
            {
                foreach (int item in ctx.Recurse(Program.Items, n))
                    yield return item;
            }

            [Overdub(typeof(Program), nameof(Program.Native))]
            static int Native(MiddleCtx ctx, int n) => ctx.CanRecurse((Func<int, int>)Program.Native) ? ctx.Fallback(Program.Native, n) : -1;

            [Overdub(typeof(Program), nameof(Program.Handed))]
            static int Handed(MiddleCtx ctx, Func<int, int> f, int n) => ctx.Recurse(f, n);

            [Overdub(typeof(Box<>), nameof(Box<int>.Twice))]
            static int Twice<T>(MiddleCtx ctx, Box<T> box) => 1 + ctx.Recurse(b => b.Once() * 2, box);
        }

        public readonly record struct InnerCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(InnerCtx ctx, JoinPoint f) => Program.Note(ctx.Metadata, "inner", f);
        }

        // Contexts without fields are handed to no clone.
        public readonly record struct BareCtx : IContext
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(BareCtx ctx, int x) => Program.BareHooks++;

            [Overdub(typeof(Program), nameof(Program.Through))]
            static int Through(BareCtx ctx, int n) => ctx.Recurse(Program.Through, n);
        }

        public readonly record struct EmptyCtx : IContext;

        public sealed class Box<T>(T value)
        {
            public int Twice() => Once() * 2;

            public int Once() => Program.Leaf(value is int x ? x : 7);
        }

        public static class Program
        {
            public static bool IsNoted(JoinPoint f) => f.Name == "Leaf";

            [NoOverdub]
            public static void Note(List<string> log, string context, JoinPoint f)
            {
                if (IsNoted(f))
                    log.Add(context);
            }

            public static int Leaf(int x) => x;

            public static T Generic<T>(T x, int n) => Leaf(n) < 3 ? x : default!;

            public static void Nothing(int n) => Leaf(n);

            public static void ByRef(ref int x) => x = Leaf(x) + 1;

            public static async Task<int> Later(int n)
            {
                await Task.Yield();
                return Leaf(n);
            }

            public static IEnumerable<int> Items(int n)
            {
                for (int i = 0; i < n; i++)
                    yield return Leaf(i);
            }

            public static int Native(int n) => Leaf(n);

            public static int Handed(Func<int, int> f, int n) => f(n);

            static int Call(string kind)
            {
                switch (kind)
                {
                    case "generic":
                        return Generic("two", 2).Length + Generic(5, 2);
                    case "nothing":
                        Nothing(2);
                        return 8;
                    case "byref":
                        int x = 7;
                        ByRef(ref x);
                        return x - 100;
                    case "async":
                        return Later(8).GetAwaiter().GetResult();
                    case "iterator":
                        return Items(1).Sum() + 8;
                    case "native":
                        return Native(8);
                    case "handed":
                        return Handed(n => Leaf(n), 8);
                    case "box":
                        return new Box<int>(8).Twice() + new Box<string>("").Twice() - 24;
                    default:
                        throw new ArgumentException(kind);
                }
            }

            public static int BareHooks;

            public static int Through(int n) => Leaf(n);

            public static int BareLoud(List<string> log, int[] hooks)
            {
                BareHooks = 0;
                int result = new OuterCtx(log).Overdub(() => new BareCtx().Overdub(() => new EmptyCtx().Overdub(() => new InnerCtx(log).Overdub(() => Through(8)))));
                hooks[0] = BareHooks;
                return result;
            }

            public static int BareQuiet(List<string> log, int[] hooks)
            {
                BareHooks = 0;
                int result = new OuterCtx(log).Overdub(() => new BareCtx().DisableHooks().Overdub(() => new EmptyCtx().Overdub(() => new InnerCtx(log).Overdub(() => Through(8)))));
                hooks[0] = BareHooks;
                return result;
            }

            public static int BareWithin(List<string> log, int[] hooks)
            {
                BareHooks = 0;
                int result = new EmptyCtx().Overdub(() => new OuterCtx(log).Overdub(() => new BareCtx().Overdub(() => new EmptyCtx().Overdub(() => Through(8)))));
                hooks[0] = BareHooks;
                return result;
            }

            public static int Loud(string kind, List<string> log, int[] hooks) =>
                new OuterCtx(log).Overdub(() => new MiddleCtx(hooks).Overdub(() => new InnerCtx(log).Overdub(() => Call(kind))));

            public static int Quiet(string kind, List<string> log, int[] hooks) =>
                new OuterCtx(log).Overdub(() => new MiddleCtx(hooks).DisableHooks().Overdub(() => new InnerCtx(log).Overdub(() => Call(kind))));

            public static int QuietInside(string kind, List<string> log, int[] hooks) =>
                new OuterCtx(log).Overdub(() => new MiddleCtx(hooks).DisableHooks().Overdub(() => Call(kind)));
        }
        """;

    /// <summary>What a rule enters with a delegate that it shows runs in all contexts. Async rules, iterators and handed delegates enter without the inner ones.</summary>
    [Theory]
    [InlineData("generic", 2, true)]
    [InlineData("nothing", 1, true)]
    [InlineData("byref", 1, true)]
    [InlineData("box", 2, true)]
    [InlineData("async", 1, false)]
    [InlineData("iterator", 1, false)]
    [InlineData("handed", 1, false)]
    [InlineData("native", 0, false)]
    public void A_rule_enters_the_contexts_of_its_place(string kind, int leaves, bool keepsInner)
    {
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            LoadedProgram program = LoadedProgram.Woven(build, Source);
            string inside = string.Join(", ", Enumerable.Repeat("outer", leaves));
            string within = keepsInner ? string.Join(", ", Enumerable.Repeat("inner, outer", leaves)) : inside;
            Assert.Equal((8, within, leaves), Run(program, "Loud", kind));
            Assert.Equal((8, within, 0), Run(program, "Quiet", kind));
            Assert.Equal((8, inside, 0), Run(program, "QuietInside", kind));
        }
    }

    [Theory]
    [InlineData("BareLoud", "inner, outer", 1)]
    [InlineData("BareQuiet", "inner, outer", 0)]
    [InlineData("BareWithin", "outer", 1)]
    public void So_does_one_of_a_context_without_fields(string stack, string log, int hooks)
    {
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            // The stacks are four deep.
            LoadedProgram program = LoadedProgram.Woven(build, Source, "<Cassette MaxNesting=\"4\" />");
            List<string> written = [];
            int[] counted = [0];
            Assert.Equal(8, program.Run<int>("Program." + stack, written, counted));
            Assert.Equal((log, hooks), (string.Join(", ", written), counted[0]));
        }
    }

    private static (int Result, string Log, int Hooks) Run(LoadedProgram program, string stack, string kind)
    {
        List<string> log = [];
        int[] hooks = [0];
        int result = program.Run<int>("Program." + stack, kind, log, hooks);
        return (result, string.Join(", ", log), hooks[0]);
    }
}
