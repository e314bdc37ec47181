using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>Delegates that carry their contexts: how many objects that takes, and that the state which they carry is the one of the call that handed them over.</summary>
public sealed class BoundStateTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;
        using System.Collections.Specialized;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public readonly struct Plain : IContext;

        public readonly record struct State(List<string>? Metadata) : IContext<List<string>?>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(State ctx, int x) => (ctx.Metadata ?? Marks.Seen).Add("state " + x);
        }

        public sealed class Holding(List<string> log) : IContext
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Holding ctx, int x) => ctx.Add("holding " + x);

            void Add(string what) => log.Add(what);
        }

        public struct Mutable : IContext
        {
            public Inner Nested;

            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Mutable ctx, int x)
            {
                ctx.Nested.Log.Add("mutable " + x);
                // Rules have a context of their own: this is nobody else's.
                ctx.Nested.Log = [];
            }
        }

        public struct Inner
        {
            public List<string> Log;
        }

        public struct Generic<T> : IContext
            where T : class
        {
            public T Log;

            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Generic<T> ctx, int x) => ((List<string>)(object)ctx.Log).Add("generic " + x);
        }

        public readonly record struct Wide(List<string> Metadata, int Number) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Wide ctx, int x) => ctx.Metadata.Add("wide " + ctx.Number + " " + x);
        }

        public readonly record struct Number(long Value) : IContext
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Number ctx, int x) => Marks.Seen.Add("number " + ctx.Value + " " + x);
        }

        public struct Several : IContext
        {
            public Four Slots;

            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Several ctx, int x) => ctx.Slots[3].Add("several " + x);
        }

        [InlineArray(4)]
        public struct Four
        {
            public List<string> First;
        }

        public static class Marks
        {
            public static readonly List<string> Seen = [];

            public static int Mark(int x) => x;
        }

        """;

    private const string Uses = """
            static int Captured(int[] values) { int k = values.Length; return values.Sum(x => Marks.Mark(x + k)); }

            static int Cached(int[] values) => values.Sum(x => Marks.Mark(x + 1));

            static int Group(int[] values) => values.Sum(Marked);

            static int Marked(int x) => Marks.Mark(x);

            static int InGeneric(int[] values) => InGeneric<string>(values);

            static int InGeneric<T>(int[] values) => values.Sum(x => Marks.Mark(x + typeof(T).Name.Length));

            static int Closed(int[] values) => values.Sum("text".Plus);

            static int Passed(int[] values) => Sum(values, s_passed);

            static int PassedCapturing(int[] values) => SumCapturing(values, s_capturing);

            static int PassedOfMany(int[] values) => SumOfMany(values, s_many[5]);

            static int PassedOfTooMany(int[] values) => SumOfTooMany(values, s_tooMany[16]);

            static int Sum(int[] values, Func<int, int> f) => values.Sum(f);

            static int SumCapturing(int[] values, Func<int, long> f) => (int)values.Sum(f);

            static int SumOfMany(int[] values, Func<int, double> f) => (int)values.Sum(f);

            static int SumOfTooMany(int[] values, Func<int, decimal> f) => (int)values.Sum(f);

            static readonly Func<int, int> s_passed = x => Marks.Mark(x + 2);
            static readonly Func<int, long> s_capturing = Capturing(3);
            static readonly Func<int, double>[] s_many =
                [x => Marks.Mark(x + 1), x => Marks.Mark(x + 2), x => Marks.Mark(x + 3), x => Marks.Mark(x + 4), x => Marks.Mark(x + 5), x => Marks.Mark(x + 6)];

            static readonly Func<int, decimal>[] s_tooMany =
            [
                x => Marks.Mark(x + 1), x => Marks.Mark(x + 2), x => Marks.Mark(x + 3), x => Marks.Mark(x + 4), x => Marks.Mark(x + 5), x => Marks.Mark(x + 6),
                x => Marks.Mark(x + 7), x => Marks.Mark(x + 8), x => Marks.Mark(x + 9), x => Marks.Mark(x + 10), x => Marks.Mark(x + 11), x => Marks.Mark(x + 12),
                x => Marks.Mark(x + 13), x => Marks.Mark(x + 14), x => Marks.Mark(x + 15), x => Marks.Mark(x + 16), x => Marks.Mark(x + 17),
            ];

            static Func<int, long> Capturing(int k) => x => Marks.Mark(x + k);

            static readonly (string Name, Func<int[], int> Run)[] s_uses =
            [
                ("captured", Captured), ("cached", Cached), ("group", Group), ("generic", InGeneric), ("closed", Closed),
                ("passed", Passed), ("passed capturing", PassedCapturing), ("passed of many", PassedOfMany), ("passed of too many", PassedOfTooMany),
            ];
        """;

    private const string Extensions = """
        public static class Texts
        {
            public static int Plus(this string text, int x) => Marks.Mark(x + text.Length);
        }

        """;

    /// <summary>Objects more than natively, per use: a carrier has two words and its fields, a delegate eight.</summary>
    [Theory, Builds]
    public void A_carrying_delegate_takes_so_many_objects(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts.Replace("[Prehook", "//[Prehook") + Extensions + """
            public static class Program
            {
            """ + Uses + """

                static readonly int[] Values = [1, 2];
                static readonly List<string> Log = [];

                public static string Bytes()
                {
                    var report = new List<string>();
                    foreach (var (name, run) in s_uses)
                    {
                        var f = run;
                        long native = Of(() => f(Values));
                        long[] more =
                        [
                            Of(() => new Plain().Overdub(f, Values)), Of(() => new State(Log).Overdub(f, Values)), Of(() => Holder.Overdub(f, Values)),
                            Of(() => new Mutable { Nested = new() { Log = Log } }.Overdub(f, Values)), Of(() => new Generic<List<string>> { Log = Log }.Overdub(f, Values)),
                            Of(() => new State(Log).Overdub((g, v) => new Plain().Overdub(g, v), f, Values)), Of(() => new Number(1).Overdub(f, Values)),
                            Of(() => new Wide(Log, 1).Overdub(f, Values)), Of(() => new State(Log).Overdub(static (g, v) => Holder.Overdub(g, v), f, Values)),
                        ];
                        report.Add(name + ": " + string.Join(" ", more.Select(m => m - native)));
                    }
                    return string.Join("\n", report);
                }

                static readonly Holding Holder = new(Log);

                static long Of(Func<int> f)
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
            """);
        const int Made = 64, One = 32, Two = 40;
        string Row(string name, int none, int reference, int number, int two, bool isKept = false) =>
            $"{name}: {none} {reference} {(isKept ? 0 : reference)} {reference} {reference} {reference} {number} {two} {(isKept ? 0 : two)}";
        Assert.Equal(
            [
                Row("captured", 0, One, One, Two),
                // A class of the program keeps it with its object.
                Row("cached", 0, Made, Made + One, Made + Two, isKept: true),
                Row("group", 0, Made, Made + One, Made + Two, isKept: true),
                // In generic code what is made once would have to be kept for each of the type arguments.
                Row("generic", Made, Made, Made + One, Made + Two),
                Row("closed", 0, One, One, Two),
                Row("passed", 0, Made, Made + One, Made + Two, isKept: true),
                Row("passed capturing", Made, Made + One, Made + One, Made + Two),
                Row("passed of many", 0, Made, Made + One, Made + Two, isKept: true),
                // More than it is compared with.
                Row("passed of too many", Made, Made + One, Made + One, Made + Two),
            ],
            program.Run<string>("Program.Bytes").Split('\n'));
    }

    [Theory, Builds]
    public void Each_carries_the_state_of_the_call_that_hands_it_over(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + Extensions + """
            public static class Program
            {
            """ + Uses + """

                static readonly int[] Values = [1, 20];

                public static string Run()
                {
                    var wrong = new List<string>();
                    foreach (var (name, run) in s_uses)
                    {
                        var f = run;
                        List<string> one = [], other = [];
                        Marks.Seen.Clear();
                        int native = f(Values);
                        Expect(name + " native", native, one, 0);
                        Expect(name + " plain", new Plain().Overdub(f, Values), one, 0);
                        Expect(name + " one", new State(one).Overdub(f, Values), one, 2);
                        Expect(name + " other", new State(other).Overdub(f, Values), other, 2);
                        Expect(name + " one again", new State(one).Overdub(f, Values), one, 4);
                        Expect(name + " null", new State(null).Overdub(f, Values), Marks.Seen, 2);
                        Expect(name + " class", new Holding(one).Overdub(f, Values), one, 6);
                        Expect(name + " mutable", new Mutable { Nested = new() { Log = one } }.Overdub(f, Values), one, 8);
                        Expect(name + " generic", new Generic<object> { Log = one }.Overdub(f, Values), one, 10);
                        var several = new Several();
                        several.Slots[3] = one;
                        Expect(name + " several", several.Overdub(f, Values), one, 12);
                        Expect(name + " number", new Number(7).Overdub(f, Values), Marks.Seen, 4);
                        Expect(name + " wide", new Wide(one, 3).Overdub(f, Values), one, 14);
                        Expect(name + " nested", new State(one).Overdub((g, v) => new Plain().Overdub(g, v), f, Values), one, 16);
                        Expect(name + " nested twice", new State(one).Overdub((g, v, o) => new Holding(o).Overdub(g, v), f, Values, other), one, 18);
                        Expect(name + " inside", 0, other, 4);
                        var kinds = one.Concat(Marks.Seen).Select(s => s[..s.LastIndexOf(' ')]).Where((_, i) => i % 2 == 0);
                        string all = string.Join(",", kinds);
                        if (all != "state,state,holding,mutable,generic,several,wide 3,state,state,state,number 7")
                            wrong.Add(name + ": " + all);

                        void Expect(string what, int result, List<string> log, int count)
                        {
                            if (result != native && result != 0 || log.Count != count)
                                wrong.Add($"{what}: {result} for {native}, {log.Count} for {count}");
                        }
                    }
                    return wrong.Count == 0 ? "right" : string.Join("; ", wrong);
                }
            }
            """);
        Assert.Equal("right", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void What_code_outside_makes_of_it_is_called_in_its_context(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                static IEnumerable<int> Query() => new[] { 1, 2 }.Select(x => Marks.Mark(x));

                static void Threads()
                {
                    var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() => Parallel.For(0, 2, i => Tasks()))).ToArray();
                    foreach (var thread in threads)
                        thread.Start();
                    foreach (var thread in threads)
                        thread.Join();
                }

                static void Tasks() => Task.Run(() => { lock (Marks.Seen) Marks.Mark(5); }).Wait();

                static int Combined()
                {
                    Func<int, int> both = x => Marks.Mark(x);
                    both += x => Marks.Mark(-x);
                    return new[] { 1 }.Sum(both) + new[] { 2 }.Sum((Func<int, int>)Delegate.Combine(both, both)!);
                }

                static async Task<int> Later()
                {
                    int sum = 0;
                    for (int i = 0; i < 2; i++)
                    {
                        sum += new[] { i }.Sum(x => Marks.Mark(x));
                        await Task.Yield();
                    }
                    return sum;
                }

                static IEnumerable<int> Steps()
                {
                    foreach (int i in new[] { 7, 8 })
                        yield return new[] { i }.Sum(x => Marks.Mark(x));
                }

                public static string Run(List<string> log)
                {
                    var ctx = new State(log);
                    int sum = ctx.Overdub(Query).Sum();
                    ctx.Overdub(Threads);
                    sum += ctx.Overdub(Combined);
                    sum += ctx.Overdub(Later).Result;
                    sum += ctx.Overdub(() => Steps().Sum());
                    try
                    {
                        ctx.Overdub(() => new[] { 1 }.Sum((Func<int, int>)null!));
                    }
                    catch (ArgumentNullException exception)
                    {
                        sum += exception.ParamName!.Length;
                    }
                    try
                    {
                        ctx.Overdub(f => new[] { 1 }.Sum(f), (Func<int, int>)null!);
                    }
                    catch (ArgumentNullException exception)
                    {
                        sum += exception.ParamName!.Length;
                    }
                    return sum + " " + string.Join(",", log.Select(s => s.Split(' ')[1]));
                }
            }
            """);
        var log = new List<string>();
        string expected = "1,2," + string.Concat(Enumerable.Repeat("5,", 8)) + "1,-1,2,-2,2,-2,0,1,7,8";
        Assert.Equal(3 - 1 - 2 + 1 + 15 + 2 * "selector".Length + " " + expected, program.Run<string>("Program.Run", log));
    }

    /// <summary>What is added to an event outside is found again by an equal delegate, after the one that was added is gone.</summary>
    [Theory, Builds]
    public void A_handler_is_removed_by_an_equal_one_however_late(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public sealed class Watcher
            {
                void Changed(object? sender, NotifyCollectionChangedEventArgs e) => Marks.Mark(1);

                static void ChangedAnywhere(object? sender, NotifyCollectionChangedEventArgs e) => Marks.Mark(2);

                [MethodImpl(MethodImplOptions.NoInlining)]
                public void Add(ObservableCollection<int> list)
                {
                    list.CollectionChanged += Changed;
                    list.CollectionChanged += ChangedAnywhere;
                    list.CollectionChanged += ChangedAnywhere;
                }

                public void Remove(ObservableCollection<int> list)
                {
                    list.CollectionChanged -= Changed;
                    list.CollectionChanged -= ChangedAnywhere;
                }
            }

            public static class Program
            {
                public static string Native()
                {
                    var list = new ObservableCollection<int>();
                    var watcher = new Watcher();
                    watcher.Add(list);
                    list.Add(1);
                    Collect();
                    watcher.Remove(list);
                    list.Add(2);
                    return list.Count.ToString();
                }

                static void Collect()
                {
                    for (int i = 0; i < 3; i++)
                    {
                        GC.Collect();
                        GC.WaitForPendingFinalizers();
                    }
                }

                public static string InState(List<string> log) => new State(log).Overdub(Native);

                public static string InClass(List<string> log) => new Holding(log).Overdub(Native);

                public static string InWide(List<string> log) => new Wide(log, 1).Overdub(Native);
            }
            """);
        foreach (var (entry, name) in new[] { ("InState", "state"), ("InClass", "holding"), ("InWide", "wide 1") })
        {
            var log = new List<string>();
            Assert.Equal("2", program.Run<string>("Program." + entry, log));
            Assert.Equal([$"{name} 1", $"{name} 2", $"{name} 2", $"{name} 2"], log);
        }
    }
}
