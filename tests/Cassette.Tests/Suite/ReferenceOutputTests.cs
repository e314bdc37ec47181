using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Rules for calls that return by reference: a posthook that only looks sees a copy, what returns a value does not fit.</summary>
public sealed class ReferenceOutputTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct LookingCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Posthook]
            static void After<T>(LookingCtx ctx, T output, JoinPoint f) where T : allows ref struct => ctx.Metadata.Add($"{f.Name} {typeof(T).Name}");
        }

        public readonly record struct ReplacingCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Posthook]
            static T After<T>(ReplacingCtx ctx, T output, JoinPoint f) where T : allows ref struct
            {
                ctx.Metadata.Add($"{f.Name} {typeof(T).Name}");
                return output;
            }
        }

        public readonly record struct TakingCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(TakingCtx ctx, TCall call)
                where TCall : struct, ICall<TResult>, allows ref struct
                where TResult : allows ref struct
            {
                ctx.Metadata.Add($"{call.JoinPoint.Name} {typeof(TResult).Name}");
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public sealed class Cells<T>
        {
            private readonly T[] items = new T[2];

            // A constructor is not made for each type argument: what cannot be decided here stays undecided.
            public Cells(T first)
            {
                Span<(int, T)> pairs = new (int, T)[1];
                pairs[0] = (1, first);
                At(0) = pairs[0].Item2;
            }

            public ref T At(int index) => ref items[index];
        }

        public static class Program
        {
            public static string Looking(List<string> log) => new LookingCtx(log).Overdub(Run);

            public static string Replacing(List<string> log) => new ReplacingCtx(log).Overdub(Run);

            public static string Taking(List<string> log) => new TakingCtx(log).Overdub(Run);

            static string Run()
            {
                var cells = new Cells<string>("a");
                cells.At(1) = "b";
                return cells.At(0) + cells.At(1);
            }
        }
        """;

    [Theory, Builds]
    public void A_hook_that_returns_nothing_sees_what_is_referred_to(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal("ab", CompiledProgram.Compile(build, Source).Weave().Verified().Load().Run<string>("Program.Looking", log));
        Assert.Equal(4, log.Count(entry => entry == "At String"));
        Assert.Contains("Concat String", log);
    }

    [Theory]
    [InlineData("Replacing", OptimizationLevel.Debug), InlineData("Replacing", OptimizationLevel.Release)]
    [InlineData("Taking", OptimizationLevel.Debug), InlineData("Taking", OptimizationLevel.Release)]
    public void A_rule_that_returns_a_value_is_never_in_question(string entry, OptimizationLevel build)
    {
        var log = new List<string>();
        var woven = CompiledProgram.Compile(build, Source).Weave().Verified();
        Assert.Equal("ab", woven.Load().Run<string>("Program." + entry, log));
        Assert.DoesNotContain(log, entry => entry.StartsWith("At ", StringComparison.Ordinal));
        Assert.Contains("Concat String", log);
        Assert.DoesNotContain(woven.Diagnostics, d => d.Id == "CAS328" && d.Message.Contains($"'{entry}Ctx.", StringComparison.Ordinal));
    }
}
