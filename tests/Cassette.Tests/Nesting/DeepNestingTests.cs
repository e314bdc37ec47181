using System.Linq;
using System.Text;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>More levels than anyone needs: every level sees every call, once.</summary>
public sealed class DeepNestingTests
{
    private const int CallsOfTheKernel = 10;

    [Theory]
    [InlineData(OptimizationLevel.Debug, 10)]
    [InlineData(OptimizationLevel.Release, 10)]
    public void Hooks(OptimizationLevel build, int depth) => Run(build, depth, """
        [Prehook(typeof(Kernel))]
        static void Before(Ctx ctx, JoinPoint f) => Log.Count++;
        """);

    [Theory]
    [InlineData(OptimizationLevel.Debug, 6)]
    [InlineData(OptimizationLevel.Release, 6)]
    public void Primitives_for_everything_that_call_on(OptimizationLevel build, int depth) => Run(build, depth, """
        [Overdub(typeof(Kernel))]
        static TResult Any<TCall, TResult>(Ctx ctx, TCall call) where TCall : struct, ICall<TResult>
        {
            Log.Count++;
            return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
        }
        """);

    private static void Run(OptimizationLevel build, int depth, string rule)
    {
        var source = new StringBuilder("""
            using System;
            using Cassette;

            public static class Log
            {
                public static int Count;
            }

            public static class Kernel
            {
                public static int Top(int x) => Fib(x) + Math.Abs(x);

                public static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
            }

            """);
        for (int level = 0; level < depth; level++)
            source.AppendLine($"public readonly record struct Ctx{level} : IContext {{ {rule.Replace("Ctx ", $"Ctx{level} ")} }}");
        string entered = Enumerable.Range(0, depth).Reverse().Aggregate("Kernel.Top(4)", (inside, level) => $"new Ctx{level}().Overdub(() => {inside})");
        source.AppendLine($"public static class Program {{ public static int Run() => {entered}; public static int Seen() => Log.Count; }}");

        LoadedProgram program = LoadedProgram.Woven(build, source.ToString(), $"<Cassette MaxNesting=\"{depth}\" />");
        Assert.Equal(7, program.Run<int>("Program.Run"));
        // Top, Math.Abs is not the kernel's, and nine of Fib.
        Assert.Equal(CallsOfTheKernel * depth, program.Run<int>("Program.Seen"));
    }
}
