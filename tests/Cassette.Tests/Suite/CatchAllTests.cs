using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A catch-all primitive gets the call itself: typed, unboxed, to be made, repeated, changed or left out.</summary>
public sealed class CatchAllTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Runtime.CompilerServices;
        using Cassette;

        public readonly record struct RetryCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(RetryCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                for (int attempt = 1; ; attempt++)
                {
                    try
                    {
                        return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
                    }
                    catch (IOException) when (attempt < 3)
                    {
                        ctx.Metadata.Add("retry " + call.JoinPoint.Name + " " + call.Arguments[0]);
                    }
                }
            }
        }

        public readonly record struct TypedArgumentsCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TArgs, TResult>(TypedArgumentsCtx ctx, TCall call)
                where TCall : struct, ICall<TArgs, TResult>
                where TArgs : struct, ITuple
            {
                TArgs args = call.Arguments;
                ctx.Metadata.Add(call.JoinPoint.Name + args + (typeof(TResult) == typeof(Nothing) ? " void" : ""));
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public readonly record struct SkipCtx : IContext
        {
            [Overdub]
            static TResult Any<TCall, TResult>(SkipCtx ctx, TCall call) where TCall : struct, ICall<TResult> =>
                typeof(TResult) == typeof(Nothing) ? default! : call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
        }

        public readonly record struct PassThroughCtx : IContext
        {
            [Overdub]
            static TResult Any<TCall, TResult>(PassThroughCtx ctx, TCall call)
                where TCall : struct, ICall<TResult>, allows ref struct
                where TResult : allows ref struct =>
                call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
        }

        public static class Program
        {
            static int attempts;
            static int side;

            static int Flaky(int x) => ++attempts % 3 == 0 ? x : throw new IOException();

            static int UsesFlaky() => Flaky(4) + Flaky(5);

            static int Add(int x, int y) => x + y;

            static void Effect(int x) => side += x;

            static int Effects()
            {
                side = 0;
                Effect(1);
                int sum = Add(2, 3);
                Effect(sum);
                return side;
            }

            static void Swap(ref int x, ref int y) => (x, y) = (y, x);

            static ReadOnlySpan<char> Middle(ReadOnlySpan<char> text) => text[1..^1];

            static string Difficult()
            {
                int x = 1, y = 2;
                Swap(ref x, ref y);
                return x + Middle("abc").ToString() + y;
            }

            public static int Retried(List<string> log)
            {
                attempts = 0;
                return new RetryCtx(log).Overdub(() => UsesFlaky());
            }

            public static int Typed(List<string> log) => new TypedArgumentsCtx(log).Overdub(() => Effects());

            public static int Skipped() => new SkipCtx().Overdub(() => Effects());

            public static string PassedThrough() => new PassThroughCtx().Overdub(() => Difficult());
        }
        """;

    [Theory, Builds]
    public void A_call_can_be_repeated(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(9, LoadedProgram.Woven(build, Source).Run<int>("Program.Retried", log));
        // Each of the two fails twice and comes through at the third attempt.
        Assert.Equal(["retry Flaky 4", "retry Flaky 4", "retry Flaky 5", "retry Flaky 5"], log);
    }

    [Theory, Builds]
    public void The_arguments_come_as_a_typed_tuple(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(6, LoadedProgram.Woven(build, Source).Run<int>("Program.Typed", log));
        Assert.Equal(["Effects()", "Effect(1) void", "Add(2, 3)", "Effect(5) void"], log);
    }

    [Theory, Builds]
    public void A_call_can_be_left_out(OptimizationLevel build) =>
        Assert.Equal(0, LoadedProgram.Woven(build, Source).Run<int>("Program.Skipped"));

    [Theory, Builds]
    public void Spans_and_references_pass_through_a_rule_that_allows_them(OptimizationLevel build) =>
        Assert.Equal("2b1", LoadedProgram.Woven(build, Source).Run<string>("Program.PassedThrough"));
}
