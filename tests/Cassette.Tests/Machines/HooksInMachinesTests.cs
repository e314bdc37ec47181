using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>What rules see of async methods and iterators: the program as written, not the machine that the compiler made of it.</summary>
public sealed class HooksInMachinesTests
{
    private const string Source = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct LogCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook("call(* Program.*(..))")]
            static void Before(LogCtx ctx, JoinPoint f) => ctx.Metadata.Enqueue($"{f.Name} < {f.Caller} : {f.Line}");
        }

        public readonly record struct AllCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook]
            static void Before(AllCtx ctx, JoinPoint f, params object?[] args) => ctx.Metadata.Enqueue($"+{f.Name}({string.Join(",", args)})");

            [Posthook]
            static void After<T>(AllCtx ctx, T output, JoinPoint f) => ctx.Metadata.Enqueue($"-{f.Name}");

            [Throwhook]
            static void Thrown(AllCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Enqueue($"!{f.Name} {exception.Message}");
        }

        public readonly record struct ReplaceCtx(int Metadata) : IContext<int>
        {
            [Overdub(typeof(Program), nameof(Program.Leaf))]
            static int Leaf(ReplaceCtx ctx, int x) => x + ctx.Metadata;

            [Overdub(typeof(Program), nameof(Program.Slow))]
            static async Task<int> Slow(ReplaceCtx ctx, int x)
            {
                await Task.Yield();
                return ctx.Recurse(Program.Slow, x).Result * 10;
            }
        }

        public static class Program
        {
            public static int Leaf(int x) => x;

            public static async Task<int> Slow(int x)
            {
                await Task.Yield();
                int first = Leaf(x);
                return first + Leaf(await Task.FromResult(1) + Leaf(
                    2));
            }

            public static IEnumerable<int> Many(int count)
            {
                for (int i = 0; i < count; i++)
                    yield return Leaf(i);
            }

            public static int Sum(int count)
            {
                int sum = 0;
                foreach (int x in Many(count))
                    sum += x;
                return sum;
            }

            public static async Task<int> Spills(int x)
            {
                return Leaf(x) + Fails(await Delayed(x), Leaf(3));
            }

            public static async Task<int> Delayed(int x)
            {
                await Task.Delay(1);
                return x;
            }

            public static int Fails(int x, int y) => throw new InvalidOperationException("spilled");

            public static int Logged(ConcurrentQueue<string> log) => new LogCtx(log).Overdub(() => Slow(5)).Result;

            public static int LoggedSum(ConcurrentQueue<string> log) => new LogCtx(log).Overdub(() => Sum(2));

            public static void AllSpills(ConcurrentQueue<string> log) => new AllCtx(log).Overdub(() => Spills(1)).GetAwaiter().GetResult();

            public static void AllSum(ConcurrentQueue<string> log) => new AllCtx(log).Overdub(Sum, 1);

            public static int Replaced(int by) => new ReplaceCtx(by).Overdub(async () => await Slow(5)).Result;
        }
        """;

    private static int LineOf(string text) => Source.Split('\n').Index().Single(line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    private static string[] Log(OptimizationLevel build, string method)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        LoadedProgram.Woven(build, new Source("/src/Program.cs", Source)).Run(method, log);
        return [.. log];
    }

    [Theory, Builds]
    public void The_caller_is_the_async_method_and_the_line_is_the_calls(OptimizationLevel build)
    {
        int first = LineOf("int first = Leaf(x)"), second = LineOf("return first + Leaf");
        Assert.Equal(
            [
                $"Slow < Program.<>c.<Logged>b__7_0() : {LineOf("Overdub(() => Slow(5))")}",
                $"Leaf < Program.Slow(Int32 x) : {first}",
                $"Leaf < Program.Slow(Int32 x) : {second}",
                $"Leaf < Program.Slow(Int32 x) : {second}",
            ],
            Log(build, "Program.Logged").Select(line => line.Replace("c__DisplayClass7_0", "c", StringComparison.Ordinal)));
    }

    [Theory, Builds]
    public void The_caller_is_the_iterator(OptimizationLevel build)
    {
        int line = LineOf("yield return Leaf(i)");
        Assert.Equal(
            [$"Leaf < Program.Many(Int32 count) : {line}", $"Leaf < Program.Many(Int32 count) : {line}"],
            Log(build, "Program.LoggedSum").Where(entry => entry.StartsWith("Leaf", StringComparison.Ordinal)));
    }

    [Theory, Builds]
    public void Hooks_see_the_authors_calls_with_values_kept_on_the_stack_over_an_await(OptimizationLevel build) => Assert.Equal(
        [
            "+Spills(1)",
            "+Leaf(1)", "-Leaf",
            "+Delayed(1)", "+Delay(1)", "-Delay", "-Delayed",
            "+Leaf(3)", "-Leaf",
            "+Fails(1,3)", "+.ctor(spilled)", "-.ctor", "!Fails spilled",
        ],
        Throws(build));

    private static string[] Throws(OptimizationLevel build)
    {
        var log = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal("spilled", Assert.Throws<InvalidOperationException>(() => program.Run("Program.AllSpills", log)).Message);
        // The call returns its task when the delay is not over, or not yet: which of them comes first is not said.
        Assert.Contains("-Spills", log);
        return [.. log.Where(line => line != "-Spills")];
    }

    [Theory, Builds]
    public void An_iterator_is_called_once_and_its_body_runs_between(OptimizationLevel build) => Assert.Equal(
        [
            "+Many(1)", "-Many", "+GetEnumerator", "-GetEnumerator",
            "+MoveNext", "+Leaf(0)", "-Leaf", "-MoveNext", "+get_Current", "-get_Current",
            "+MoveNext", "-MoveNext", "+Dispose", "-Dispose",
        ],
        Log(build, "Program.AllSum").Select(WithoutReceiver));

    // The receivers are enumerators, whose names are the compiler's.
    private static string WithoutReceiver(string line) => line.Contains('<') ? line[..line.IndexOf('(')] : line;

    [Theory, Builds]
    public void Primitives_take_calls_in_machines_and_calls_of_them(OptimizationLevel build) =>
        Assert.Equal((5 + 1 + (1 + 2 + 1) + 1) * 10, LoadedProgram.Woven(build, Source).Run<int>("Program.Replaced", 1));
}
