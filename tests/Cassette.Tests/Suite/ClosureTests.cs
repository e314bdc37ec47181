using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Lambdas that capture, and queries with a lambda argument.</summary>
public sealed class ClosureTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(LogCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public readonly record struct SquareCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Square))]
            static void Before(SquareCtx ctx, int x) => ctx.Metadata.Add("Square " + x);
        }

        public static class Program
        {
            public static int Square(int x) => x * x;

            static int Captures()
            {
                int factor = 3;
                Func<int, int> f = x => Square(x) * factor;
                factor = 2;
                return f(4);
            }

            static int Query() => (from x in new[] { 1, 2, 3 } where x != 2 select Square(x)).Sum();

            public static int NativeCaptures() => Captures();

            public static int NativeQuery() => Query();

            public static int LoggedCaptures(List<string> log) => new LogCtx(log).Overdub(Captures);

            public static int LoggedQuery(List<string> log) => new LogCtx(log).Overdub(Query);

            public static int EntryCaptures(List<string> log)
            {
                int offset = 1;
                return new SquareCtx(log).Overdub(() =>
                {
                    offset++;
                    return Square(offset);
                }) + offset;
            }

            public static int SquaresInQuery(List<string> log) => new SquareCtx(log).Overdub(Query);
        }
        """;

    [Theory, Builds]
    public void A_lambda_that_captures_is_overdubbed_where_it_is_called(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(32, program.Run<int>("Program.NativeCaptures"));
        var log = new List<string>();
        Assert.Equal(32, program.Run<int>("Program.LoggedCaptures", log));
        // Neither the display class nor the delegate's construction is a call of the author's.
        Assert.Equal(["Invoke", "Square"], log);
    }

    [Theory, Builds]
    public void The_entrys_own_lambda_captures_by_reference(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<string>();
        Assert.Equal(4 + 2, program.Run<int>("Program.EntryCaptures", log));
        Assert.Equal(["Square 2"], log);
    }

    [Theory, Builds]
    public void A_query_is_unchanged_and_its_operators_are_calls(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(10, program.Run<int>("Program.NativeQuery"));
        var log = new List<string>();
        Assert.Equal(10, program.Run<int>("Program.LoggedQuery", log));
        Assert.Equal(["Where", "Select", "Sum"], log.FindAll(name => name != "Square"));
    }

    [Theory, Builds]
    public void The_lambda_of_a_query_is_overdubbed(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<string>();
        Assert.Equal(10, program.Run<int>("Program.SquaresInQuery", log));
        Assert.Equal(["Square 1", "Square 3"], log);
    }
}
