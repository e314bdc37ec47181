using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Verification;

/// <summary>
/// The JIT comes to an end with the clones of loops. Its proof that an index only grows walks every way through a loop, to a certain depth: each
/// place between an index and its use where the weaver lets two ways meet multiplies them, and from some eight calls on it would not come back.
/// </summary>
public sealed class JitEffortTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>How many calls lie between the index and its use; with more than some ten the JIT gives up at once.</summary>
    private static readonly int[] Lengths = [4, 5, 6, 7, 8, 9, 10, 11, 13, 18, 30];

    private const string Types = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Plain : IContext;

        public readonly record struct State(List<string> Metadata) : IContext<List<string>>;

        public readonly record struct Testing(int[] Metadata) : IContext<int[]>
        {
            [Prehook] static void Before(Testing ctx, string first) => ctx.Metadata[0]++;

            [Overdub(typeof(Ops), nameof(Ops.Any))] static int Any(Testing ctx, string x) => x.Length;

            [Posthook] static void After(Testing ctx, IDisposable output) => ctx.Metadata[0]++;
        }

        public interface IOp
        {
            int Do(int x);
        }

        public sealed class Add : IOp
        {
            public int Do(int x) => x + 1;
        }

        public sealed class Sub : IOp
        {
            public int Do(int x) => x - 1;
        }

        public class Shape
        {
            public virtual int Area(int x) => x;
        }

        public sealed class Ring : Shape
        {
            public override int Area(int x) => x + 2;
        }

        public readonly record struct Point(int X)
        {
            public int Sum() => X + 1;
        }

        public sealed class Item(int number) : IComparable<Item>
        {
            public int CompareTo(Item? other) => number - other!.GetHashCode();

            public override int GetHashCode() => number;

            public override bool Equals(object? other) => other is int i && i == number;
        }

        public static class Ops
        {
            public static int Twice(int x) => 2 * x;

            public static T Same<T>(T x) => x;

            public static int Any(object x) => x is int i ? i : 0;

            public static int Compare(IComparable<Item> x, int y) => x.CompareTo(new Item(y));

            public static int Hash<T>(T x) where T : notnull => x.GetHashCode();
        }


        """;

    public static TheoryData<string, string> CallsInContexts()
    {
        string[] contexts = ["Plain()", "State(new())", "Testing(new int[1])", "WatchingCtx(new int[2])", "TupleWatchingCtx(new int[1])", "PassingCtx()"];
        string[] calls =
        [
            "Math.Abs({0})", "Ops.Twice({0})", "Ops.Same<int>({0})", "Ops.Any({0})", "Ops.Hash({0})", "f({0})", "many[{0} & 7](1)", "one.Do({0})",
            "(one?.Do({0}) ?? 3)", "shape.Area({0})", "(any.Equals({0}) ? 1 : 2)", "Comparer<Item>.Default.Compare(new({0}), new(2))",
            "Ops.Compare(new Item({0}), 2)", "new Point({0}).Sum()",
        ];
        var data = new TheoryData<string, string>();
        foreach (var context in contexts)
        {
            foreach (var call in calls)
                data.Add(context, call);
        }
        return data;
    }

    [Theory, MemberData(nameof(CallsInContexts))]
    public void The_JIT_ends_with_the_clones_of_loops(string context, string call)
    {
        LoadedProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", Types + ContextSources.Passive + Program(context, call)))
            .Weave().Load();
        MethodInfo[] clones = [.. woven.Assembly.GetType("Program")!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(method => method.Name.Contains('@', StringComparison.Ordinal))];
        Assert.True(clones.Length > Lengths.Length, $"{clones.Length} clones");
        foreach (MethodInfo clone in clones)
        {
            var preparing = new Thread(() => RuntimeHelpers.PrepareMethod(clone.MethodHandle)) { IsBackground = true };
            preparing.Start();
            Assert.True(preparing.Join(Deadline), $"The JIT was not done with {clone.Name} after {Deadline.TotalSeconds} s.");
        }
        Assert.Equal(woven.Run<int>("Program.Native"), woven.Run<int>("Program.InContext"));
    }

    private static string Program(string context, string call) => $$"""
        public static class Program
        {
        {{string.Concat(Lengths.Select(length => Loop(length, call)))}}
            static int Run()
            {
                var k = Environment.ProcessorCount > 0 ? 1 : 2;
                IOp[] ops = [new Add(), new Sub()];
                Shape[] shapes = [new Shape(), new Ring()];
                Func<int, int>[] many = [x => x + k, x => x + 2 * k, x => x - k, x => x ^ k, x => 3 * x * k, x => x | k, x => x & k, x => k];
                var sum = 0;
                for (var i = 0; i < 2; i++)
                {
                    {{string.Concat(Lengths.Select(length => $"sum += Loop{length}(x => x - k, many, ops[i], shapes[i], new Item(i), new int[9]);"))}}
                }
                return sum;
            }

            public static int Native() => Run();

            public static int InContext() => new {{context}}.Overdub(Run);
        }
        """;

    /// <summary>The handlers, a loop in one of them, are part of what the JIT did not end with.</summary>
    private static string Loop(int length, string call) => $$"""
            static int Loop{{length}}(Func<int, int> f, Func<int, int>[] many, IOp one, Shape shape, object any, int[] table)
            {
                var total = 0;
                try
                {
                    foreach (var i in table)
                        total += new int[] { 3, {{Enumerable.Range(0, length).Aggregate("i", (inner, _) => call.Replace("{0}", inner))}}, 3 }[i & 1];
                }
                catch (ArgumentException fault) when (fault.Message.Length > 3)
                {
                    var n = 0;
                again:
                    if (n < 3 && Ops.Twice(n) > 0)
                        goto again;
                }
                catch (ArithmeticException)
                {
                    Console.WriteLine(total);
                }
                return total;
            }

        """;
}
