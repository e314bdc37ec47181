using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>Rules for instructions see those of the author's expressions in a machine, and not the ones that run the machine.</summary>
public sealed class InstructionsInMachinesTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Intrinsic), Access.Call)]
            static void Before(Ctx ctx, JoinPoint f, params object?[] args) => ctx.Metadata.Add($"{f.Name}({string.Join(",", args)}):{f.Line}");
        }

        public sealed class Cell { public double Value = 2; }

        public static class Program
        {
            static async Task<double> Later(double x, Cell cell)
            {
                double y = x * await Task.FromResult(3.0) - x;
                await Task.Yield();
                return y / cell.Value;
            }

            static IEnumerable<double> Many(double x)
            {
                yield return x + 0.5;
                yield return x * 0.5;
            }

            static double Sum()
            {
                double sum = 100;
                foreach (double x in Many(8))
                    sum -= x;
                return sum;
            }

            public static double Async(List<string> log) => new Ctx(log).Overdub(Later, 4.0, new Cell()).Result;

            public static double Iterator(List<string> log) => new Ctx(log).Overdub(Sum);
        }
        """;

    private static int LineOf(string text) => Source.Split('\n').Index().Single(line => line.Item.Contains(text, System.StringComparison.Ordinal)).Index + 1;

    [Theory, Builds]
    public void Behind_an_await_the_expression_goes_on(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal((4.0 * 3 - 4) / 2, LoadedProgram.Woven(build, Source).Run<double>("Program.Async", log));
        int y = LineOf("double y ="), end = LineOf("return y /");
        Assert.Equal([$"Multiply(4,3):{y}", $"Subtract(12,4):{y}", $"Value(Cell):{end}", $"Divide(8,2):{end}"], log);
    }

    [Theory, Builds]
    public void An_iterators_own_instructions_are_not_seen(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(100 - 8.5 - 4, LoadedProgram.Woven(build, Source).Run<double>("Program.Iterator", log));
        int sum = LineOf("sum -= x"), first = LineOf("x + 0.5"), second = LineOf("x * 0.5");
        Assert.Equal([$"Add(8,0.5):{first}", $"Subtract(100,8.5):{sum}", $"Multiply(8,0.5):{second}", $"Subtract(91.5,4):{sum}"], log);
    }
}
