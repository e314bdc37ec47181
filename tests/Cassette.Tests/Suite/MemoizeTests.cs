using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary><c>fib</c> with a dictionary as metadata: a primitive that goes on by <c>Recurse</c>, filled by a posthook.</summary>
public sealed class MemoizeTests
{
    private const string Source = """
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct MemoizeCtx(Dictionary<int, int> Metadata) : IContext<Dictionary<int, int>>
        {
            [Overdub(typeof(Program), nameof(Program.Fib))]
            static int Fib(MemoizeCtx ctx, int n) =>
                ctx.Metadata.TryGetValue(n, out int known) ? known : ctx.Recurse(Program.Fib, n);

            [Posthook(typeof(Program), nameof(Program.Fib))]
            static void After(MemoizeCtx ctx, int output, int n) => ctx.Metadata[n] = output;
        }

        public static class Program
        {
            static int bodies;

            public static int Fib(int n)
            {
                bodies++;
                return n < 3 ? 1 : Fib(n - 2) + Fib(n - 1);
            }

            static int FibTest(int n) => Fib(2 * n) + n;

            public static int Native(int n) => FibTest(n);

            public static int Memoized(int n, Dictionary<int, int> memory) =>
                new MemoizeCtx(memory).Overdub(FibTest, n);

            public static int Bodies()
            {
                int count = bodies;
                bodies = 0;
                return count;
            }
        }
        """;

    [Theory, Builds]
    public void Every_number_is_computed_once(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var memory = new Dictionary<int, int>();
        Assert.Equal(6765 + 10, program.Run<int>("Program.Memoized", 10, memory));
        Assert.Equal(20, program.Run<int>("Program.Bodies"));

        Assert.Equal(20, memory.Count);
        int previous = 0, current = 1;
        for (int n = 1; n <= 20; n++)
        {
            Assert.Equal(current, memory[n]);
            (previous, current) = (current, previous + current);
        }
    }

    [Theory, Builds]
    public void Outside_it_is_computed_as_before(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(6775, program.Run<int>("Program.Native", 10));
        // 2 fib(20) - 1 bodies
        Assert.Equal(13529, program.Run<int>("Program.Bodies"));
    }
}
