using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Posthooks of calls that return by reference: one that only looks sees a copy, one that returns a value does not fit.</summary>
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

    [Theory, Builds]
    public void One_that_returns_a_value_is_never_in_question(OptimizationLevel build)
    {
        var log = new List<string>();
        var woven = CompiledProgram.Compile(build, Source).Weave().Verified();
        Assert.Equal("ab", woven.Load().Run<string>("Program.Replacing", log));
        Assert.DoesNotContain(log, entry => entry.StartsWith("At ", StringComparison.Ordinal));
        Assert.Contains("Concat String", log);
        Assert.DoesNotContain(woven.Diagnostics, d => d.Id == "CAS328" && d.Message.Contains("'ReplacingCtx.", StringComparison.Ordinal));
    }
}
