using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>Delegates that code outside calls carry the context that they were handed over in: which one, and what they are to the program.</summary>
public sealed class BoundDelegateTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public readonly struct Plain : IContext;

        public readonly record struct State(List<string> Metadata) : IContext<List<string>>;

        public readonly record struct Log(List<string> Metadata, int Number) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Log ctx, string what)
            {
                lock (ctx.Metadata)
                    ctx.Metadata.Add(ctx.Number + " " + what);
            }
        }

        public sealed class Holding(List<string> log) : IContext
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Holding ctx, string what) => ctx.Add(what);

            void Add(string what) => log.Add(what);
        }

        public readonly record struct Calls(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(Calls ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public static class Marks
        {
            public static string Mark(string what) => what;
        }

        """;

    [Theory, Builds]
    public void A_cached_lambda_runs_in_the_context_that_hands_it_over_each_time(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                static string Text(string[] words) => string.Concat(words.Select(x => Marks.Mark(x)));

                public static void Run(List<string> log)
                {
                    string[] words = ["a", "b"];
                    new Log(log, 1).Overdub(Text, words);
                    new Log(log, 2).Overdub(Text, words);
                    new Holding(log).Overdub(Text, words);
                    Text(words);
                    new Log(log, 1).Overdub(Text, words);
                }
            }
            """);
        var log = new List<string>();
        program.Run("Program.Run", log);
        Assert.Equal(["1 a", "1 b", "2 a", "2 b", "a", "b", "1 a", "1 b"], log);
    }

    [Theory, Builds]
    public void What_runs_later_and_elsewhere_runs_in_the_context_of_the_call_that_handed_it_over(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                static Lazy<string> Later(string what) => new(() => Marks.Mark("later " + what));

                static Task<string> Started(string what, Task gate) => gate.ContinueWith(_ => Marks.Mark("started " + what));

                static IEnumerable<string> Query(string what) => new[] { "x" }.Select(x => Marks.Mark(x + what));

                public static void Run(List<string> log)
                {
                    var gate = new TaskCompletionSource();
                    var first = new Log(log, 1).Overdub(Later, "a");
                    var second = new Log(log, 2).Overdub(Started, "b", gate.Task);
                    var third = new Log(log, 3).Overdub(Query, "c");
                    log.Add("left");
                    _ = first.Value;
                    gate.SetResult();
                    second.Wait();
                    // A query that was made inside and is run under another context runs in its own.
                    new Log(log, 4).Overdub(q => q.First(), third);
                }
            }
            """);
        var log = new List<string>();
        program.Run("Program.Run", log);
        Assert.Equal(["left", "1 later a", "2 started b", "3 xc"], log);
    }

    [Theory, Builds]
    public void A_bound_delegate_that_comes_back_is_called_once_and_hooked_once(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                static string Inner(string x) => x;

                static string Back(string x)
                {
                    // The framework hands the delegate back, which a native call was given.
                    var lazy = new Lazy<Func<string, string>>(() => y => Inner(y));
                    var comparer = Comparer<string>.Create((a, b) => string.CompareOrdinal(Inner(a), b));
                    Comparison<string> again = comparer.Compare;
                    again("a", "b");
                    return lazy.Value(x);
                }

                public static void Run(List<string> log) => new Calls(log).Overdub(Back, "x");
            }
            """);
        var log = new List<string>();
        program.Run("Program.Run", log);
        Assert.Equal(2, log.Count(name => name == "Inner"));
        Assert.Equal(2, log.Count(name => name == "Invoke"));
    }

    /// <summary>What was made in a context runs in it wherever it is called; what was made outside stays what it is; what cannot be followed is said.</summary>
    [Theory, Builds]
    public void A_delegate_that_an_entry_returns_carries_its_context(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, new Source("/src/Program.cs", Contexts + """
            public delegate T Maker<T>(T with);

            public static class Program
            {
                static Func<string, string>? none;

                static readonly Func<string, string> Outer = x => Marks.Mark("outer " + x);

                static Func<string, string> Made(string with) => x => Marks.Mark(x + with);

                static Maker<T> Generic<T>(T with) => x => { Marks.Mark(x + " of " + with); return x; };

                static Maker<T> Enter<T>(Log ctx, T with) => ctx.Overdub(Generic, with);

                static IEnumerable<Func<string, string>> Many() => [Made("m")];

                static (int, string) None() => (1, "");

                static Func<string, string> Within(List<string> log) => new Log(log, 2).Overdub(Made, "w");

                static Action Both(string with) => (Action)(() => Marks.Mark("one" + with)) + (() => Marks.Mark("two" + with));

                public static void Run(List<string> log)
                {
                    var ctx = new Log(log, 1);
                    var f = ctx.Overdub(Made, "x");
                    f("native ");
                    ctx.Overdub(f, "entered ");
                    Func<string, string> own = Marks.Mark;
                    log.Add(ReferenceEquals(own, ctx.Overdub(o => o, own)).ToString());
                    log.Add(ReferenceEquals(own, ctx.Overdub((x, o) => (Func<string, string>)o, 1, (object)own)).ToString());
                    ctx.Overdub(Many).First()("native ");
                    ctx.Overdub(Within, log)("native ");
                    ctx.Overdub(None);
                    log.Add((ctx.Overdub(() => none) is null).ToString());
                    ctx.Overdub(Both, "!")();
                    Enter(ctx, 3)(4);
                    Enter(ctx, "a")("b");
                    ctx.Overdub(() => Outer)("kept");
                    Outer("native");
                    new Plain().Overdub(Made, "y")("plain ");
                    ctx.Overdub((string x) => ctx.Overdub(Made, x), "z")("nested ");
                }
            }
            """)).Weave("<Cassette Report='true' />").Verified();
        var log = new List<string>();
        woven.Load().Run("Program.Run", log);
        Assert.Equal(
            [
                "1 native x", "1 entered x", "True", "True", "2 native w", "1 native w", "True", "1 one!", "1 two!", "1 4 of 3", "1 b of a", "1 outer kept", "1 nested z", "1 nested z",
            ],
            log);
        var returned = woven.Result.Report!.Contexts.SelectMany(context => context.Leaving.Select(call => (context.Name, call))).Where(leaving => leaving.call.Code == "CAS522").ToArray();
        var found = Assert.Single(returned);
        Assert.Equal("Log", found.Name);
        Assert.True(found.call is { IsIntended: true, Position: not null, Reason: "delegateReturned" });
    }

    [Theory, Builds]
    public void So_does_one_that_a_declared_entry_returns(OptimizationLevel build)
    {
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Program.cs", Contexts + """
            public readonly struct Static : IContext
            {
                public static readonly List<string> Seen = [];

                [Prehook(typeof(Marks), nameof(Marks.Mark))]
                static void Before(Static ctx, string what) => Seen.Add(what);
            }

            public static class Program
            {
                public static Func<string, string> Make(string with) => x => Marks.Mark(x + with);

                public static Func<string, string> Same(Func<string, string> f) => f;

                public static void Run(List<string> log)
                {
                    Func<string, string> own = Marks.Mark;
                    log.Add(ReferenceEquals(own, Same(own)).ToString());
                    Make("made")("native ");
                    new Log(log, 1).Overdub((string x) => Make(x)("within "), "z");
                    log.AddRange(Static.Seen);
                }
            }
            """)).Weave("<Cassette><Context Type='Static'><Entry>Program::Make</Entry><Entry>Program::Same</Entry></Context></Cassette>").Verified().Load();
        var log = new List<string>();
        program.Run("Program.Run", log);
        Assert.Equal(["True", "1 within z", "native made", "within z"], log);
    }

    [Theory, Builds]
    public void Every_kind_of_delegate_carries_its_context(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public class Thing(string name)
            {
                public string Plain(string x) => Marks.Mark(name + x);

                public virtual string Virtual(string x) => Marks.Mark("base " + x);

                public static string Generic<T>(T x) => Marks.Mark(typeof(T).Name + x);
            }

            public sealed class Derived() : Thing("d")
            {
                public override string Virtual(string x) => Marks.Mark("derived " + x) + Run(base.Virtual, x);

                static string Run(Func<string, string> f, string x) => Program.Native(f, x);
            }

            public sealed class Box<T>(T value)
            {
                public string Of(string x) => Marks.Mark(value + x);

                public static string Static(string x) => Marks.Mark(typeof(T).Name + x);
            }

            public struct Small(string name)
            {
                public string Plain(string x) => Marks.Mark(name + x);
            }

            public static class Program
            {
                static string Shout(this string text, string x) => Marks.Mark(text + x);

                static object Wide(object x) => Marks.Mark("wide " + x);

                static string Narrow(object x) => Marks.Mark("narrow " + x);

                // The framework calls it.
                public static string Native(Func<string, string> f, string x) => new[] { x }.Select(f).First();

                static string NativeWide(Func<string, object> f, string x) => (string)new[] { x }.Select(f).First();

                static void Kinds()
                {
                    string captured = "c";
                    Native(x => Marks.Mark(x + captured), "1");
                    Native(static x => Marks.Mark(x), "2");
                    Native(new Thing("t").Plain, "3");
                    Native(new Derived().Virtual, "4");
                    Native(Thing.Generic, "5");
                    Native(new Box<string>("s").Of, "6");
                    Native(new Box<int>(7).Of, "7");
                    Native(Box<int>.Static, "8");
                    Native(new Small("v").Plain, "9");
                    Native("e".Shout, "10");
                    NativeWide(Narrow, "11");
                    NativeWide(Wide, "12");
                    Func<string, string> two = x => Marks.Mark("one " + x);
                    two += x => Marks.Mark("two " + x);
                    Native(two, "13");
                    Native(new Func<string, string>(two), "14");
                    Native(Local, "15");
                    string Local(string x) => Marks.Mark("local " + x + captured);
                    new[] { "16" }.Select((Func<string, string>)Delegate.CreateDelegate(typeof(Func<string, string>), typeof(Program).GetMethod("Narrow", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!)).First();
                    new[] { "17" }.Select(captured.Length > 0 ? (Func<string, string>)(y => Marks.Mark("true " + y)) : Local).First();
                    new[] { "18" }.Select(x => captured.Length > 0 ? (Func<string, string>)(y => Marks.Mark("inner " + y)) : Local).First()("18");
                    Each(1);
                    Array.ForEach(["20"], delegate(string x) { Marks.Mark(x); });
                }

                static void Each<T>(T value) => new[] { "19" }.Select(x => Marks.Mark(typeof(T).Name + value + x)).First();

                public static void Run(List<string> log) => new Log(log, 0).Overdub(Kinds);

                public static void RunHolding(List<string> log) => new Holding(log).Overdub(Kinds);
            }
            """);
        string[] expected =
        [
            "1c", "2", "t3", "derived 4", "base 4", "String5", "s6", "77", "Int328", "v9", "e10", "narrow 11", "wide 12", "one 13", "two 13", "one 14", "two 14",
            "local 15c", "narrow 16", "true 17", "inner 18", "Int32119", "20",
        ];
        var log = new List<string>();
        program.Run("Program.Run", log);
        Assert.Equal(expected.Select(text => "0 " + text), log);
        log.Clear();
        program.Run("Program.RunHolding", log);
        Assert.Equal(expected, log);
    }

    [Theory, Builds]
    public void A_delegate_of_no_instance_throws_what_it_throws_natively(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public sealed class Thing
            {
                public string Plain(string x) => x;
            }

            public static class Program
            {
                public static string Native()
                {
                    Thing? none = null;
                    try
                    {
                        return new[] { "x" }.Select(none!.Plain).First();
                    }
                    catch (ArgumentException exception)
                    {
                        return exception.Message;
                    }
                }

                public static string Woven() => new State([]).Overdub(Native);

                public static string Empty() => new Plain().Overdub(Native);
            }
            """);
        string native = program.Run<string>("Program.Native");
        Assert.Equal(native, program.Run<string>("Program.Woven"));
        Assert.Equal(native, program.Run<string>("Program.Empty"));
    }

    [Theory, Builds]
    public void Many_contexts_at_once_each_see_their_own_calls(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + """
            public static class Program
            {
                static int Work(int n)
                {
                    var sums = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Enumerable.Range(0, n).Count(x => Marks.Mark("x").Length == 1))));
                    Parallel.For(0, n, i => Marks.Mark("p"));
                    return sums.Result.Sum();
                }

                public static string Run()
                {
                    var logs = Enumerable.Range(0, 64).Select(_ => new List<string>()).ToArray();
                    var threads = logs.Select((log, i) => new Thread(() => new Log(log, i).Overdub(Work, 10))).ToArray();
                    foreach (var thread in threads)
                        thread.Start();
                    Work(10);
                    foreach (var thread in threads)
                        thread.Join();
                    return logs.Select((log, i) => log.Count == 50 && log.All(x => x.StartsWith(i + " "))).All(x => x) ? "all" : string.Join(" ", logs.Select(l => l.Count));
                }
            }
            """);
        Assert.Equal("all", program.Run<string>("Program.Run"));
    }
}
