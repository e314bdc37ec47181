using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>A tracer inside and around a memoiser whose primitive recurses by a delegate, with and without hooks.</summary>
public sealed class RecursingPrimitiveTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct TraceCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Fib))]
            static void Fib(TraceCtx ctx, int n) => ctx.Metadata.Add("fib " + n);

            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Leaf(TraceCtx ctx, int n) => ctx.Metadata.Add("leaf " + n);
        }

        public readonly record struct MemoCtx(Dictionary<int, int> Metadata, int[] Calls) : IContext<Dictionary<int, int>>
        {
            [Prehook(typeof(Program), nameof(Program.Fib))]
            static void Before(MemoCtx ctx, int n) => ctx.Calls[0]++;

            [Overdub(typeof(Program), nameof(Program.Fib))]
            static int Fib(MemoCtx ctx, int n)
            {
                if (!ctx.Metadata.TryGetValue(n, out int known))
                    ctx.Metadata[n] = known = ctx.CanRecurse((Func<int, int>)Program.Fib) ? ctx.Recurse(Program.Fib, n) : -1000;
                return known;
            }
        }

        public readonly record struct LambdaCtx(Dictionary<int, int> Metadata) : IContext<Dictionary<int, int>>
        {
            [Overdub(typeof(Program), nameof(Program.Fib))]
            static int Fib(LambdaCtx ctx, int n)
            {
                if (!ctx.Metadata.TryGetValue(n, out int known))
                    ctx.Metadata[n] = known = n < 2 ? ctx.Overdub(() => Program.Leaf(n)) : ctx.Recurse(() => Program.Fib(n - 1) + Program.Fib(n - 2));
                return known;
            }
        }

        public readonly record struct EmptyCtx : IContext;

        public readonly record struct CatchAllCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(CatchAllCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                if (call.JoinPoint.Name is "Fib" or "Leaf")
                    ctx.Metadata.Add(call.JoinPoint.Name);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public static class Program
        {
            public static int Fib(int n) => n < 2 ? Leaf(n) : Fib(n - 1) + Fib(n - 2);

            public static int Leaf(int n) => n;

            public static int TraceInMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).Overdub(() => new TraceCtx(log).Overdub(() => Fib(4)));

            public static int MemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).Overdub(() => Fib(4)));

            public static int TraceInQuietMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).DisableHooks().Overdub(() => new TraceCtx(log).Overdub(() => Fib(4)));

            public static int QuietTraceInMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).Overdub(() => new TraceCtx(log).DisableHooks().Overdub(() => Fib(4)));

            public static int QuietTraceInQuietMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).DisableHooks().Overdub(() => new TraceCtx(log).DisableHooks().Overdub(() => Fib(4)));

            public static int TraceInEmptyInMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).Overdub(() => new EmptyCtx().Overdub(() => new TraceCtx(log).Overdub(() => Fib(4))));

            public static int TraceInLambda(List<string> log, int[] calls) =>
                new LambdaCtx([]).Overdub(() => new TraceCtx(log).Overdub(() => Fib(4)));

            public static int QuietMemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => Fib(4)));

            public static int QuietMemoInQuietTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).DisableHooks().Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => Fib(4)));

            public static int QuietMemoInEmptyInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new EmptyCtx().Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => Fib(4))));

            public static int EmptyInQuietMemoInEmpty(List<string> log, int[] calls) =>
                new EmptyCtx().Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => new EmptyCtx().Overdub(() => Fib(4))));

            public static int TraceInMemoInEmpty(List<string> log, int[] calls) =>
                new EmptyCtx().Overdub(() => new MemoCtx([], calls).Overdub(() => new TraceCtx(log).Overdub(() => Fib(4))));

            public static int TraceInQuietMemoInEmpty(List<string> log, int[] calls) =>
                new EmptyCtx().Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => new TraceCtx(log).Overdub(() => Fib(4))));

            public static int EmptyInMemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).Overdub(() => new EmptyCtx().Overdub(() => Fib(4))));

            public static int EmptyInQuietMemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => new EmptyCtx().Overdub(() => Fib(4))));

            public static int TraceInLambdaInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new LambdaCtx([]).Overdub(() => new TraceCtx(log).Overdub(() => Fib(4))));

            public static int QuietMemoInQuietMemo(List<string> log, int[] calls) =>
                new MemoCtx([], calls).DisableHooks().Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => Fib(4)));

            public static int MemoInMemo(List<string> log, int[] calls) =>
                new MemoCtx([], new int[1]).Overdub(() => new MemoCtx([], calls).Overdub(() => Fib(4)));

            public static int TraceInMemoInMemo(List<string> log, int[] calls) =>
                new MemoCtx([], new int[1]).Overdub(() => new MemoCtx([], calls).Overdub(() => new TraceCtx(log).Overdub(() => Fib(4))));

            public static int GroupInQuietMemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(Fib, 4));

            public static int GroupInMemoInTrace(List<string> log, int[] calls) =>
                new TraceCtx(log).Overdub(() => new MemoCtx([], calls).Overdub(Fib, 4));

            public static int QuietMemoInCatchAll(List<string> log, int[] calls) =>
                new CatchAllCtx(log).Overdub(() => new MemoCtx([], calls).DisableHooks().Overdub(() => new EmptyCtx().Overdub(() => Fib(4))));
        }
        """;

    // Each call is traced before the memoiser knows its answer, which it does for the second calls of 1 and of 2.
    private const string EveryCall = "fib 4, fib 3, fib 2, fib 1, leaf 1, fib 0, leaf 0, fib 1, fib 2";

    // The memoiser takes every call of Fib before the tracer sees it; what runs below is traced, once for each answer.
    private const string WhatRuns = "leaf 1, leaf 0";

    [Theory]
    [InlineData("TraceInMemo", EveryCall, 7)]
    [InlineData("MemoInTrace", WhatRuns, 7)]
    [InlineData("TraceInQuietMemo", EveryCall, 0)]
    [InlineData("QuietTraceInMemo", "", 7)]
    [InlineData("QuietTraceInQuietMemo", "", 0)]
    [InlineData("TraceInEmptyInMemo", EveryCall, 7)]
    [InlineData("TraceInLambda", EveryCall, 0)]
    [InlineData("QuietMemoInTrace", WhatRuns, 0)]
    [InlineData("QuietMemoInQuietTrace", "", 0)]
    [InlineData("QuietMemoInEmptyInTrace", WhatRuns, 0)]
    [InlineData("EmptyInQuietMemoInEmpty", "", 0)]
    [InlineData("TraceInMemoInEmpty", EveryCall, 7)]
    [InlineData("TraceInQuietMemoInEmpty", EveryCall, 0)]
    [InlineData("EmptyInMemoInTrace", WhatRuns, 7)]
    [InlineData("EmptyInQuietMemoInTrace", WhatRuns, 0)]
    [InlineData("TraceInLambdaInTrace", "fib 4, fib 3, fib 2, fib 1, leaf 1, leaf 1, fib 0, leaf 0, leaf 0, fib 1, fib 2", 0)]
    [InlineData("QuietMemoInQuietMemo", "", 0)]
    [InlineData("MemoInMemo", "", 7)]
    [InlineData("TraceInMemoInMemo", EveryCall, 7)]
    [InlineData("GroupInMemoInTrace", WhatRuns, 6)]
    [InlineData("GroupInQuietMemoInTrace", WhatRuns, 0)]
    [InlineData("QuietMemoInCatchAll", "Fib, Fib, Fib, Fib, Leaf, Fib, Leaf, Fib, Fib", 0)]
    public void The_primitive_recurses_in_the_whole_stack(string program, string trace, int memoised)
    {
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            List<string> log = [];
            int[] calls = [0];
            Assert.Equal(3, LoadedProgram.Woven(build, Source).Run<int>("Program." + program, log, calls));
            Assert.Equal(trace, string.Join(", ", log));
            Assert.Equal(memoised, calls[0]);
        }
    }
}
