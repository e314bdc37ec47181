using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Counting prehooks that see calls with arguments of one type.</summary>
public sealed class CountTests
{
    private const string Source = """
        using System;
        using System.Globalization;
        using System.Numerics;
        using Cassette;

        public sealed class Counter(int increment)
        {
            public int Count;

            public void Hit() => Count += increment;
        }

        public readonly record struct NumberCtx(Counter Metadata) : IContext<Counter>
        {
            [Prehook]
            static void Before<T>(NumberCtx ctx, T first, params object?[] rest) where T : INumber<T> => ctx.Metadata.Hit();
        }

        // Which type is counted is part of the context's type.
        public readonly record struct CountCtx<T>(Counter Metadata) : IContext<Counter>
        {
            [Prehook]
            static void Before(CountCtx<T> ctx, T first, params object?[] rest) => ctx.Metadata.Hit();
        }

        public static class Program
        {
            static string[] Map(Func<int, string> f, int[] xs)
            {
                var result = new string[xs.Length];
                for (int i = 0; i < xs.Length; i++)
                    result[i] = f(xs[i]);
                return result;
            }

            static string Text(int x) => Decorate(x.ToString(CultureInfo.InvariantCulture), x);

            static string Decorate(string text, int x) => x > 9 ? Quote(text) : text;

            static string Quote(string text) => "'" + text + "'";

            static string Mapping() => string.Join(",", Map(x => Text(x), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

            static double Numbers() => Half(3) + Half(4.0) + Add(1L, 2L) + Length("abc");

            static double Half(double x) => x / 2;

            static int Half(int x) => x / 2;

            static long Add(long x, long y) => x + y;

            static int Length(string text) => 3;

            public static string Native() => Mapping();

            public static string Ints(int increment)
            {
                var counter = new Counter(increment);
                string result = new CountCtx<int>(counter).Overdub(Mapping);
                return counter.Count + ": " + result;
            }

            public static string Strings(int increment)
            {
                var counter = new Counter(increment);
                string result = new CountCtx<string>(counter).Overdub(Mapping);
                return counter.Count + ": " + result;
            }

            public static int NumericCalls()
            {
                var counter = new Counter(1);
                new NumberCtx(counter).Overdub(Numbers);
                return counter.Count;
            }
        }
        """;

    private const string Mapped = "1,2,3,4,5,6,7,8,9,'10'";

    [Theory, Builds]
    public void Numeric_arguments_are_counted(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        // Half(int), Half(double), Add(long, long); Length takes a string.
        Assert.Equal(3, program.Run<int>("Program.NumericCalls"));
    }

    [Theory, Builds]
    public void Calls_with_an_int_first_are_counted_exactly(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(Mapped, program.Run<string>("Program.Native"));
        // For each of ten: Text(x), and ToString, whose receiver is an int.
        Assert.Equal("20: " + Mapped, program.Run<string>("Program.Ints", 1));
        Assert.Equal("40: " + Mapped, program.Run<string>("Program.Ints", 2));
    }

    [Theory, Builds]
    public void Calls_with_a_string_first_are_counted_exactly(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        // Ten of Decorate(text, x); one of Quote; one of Concat inside it; and string.Join.
        Assert.Equal("13: " + Mapped, program.Run<string>("Program.Strings", 1));
        Assert.Equal("26: " + Mapped, program.Run<string>("Program.Strings", 2));
    }
}
