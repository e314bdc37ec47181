using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Delegates that carry contexts whose state has an object of a class of the program: they are made once for the state and kept with it, and
/// neither is another state ever met by them nor an object kept alive that the program has dropped.
/// </summary>
public sealed class KeptWithStateTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Reflection;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public class Log
        {
            public List<string> Lines = [];

            public Log Copied()
            {
                var copy = (Log)MemberwiseClone();
                copy.Lines = [];
                return copy;
            }
        }

        public sealed class DerivedLog : Log
        {
            public int More;
        }

        public record Notes(string Name)
        {
            public List<string> Lines { get; init; } = [];
        }

        public sealed class Notes<T>
        {
            public readonly List<T> Lines = [];
        }

        [Serializable]
        public sealed class Stored
        {
            public readonly List<string> Lines = [];
        }

        [StructLayout(LayoutKind.Sequential)]
        public sealed class LaidOut
        {
            public readonly List<string> Lines = [];
        }

        public readonly record struct Plain : IContext;

        public readonly record struct Own(Log? Metadata) : IContext<Log?>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Own ctx, int x) => (ctx.Metadata?.Lines ?? Marks.Seen).Add("own " + x);
        }

        public readonly record struct Sharing(Log Metadata) : IContext<Log>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Sharing ctx, int x) => ctx.Metadata.Lines.Add("sharing " + x);
        }

        public readonly record struct Noting(Notes Metadata) : IContext<Notes>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Noting ctx, int x) => ctx.Metadata.Lines.Add("noting " + x);
        }

        public sealed class Holding(List<string> log, int number) : IContext
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Holding ctx, int x) => ctx.Add("holding " + x);

            void Add(string what) => log.Add(number + " " + what);
        }

        public readonly record struct Wide(int Number, Log? Metadata) : IContext<Log?>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Wide ctx, int x) => (ctx.Metadata?.Lines ?? Marks.Seen).Add("wide " + ctx.Number + " " + x);
        }

        public struct Inner
        {
            public string Name;
            public Log Log;
            public (byte, long) Pair;
        }

        public unsafe struct Mixed : IContext
        {
            public Inner Nested;
            public double Real;
            public float Single;
            public Guid Id;
            public DayOfWeek Day;
            public int* Pointer;
            public TimeSpan? Maybe;

            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Mixed ctx, int x)
            {
                string what = $"mixed {ctx.Nested.Name} {ctx.Nested.Pair} {BitConverter.DoubleToInt64Bits(ctx.Real):x} {BitConverter.SingleToInt32Bits(ctx.Single):x}";
                ctx.Nested.Log.Lines.Add($"{what} {ctx.Id.ToByteArray()[0]} {ctx.Day} {(long)ctx.Pointer} {ctx.Maybe} {x}");
                // Rules have a context of their own: this is nobody else's.
                ctx.Nested.Log = null!;
            }
        }

        public readonly record struct Two(List<string> First, Memory<int> Second, Log Metadata) : IContext<Log>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Two ctx, int x) => ctx.Metadata.Lines.Add("two " + x);
        }

        public readonly record struct OfGeneric(Notes<string> Metadata) : IContext<Notes<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(OfGeneric ctx, int x) => ctx.Metadata.Lines.Add("generic " + x);
        }

        public readonly record struct OfStored(Stored Metadata) : IContext<Stored>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(OfStored ctx, int x) => ctx.Metadata.Lines.Add("stored " + x);
        }

        public readonly record struct OfLaidOut(LaidOut Metadata, int Number) : IContext<LaidOut>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(OfLaidOut ctx, int x) => ctx.Metadata.Lines.Add("laid out " + x);
        }

        public static class Marks
        {
            public static readonly List<string> Seen = [];

            public static int Mark(int x) => x;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Collect()
            {
                for (int i = 0; i < 3; i++)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
            }

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

        public static class Uses
        {
            public static int Cached(int[] values) => values.Sum(x => Marks.Mark(x + 1));

            public static int Group(int[] values) => values.Sum(Marked);

            static int Marked(int x) => Marks.Mark(x);

            public static int Passed(int[] values) => Sum(values, s_passed);

            static int Sum(int[] values, Func<int, int> f) => values.Sum(f);

            static readonly Func<int, int> s_passed = x => Marks.Mark(x + 2);

            // More than one object keeps.
            public static int Many(int[] values) => (int)(
                values.Sum(x => 0L + x + 1) + values.Sum(x => 0L + x + 2) + values.Sum(x => 0L + x + 3) + values.Sum(x => 0L + x + 4) + values.Sum(x => 0L + x + 5)
                + values.Sum(x => 0L + x + 6) + values.Sum(x => 0L + x + 7) + values.Sum(x => 0L + x + 8) + values.Sum(x => 0L + x + 9) + values.Sum(x => (long)Marks.Mark(x)));

            public static readonly (string Name, Func<int[], int> Run)[] All = [("cached", Cached), ("group", Group), ("passed", Passed), ("many", Many)];
        }

        """;

    /// <summary>Bytes more than natively, when the delegates are there: a delegate has eight words.</summary>
    [Theory, Builds]
    public void One_that_is_kept_takes_nothing(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts.Replace("[Prehook", "//[Prehook") + """
            public static class Program
            {
                static readonly int[] Values = [1, 2];
                static readonly Log One = new(), Other = new DerivedLog();
                static readonly Notes Noted = new("notes");
                static readonly Notes<string> OfType = new();
                static readonly Stored Written = new();
                static readonly LaidOut Placed = new();
                static readonly List<string> Lines = [];
                static readonly Holding Holder = new(Lines, 1);
                static readonly Mixed Much = new() { Nested = new() { Name = "name", Log = Other, Pair = (1, 2) }, Real = double.NaN, Id = new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), Maybe = TimeSpan.FromDays(1) };

                public static string Bytes()
                {
                    var report = new List<string>();
                    foreach (var (name, run) in Uses.All)
                    {
                        var f = run;
                        long native = Marks.Least(() => f(Values));
                        long[] more =
                        [
                            Marks.Least(() => new Own(One).Overdub(f, Values)),
                            Marks.Least(() => new Own(Other).Overdub(f, Values)),
                            Marks.Least(() => new Sharing(One).Overdub(f, Values)),
                            Marks.Least(() => new Noting(Noted).Overdub(f, Values)),
                            Marks.Least(() => Holder.Overdub(f, Values)),
                            Marks.Least(() => new Wide(1, One).Overdub(f, Values)),
                            Marks.Least(() => Much.Overdub(f, Values)),
                            Marks.Least(() => new Own(One).Overdub(static (g, v) => new Wide(1, Other).Overdub(g, v), f, Values)),
                            Marks.Least(() => new Own(One).Overdub(static (g, v) => new Plain().Overdub(g, v), f, Values)),
                        ];
                        long[] elsewhere =
                        [
                            Marks.Least(() => new OfGeneric(OfType).Overdub(f, Values)), Marks.Least(() => new OfStored(Written).Overdub(f, Values)),
                            Marks.Least(() => new Own(null).Overdub(f, Values)), Marks.Least(() => new OfLaidOut(Placed, 1).Overdub(f, Values)),
                            Marks.Least(() => new Wide(1, null).Overdub(f, Values)), Marks.Least(() => new Two(Lines, default, One).Overdub(f, Values)),
                        ];
                        report.Add($"{name}: {string.Join(" ", more.Select(m => m - native))} / {string.Join(" ", elsewhere.Select(m => m - native))}");
                    }
                    return string.Join("\n", report);
                }
            }
            """);
        const int Made = 64, Carried = Made + 40, Wider = Made + 56;
        string Row(string name, int delegates) => $"{name}: {string.Join(" ", Enumerable.Repeat(0, 9))} / "
            + string.Join(" ", new[] { Made, Made, Made, Carried, Carried, Wider }.Select(bytes => bytes * delegates));
        Assert.Equal([Row("cached", 1), Row("group", 1), Row("passed", 1), Row("many", 10)], program.Run<string>("Program.Bytes").Split('\n'));
    }

    /// <summary>Where each call has another context, it costs what it would if nothing were kept, but for the room to keep the others in.</summary>
    [Theory, Builds]
    public void One_that_cannot_be_kept_long_takes_little_more(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts.Replace("[Prehook", "//[Prehook") + """
            public static class Program
            {
                static readonly int[] Values = [1, 2];
                static readonly Log One = new();
                static int number;

                public static string Bytes()
                {
                    Func<int[], int> f = Uses.Cached;
                    long native = Marks.Least(() => f(Values));
                    long numbers = Marks.Least(() => new Wide(number++, One).Overdub(f, Values)) - native;
                    long objects = Marks.Least(() => new Own(new Log()).Overdub(f, Values)) - native - Marks.Least(() => new Log());
                    return numbers + " " + objects;
                }
            }
            """);
        // A delegate, and an object with the contexts and room for eight.
        Assert.Equal($"{64 + 16 + 16 + 8 * 8} {64}", program.Run<string>("Program.Bytes"));
    }

    [Theory, Builds]
    public void Each_carries_the_state_of_the_call_that_hands_it_over(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static unsafe class Program
            {
                static readonly int[] Values = [1];

                public static string Run()
                {
                    var wrong = new List<string>();
                    foreach (var (name, run) in Uses.All)
                    {
                        var f = run;
                        int native = f(Values);
                        for (int round = 0; round < 3; round++)
                        {
                            Log one = new(), copy, other = new DerivedLog();
                            Expect("one", new Own(one).Overdub(f, Values), one.Lines, "own");
                            copy = one.Copied();
                            Expect("copy", new Own(copy).Overdub(f, Values), copy.Lines, "own");
                            Expect("one again", new Own(one).Overdub(f, Values), one.Lines, "own");
                            Expect("sharing copy", new Sharing(copy).Overdub(f, Values), copy.Lines, "sharing");
                            Expect("other", new Own(other).Overdub(f, Values), other.Lines, "own");
                            Expect("null", new Own(null).Overdub(f, Values), Marks.Seen, "own");
                            Expect("sharing", new Sharing(one).Overdub(f, Values), one.Lines, "sharing");
                            for (int number = 0; number < 3; number++)
                            {
                                Expect("wide", new Wide(number, one).Overdub(f, Values), one.Lines, "wide " + number);
                                Expect("wide null", new Wide(number, null).Overdub(f, Values), Marks.Seen, "wide " + number);
                                Expect("nested", new Own(one).Overdub((g, v, o, n) => new Wide(n, o).Overdub(g, v), f, Values, other, number), other.Lines, "wide " + number);
                                Expect("nested outside", 0, one.Lines, "own");
                                Expect("nested otherwise", new Own(copy).Overdub((g, v, o, n) => new Wide(n, o).Overdub(g, v), f, Values, other, number), other.Lines, "wide " + number);
                                Expect("nested otherwise outside", 0, copy.Lines, "own");
                                Expect("nested alike", new Own(other).Overdub((g, v, o) => new Own(o).Overdub(g, v), f, Values, one), one.Lines, "own");
                                Expect("nested alike outside", 0, other.Lines, "own");
                            }
                            var notes = new Notes("a");
                            Expect("record", new Noting(notes).Overdub(f, Values), notes.Lines, "noting");
                            Notes changed = notes with { Lines = [] }, twin = notes with { };
                            Expect("changed record", new Noting(changed).Overdub(f, Values), changed.Lines, "noting");
                            Expect("record's twin", new Noting(twin).Overdub(f, Values), twin.Lines, "noting");
                            if (twin != notes || changed == notes || twin.GetHashCode() != notes.GetHashCode() || !notes.ToString().StartsWith("Notes { Name = a, Lines = Sys"))
                                wrong.Add("a record shows its fields");
                            List<string> lines = [];
                            for (int number = 0; number < 2; number++)
                                Expect("class", new Holding(lines, number).Overdub(f, Values), lines, number + " holding");
                            Expect("generic", new OfGeneric(new Notes<string>()).Overdub(f, Values), [""], "");
                            Expect("stored", new OfStored(new Stored()).Overdub(f, Values), [""], "");
                            Expect("laid out", new OfLaidOut(new LaidOut(), 1).Overdub(f, Values), [""], "");
                            Expect("two", new Two([], default, one).Overdub(f, Values), one.Lines, "two");
                            foreach (var mixed in All(one))
                            {
                                Expect("mixed", mixed.Overdub(f, Values), one.Lines, "mixed");
                                lines.Add(one.Lines.Count > 0 ? one.Lines[^1] : Last);
                            }
                            if (lines.Distinct().Count() != lines.Count || lines.Count != 11)
                                wrong.Add(name + " mixed: " + string.Join(",", lines));

                            void Expect(string what, int result, List<string> log, string start)
                            {
                                Last = log.LastOrDefault() ?? "";
                                if (result != native && result != 0 || log.Count != 1 || !log[0].StartsWith(start) || result != 0 && Marks.Seen.Count != 0 && log != Marks.Seen)
                                    wrong.Add($"{name} {what}: {result} for {native}, {string.Join(",", log)} for {start}");
                                log.Clear();
                            }
                        }
                    }
                    return wrong.Count == 0 ? "right" : string.Join("; ", wrong);
                }

                static string Last = "";

                static List<Mixed> All(Log log)
                {
                    var all = new List<Mixed>();
                    Mixed mixed = new() { Nested = new() { Log = log } };
                    all.Add(mixed);
                    mixed.Nested.Name = "name";
                    all.Add(mixed);
                    mixed.Nested.Pair = (1, 2);
                    all.Add(mixed);
                    mixed.Nested.Pair = (1, 3);
                    all.Add(mixed);
                    mixed.Real = -0.0;
                    all.Add(mixed);
                    mixed.Real = double.NaN;
                    all.Add(mixed);
                    mixed.Single = -0f;
                    all.Add(mixed);
                    mixed.Id = new Guid([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
                    all.Add(mixed);
                    mixed.Day = DayOfWeek.Friday;
                    all.Add(mixed);
                    mixed.Pointer = (int*)5;
                    all.Add(mixed);
                    mixed.Maybe = TimeSpan.Zero;
                    all.Add(mixed);
                    return all;
                }
            }
            """);
        Assert.Equal("right", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void Sixty_four_contexts_at_once_on_one_object_and_on_several_keep_apart(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts.Replace(
            "(ctx.Metadata?.Lines ?? Marks.Seen).Add(\"wide \" + ctx.Number + \" \" + x)", "Interlocked.Increment(ref Program.Counts[ctx.Number * 2 + (ctx.Metadata is DerivedLog ? 1 : 0)])") + """
            public static class Program
            {
                public static readonly int[] Counts = new int[128];

                public static string Run()
                {
                    Log shared = new();
                    int[] values = [1, 2, 3];
                    Log[] own = [.. Enumerable.Range(0, 64).Select(_ => new DerivedLog())];
                    var threads = Enumerable.Range(0, 64).Select(i => new Thread(() =>
                    {
                        for (int round = 0; round < 200; round++)
                        {
                            new Wide(i, shared).Overdub(Uses.Cached, values);
                            new Wide(i, own[i]).Overdub(Uses.Many, values);
                        }
                    })).ToArray();
                    foreach (var thread in threads)
                        thread.Start();
                    foreach (var thread in threads)
                        thread.Join();
                    return string.Join(",", Counts.Distinct());
                }
            }
            """);
        Assert.Equal("600", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void What_the_program_drops_is_collected(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                [MethodImpl(MethodImplOptions.NoInlining)]
                static WeakReference[] Enter()
                {
                    int[] values = [1, 2];
                    Log one = new(), other = new DerivedLog();
                    Notes notes = new("notes");
                    Holding holding = new([], 1);
                    foreach (var (_, f) in Uses.All)
                    {
                        new Own(one).Overdub(f, values);
                        new Wide(1, other).Overdub(f, values);
                        new Own(one).Overdub((g, v, o) => new Wide(2, o).Overdub(g, v), f, values, other);
                        new Noting(notes).Overdub(f, values);
                        holding.Overdub(f, values);
                        new Mixed { Nested = new() { Log = other } }.Overdub(f, values);
                    }
                    return [new(one), new(other), new(notes), new(holding)];
                }

                public static string Run()
                {
                    var all = Enter();
                    Marks.Collect();
                    return string.Join(" ", all.Select(w => w.IsAlive));
                }
            }
            """);
        Assert.Equal("False False False False", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void Only_the_classes_that_keep_have_a_field_more_and_it_is_not_public(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public sealed class Elsewhere
            {
                public int X;
            }

            public readonly record struct Capturing(Elsewhere Metadata) : IContext<Elsewhere>;

            public static class Program
            {
                static int Captured(int k) => new[] { 1 }.Sum(x => x + k);

                public static string Run()
                {
                    foreach (var (_, f) in Uses.All)
                    {
                        new Own(new()).Overdub(f, [1]);
                        new Noting(new("")).Overdub(f, [1]);
                        new OfGeneric(new()).Overdub(f, [1]);
                        new OfStored(new()).Overdub(f, [1]);
                        new OfLaidOut(new(), 1).Overdub(f, [1]);
                    }
                    new Capturing(new()).Overdub(Captured, 1);
                    return string.Join(" ", new[] { typeof(Log), typeof(DerivedLog), typeof(Notes), typeof(Notes<string>), typeof(Stored), typeof(LaidOut), typeof(Elsewhere) }.Select(Members));
                }

                static string Members(Type type)
                {
                    const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                    var fields = type.GetFields(All).Where(f => f.Name.StartsWith("<Cassette>")).ToArray();
                    bool isHidden = fields.All(f => f.IsAssembly && f.IsNotSerialized && f.IsDefined(typeof(CompilerGeneratedAttribute)));
                    return $"{type.Name}:{fields.Length}{(isHidden ? "" : "!")}";
                }
            }
            """);
        Assert.Equal("Log:9 DerivedLog:0 Notes:9 Notes`1:0 Stored:0 LaidOut:0 Elsewhere:0", program.Run<string>("Program.Run"));
    }
}
