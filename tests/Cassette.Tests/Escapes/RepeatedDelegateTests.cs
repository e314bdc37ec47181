using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>Delegates that carry contexts and are handed over in loops: what natively is made once for a loop is so in a context.</summary>
public sealed class RepeatedDelegateTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public sealed class Log
        {
            public readonly List<string> Lines = [];
        }

        public readonly record struct Plain : IContext;

        public readonly record struct Own(Log Metadata) : IContext<Log>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Own ctx, int x) => ctx.Metadata.Lines.Add("own " + x);
        }

        public readonly record struct Wide(int Number, Log Metadata) : IContext<Log>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Wide ctx, int x) => ctx.Metadata.Lines.Add("wide " + ctx.Number + " " + x);
        }

        public static class Marks
        {
            public static int Mark(int x) => x;

            public static long Least(Action f)
            {
                long least = long.MaxValue;
                for (int i = 0; i < 5; i++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    f();
                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }
                return least;
            }
        }

        """;

    /// <summary>In a loop what holds a delegate's target and the contexts is made once for each target.</summary>
    [Theory, Builds]
    public void What_carries_in_a_loop_is_made_once_for_each_target(OptimizationLevel build)
    {
        const string Program = """
            public sealed class Adder(int k)
            {
                int Add(int x) => Marks.Mark(x + k);

                public int Group(int[] values)
                {
                    int sum = 0;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(Add);
                    return sum;
                }
            }

            public static class Program
            {
                static readonly int[] Values = [1, 2];
                static readonly List<string> Lines = [];

                static int Made(int[] values)
                {
                    int sum = 0;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(x => Marks.Mark(x + i));
                    return sum;
                }

                static int One(int[] values)
                {
                    int sum = 0, k = 2;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(x => Marks.Mark(x + k));
                    return sum;
                }

                static int EachRound(int[] values)
                {
                    int sum = 0;
                    for (int i = 0; i < 8; i++)
                    {
                        int k = i;
                        sum += values.Sum(x => Marks.Mark(x + k));
                    }
                    return sum;
                }

                static int Cached(int[] values)
                {
                    int sum = 0;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(static x => Marks.Mark(x + 2));
                    return sum;
                }

                static int Group(int[] values) => new Adder(2).Group(values);

                static int StaticGroup(int[] values)
                {
                    int sum = 0;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(Marked);
                    return sum;
                }

                static int Marked(int x) => Marks.Mark(x);

                static int Wider(int[] values)
                {
                    int sum = 0, k = 2;
                    for (int i = 0; i < 8; i++)
                        sum += values.Select<int, object>(x => Texts[Marks.Mark(x + k)]).Count(x => x is string);
                    return sum;
                }

                static readonly string[] Texts = new string[30];

                static int Generic(int[] values) => Generic<string>(values) + Generic<int>(values);

                static int Generic<T>(int[] values)
                {
                    int sum = 0, k = typeof(T).Name.Length;
                    for (int i = 0; i < 8; i++)
                        sum += values.Sum(x => Marks.Mark(x + k));
                    return sum;
                }

                static int Inside(int[] values)
                {
                    int k = values.Length;
                    return values.Sum(x =>
                    {
                        int sum = 0;
                        for (int i = 0; i < 8; i++)
                            sum += values.Sum(y => Marks.Mark(y + k));
                        return sum;
                    });
                }

                static int Retried(int[] values)
                {
                    int sum = 0, k = 2;
                    for (int i = 0; i < 8; i++)
                    {
                        try
                        {
                            sum += values.Sum(x => Marks.Mark(x + k) > 0 ? x : throw null!);
                        }
                        finally
                        {
                            k++;
                        }
                    }
                    return sum;
                }

                static IEnumerable<int> Steps(int[] values)
                {
                    int k = 2;
                    for (int i = 0; i < 8; i++)
                        yield return values.Sum(x => Marks.Mark(x + k));
                }

                static async Task<int> Later(int[] values)
                {
                    int sum = 0, k = 2;
                    for (int i = 0; i < 8; i++)
                    {
                        sum += values.Sum(x => Marks.Mark(x + k));
                        if (i % 3 == 0)
                            await Task.Yield();
                    }
                    return sum;
                }

                static int Iterated(int[] values) => Steps(values).Sum();

                static int Awaited(int[] values) => Later(values).Result;

                static readonly (string Name, Func<int[], int> Run)[] s_uses =
                [
                    ("made", Made), ("one", One), ("each round", EachRound), ("cached", Cached), ("static group", StaticGroup), ("group", Group), ("generic", Generic), ("inside", Inside), ("retried", Retried),
                    ("wider", Wider), ("iterated", Iterated), ("awaited", Awaited),
                ];

                public static string Bytes()
                {
                    var report = new List<string>();
                    foreach (var (name, run) in s_uses.Take(9))
                    {
                        var f = run;
                        long native = Marks.Least(() => f(Values)), empty = Marks.Least(() => new Plain().Overdub(f, Values)), state = Marks.Least(() => new Listing(Lines).Overdub(f, Values)), wide = Marks.Least(() => new Pair(Lines, 1).Overdub(f, Values));
                        report.Add($"{name} {empty - native} {state - native} {wide - native}");
                    }
                    return string.Join("\n", report);
                }

                public static string Run()
                {
                    var wrong = new List<string>();
                    foreach (var (name, run) in s_uses)
                    {
                        var f = run;
                        Log one = new(), other = new();
                        List<string> lines = [];
                        int native = f(Values);
                        int[] inside =
                        [
                            new Own(one).Overdub(f, Values), new Wide(1, one).Overdub(f, Values), new Own(other).Overdub(f, Values), new Own(one).Overdub((g, v, o) => new Own(o).Overdub(g, v), f, Values, other),
                            new Listing(lines).Overdub(f, Values), new Pair(lines, 1).Overdub(f, Values), new Pair(lines, 2).Overdub(f, Values),
                        ];
                        if (inside.Any(i => i != native))
                            wrong.Add(name + ": " + string.Join(" ", inside) + " for " + native);
                        int calls = lines.Count / 3;
                        if (calls < 16 || one.Lines.Count != 3 * calls || other.Lines.Count != 2 * calls || lines.Count != 3 * calls)
                            wrong.Add($"{name}: {one.Lines.Count} {other.Lines.Count} {lines.Count}");
                    }
                    return wrong.Count == 0 ? "right" : string.Join("; ", wrong);
                }
            }

            public readonly record struct Listing(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Marks), nameof(Marks.Mark))]
                static void Before(Listing ctx, int x) => ctx.Metadata.Add("listing " + x);
            }

            public readonly record struct Pair(List<string> Metadata, int Number) : IContext<List<string>>
            {
                [Prehook(typeof(Marks), nameof(Marks.Mark))]
                static void Before(Pair ctx, int x) => ctx.Metadata.Add("pair " + ctx.Number + " " + x);
            }
            """;
        Assert.Equal("right", LoadedProgram.Woven(build, Contexts + Program).Run<string>("Program.Run"));
        const int Made = 64, One = 32, Two = 40;
        Assert.Equal(
            [
                $"made 0 {One} {Two}",
                // Natively there is one delegate, in the closure; so there is here in addition.
                $"one {Made} {Made + One} {Made + Two}",
                $"each round 0 {8 * One} {8 * Two}", $"cached 0 {Made} {Made + Two}", $"static group 0 {Made} {Made + Two}", $"group 0 {One} {Two}",
                $"generic {2 * 8 * Made} {2 * 8 * (Made + One)} {2 * 8 * (Made + Two)}",
                $"inside {2 * Made} {One + 2 * (Made + One)} {Two + 2 * (Made + Two)}",
                $"retried {Made} {Made + One} {Made + Two}",
            ],
            LoadedProgram.Woven(build, (Contexts + Program).Replace("[Prehook", "//[Prehook")).Run<string>("Program.Bytes").Split('\n'));
    }
}
