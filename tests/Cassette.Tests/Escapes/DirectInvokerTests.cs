using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Delegates that a method is handed and calls: whatever they turn out to be, the clones of what they are made of run, those that the weaver
/// guesses and those that it does not.
/// </summary>
public sealed class DirectInvokerTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;

        public readonly record struct Log(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Log ctx, string what)
            {
                lock (ctx.Metadata)
                    ctx.Metadata.Add(what);
            }
        }

        public readonly struct Plain : IContext;

        public static class Marks
        {
            public static int Mark(string what) => what.Length;
        }

        """;

    [Theory, Builds]
    public void Two_in_turns(OptimizationLevel build) => Check(build, ["a", "bb", "a", "bb"], 6, """
        public static int Run(List<string> log) => new Log(log).Overdub(() => Both(() => Marks.Mark("a"), () => Marks.Mark("bb")));

        static int Both(Func<int> one, Func<int> other)
        {
            int sum = 0;
            for (int i = 0; i < 4; i++)
                sum += Call(i % 2 == 0 ? one : other);
            return sum;
        }

        static int Call(Func<int> f) => f();
        """);

    [Theory, Builds]
    public void More_than_are_guessed(OptimizationLevel build) => Check(build, ["1", "22", "333", "4444", "55555", "666666"], 21, """
        public static int Run(List<string> log) => new Log(log).Overdub(() =>
            Call(() => Marks.Mark("1")) + Call(() => Marks.Mark("22")) + Call(() => Marks.Mark("333"))
            + Call(() => Marks.Mark("4444")) + Call(() => Marks.Mark("55555")) + Call(() => Marks.Mark("666666")));

        static int Call(Func<int> f) => f();
        """);

    [Theory, Builds]
    public void Several_in_one_and_the_order_of_their_results(OptimizationLevel build) => Check(build, ["a", "bb"], 2, """
        public static int Run(List<string> log) => new Log(log).Overdub(() =>
        {
            Func<int> both = () => Marks.Mark("a");
            both += () => Marks.Mark("bb");
            return Call(both);
        });

        static int Call(Func<int> f) => f();
        """);

    [Theory, Builds]
    public void Static_methods_open_and_closed(OptimizationLevel build) => Check(build, ["open", "closed"], 10, """
        public static int Run(List<string> log) => new Log(log).Overdub(() => Call(Open) + Call("closed".Closed));

        static int Call(Func<int> f) => f();

        static int Open() => Marks.Mark("open");
        """, "public static class Extensions { public static int Closed(this string text) => Marks.Mark(text); }");

    [Theory, Builds]
    public void Instance_methods_open_and_closed(OptimizationLevel build) => Check(build, ["first", "second"], 11, """
        public static int Run(List<string> log)
        {
            var open = (Func<Thing, int>)Delegate.CreateDelegate(typeof(Func<Thing, int>), typeof(Thing).GetMethod("Get")!);
            return new Log(log).Overdub(() => Call(new Thing("first").Get) + CallOpen(open, new Thing("second")));
        }

        static int Call(Func<int> f) => f();

        static int CallOpen(Func<Thing, int> f, Thing thing) => f(thing);
        """, "public sealed class Thing(string name) { public int Get() => Marks.Mark(name); }");

    [Theory, Builds]
    public void Virtual_and_generic_methods_and_those_of_structs(OptimizationLevel build) => Check(build, ["derived", "String", "boxed"], 18, """
        public static int Run(List<string> log) => new Log(log).Overdub(() => Call(new Derived().Get) + Call(Name<string>) + Call(new Value("boxed").Get));

        static int Call(Func<int> f) => f();

        static int Name<T>() => Marks.Mark(typeof(T).Name);
        """, """
        public class Base { public virtual int Get() => Marks.Mark("base"); }
        public class Derived : Base { public override int Get() => Marks.Mark("derived"); }
        public struct Value(string name) { public int Get() => Marks.Mark(name); }
        """);

    [Theory, Builds]
    public void One_made_outside_the_context(OptimizationLevel build) => Check(build, ["made outside"], 24, """
        public static int Run(List<string> log)
        {
            Func<int> f = () => Marks.Mark("made outside");
            return Call(f) + new Log(log).Overdub(() => Call(f));
        }

        static int Call(Func<int> f) => f();
        """);

    [Theory, Builds]
    public void None_at_all(OptimizationLevel build)
    {
        const string Text = """
            public static string Run(List<string> log)
            {
                try
                {
                    return new Log(log).Overdub(() => Call(log.Count == 0 ? null! : () => Marks.Mark("never"))).ToString();
                }
                catch (NullReferenceException exception)
                {
                    return exception.StackTrace!.Contains("Call(Func`1 f)") || exception.StackTrace.Contains("Call@Log(Func`1 f") ? "in Call" : exception.StackTrace;
                }
            }

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            static int Call(Func<int> f) => f();
            """;
        LoadedProgram program = Program(build, Text, "");
        Assert.Equal("in Call", program.Run<string>("Program.Run", new List<string>()));
    }

    [Theory, Builds]
    public async Task On_many_threads_at_once(OptimizationLevel build)
    {
        LoadedProgram program = Program(build, """
            public static int Run(List<string> log)
            {
                int sum = 0;
                for (int i = 0; i < 2000; i++)
                    sum += new Log(log).Overdub(() => Call(() => Marks.Mark("a")) + Call(() => Marks.Mark("bb")));
                return sum;
            }

            static int Call(Func<int> f) => f();
            """, "");
        List<string>[] logs = [.. Enumerable.Range(0, 16).Select(_ => new List<string>())];
        int[] results = await Task.WhenAll(logs.Select(log => Task.Run(() => program.Run<int>("Program.Run", log))));
        Assert.All(results, result => Assert.Equal(6000, result));
        Assert.All(logs, log => Assert.Equal(4000, log.Count));
    }

    [Theory, Builds]
    public void Handed_on_to_the_framework_each_carries_its_context(OptimizationLevel build) => Check(build, ["x", "y", "x", "y"], 4, """
        public static int Run(List<string> log) => new Log(log).Overdub(() => Sum(s => Marks.Mark(s)) + Sum(Length));

        static int Sum(Func<string, int> f) => new[] { "x", "y" }.Sum(f);

        static int Length(string text) => Marks.Mark(text);
        """);

    private static void Check(OptimizationLevel build, string[] expected, int result, string members, string types = "")
    {
        LoadedProgram program = Program(build, members, types);
        var log = new List<string>();
        Assert.Equal(result, program.Run<int>("Program.Run", log));
        Assert.Equal(expected, log);
        LoadedProgram plain = Program(build, members.Replace("new Log(log)", "new Plain()"), types);
        log.Clear();
        Assert.Equal(result, plain.Run<int>("Program.Run", log));
        Assert.Empty(log);
    }

    private static LoadedProgram Program(OptimizationLevel build, string members, string types) =>
        LoadedProgram.Woven(build, Contexts + types + "public static class Program\n{\n" + members + "\n}\n");
}
