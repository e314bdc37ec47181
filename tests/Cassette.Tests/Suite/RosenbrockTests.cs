using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A logging prehook over a numeric loop, with the log as metadata; and a typed one, which sees numbers only.</summary>
public sealed class RosenbrockTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Numerics;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(LogCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public readonly record struct NumericLogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before<T>(NumericLogCtx ctx, JoinPoint f, T x) where T : INumber<T> =>
                ctx.Metadata.Add(f.Name + " " + x);
        }

        public static class Program
        {
            public static double Rosenbrock(double[] x)
            {
                double a = 1.0, b = 100.0, result = 0.0;
                Note("start");
                for (int i = 0; i < x.Length - 1; i++)
                    result += Square(a - x[i]) + b * Square(x[i + 1] - Square(x[i]));
                return result;
            }

            static double Square(double x) => x * x;

            static void Note(string text)
            {
            }

            public static double Logged(double[] x, List<string> log) => new LogCtx(log).Overdub(() => Rosenbrock(x));

            public static double NumbersLogged(double[] x, List<string> log) =>
                new NumericLogCtx(log).Overdub(() => Rosenbrock(x));
        }
        """;

    private static readonly double[] Point = [1.0, 2.0, 4.0];

    [Theory, Builds]
    public void The_value_is_unchanged_and_the_log_exact(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        double native = program.Run<double>("Program.Rosenbrock", Point);
        // (1-1)² + 100 (2-1²)² + (1-2)² + 100 (4-2²)² = 0 + 100 + 1 + 0
        Assert.Equal(101.0, native);

        var log = new List<string>();
        Assert.Equal(native, program.Run<double>("Program.Logged", Point, log));
        // Two steps of three squares each; array accesses and arithmetic are no calls.
        Assert.Equal(["Rosenbrock", "Note", .. Enumerable.Repeat("Square", 6)], log);
    }

    [Theory, Builds]
    public void A_typed_prehook_sees_only_numeric_arguments(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<string>();
        Assert.Equal(101.0, program.Run<double>("Program.NumbersLogged", Point, log));
        // Each step squares a - x[i] first, then x[i], then x[i+1] - x[i]².
        Assert.Equal(["Square 0", "Square 1", "Square 1", "Square -1", "Square 2", "Square 0"], log);
    }
}
