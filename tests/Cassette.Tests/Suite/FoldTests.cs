using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A fold over an argument list of any length.</summary>
public sealed class FoldTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct NoRulesCtx : IContext;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(LogCtx ctx, JoinPoint f, params object?[] args) =>
                ctx.Metadata.Add(f.Name + "/" + args.Length);
        }

        public static class Program
        {
            static T Fold<T>(Func<T, T, T> f, T first, params T[] rest)
            {
                T result = first;
                for (int i = 0; i < rest.Length; i++)
                    result = f(result, rest[i]);
                return result;
            }

            static int Minus(int x, int y) => x - y;

            static string Join(string x, string y) => x + y;

            static string All() =>
                Fold(Minus, 10) + " " + Fold(Minus, 10, 1, 2, 3) + " " + Fold(Join, "a", "b", "c");

            public static string Native() => All();

            public static string WithoutRules() => new NoRulesCtx().Overdub(All);

            public static string Logged(List<string> log) => new LogCtx(log).Overdub(All);
        }
        """;

    [Theory, Builds]
    public void The_result_is_unchanged(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal("10 4 abc", program.Run<string>("Program.Native"));
        Assert.Equal("10 4 abc", program.Run<string>("Program.WithoutRules"));
    }

    [Theory, Builds]
    public void Each_step_is_one_call_of_the_delegate(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<string>();
        Assert.Equal("10 4 abc", program.Run<string>("Program.Logged", log));
        // A params call takes f, first and the array; Invoke takes the delegate and two values.
        Assert.Equal(3, log.Count(call => call == "Fold/3"));
        Assert.Equal(5, log.Count(call => call == "Invoke/3"));
    }
}
