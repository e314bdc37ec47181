using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A package's numeric routine that works in place, called through a context.</summary>
public sealed class GemvTests
{
    private const string Source = """
        using System.Collections.Generic;
        using Cassette;
        using MathNet.Numerics.LinearAlgebra;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(LogCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public static class Program
        {
            static Vector<double> Gemv(Matrix<double> a, Vector<double> x, Vector<double> y)
            {
                a.Multiply(x, y);
                return y;
            }

            public static string Run(List<string> log)
            {
                var a = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } });
                var x = Vector<double>.Build.Dense([5.0, 6.0]);
                var y = Vector<double>.Build.Dense(2);
                Vector<double> result = new LogCtx(log).Overdub(() => Gemv(a, x, y));
                return ReferenceEquals(result, y) + " " + y[0] + " " + y[1];
            }
        }
        """;

    [Theory, Builds]
    public void The_result_is_the_same_object_with_the_same_contents(OptimizationLevel build)
    {
        var log = new List<string>();
        // 1*5 + 2*6 = 17, 3*5 + 4*6 = 39
        Assert.Equal("True 17 39", LoadedProgram.Woven(build, Source).Run<string>("Program.Run", log));
        // The package runs natively: the call of it is seen, its own calls are not.
        Assert.Equal(["Gemv", "Multiply"], log);
    }
}
