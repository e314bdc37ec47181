using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>
/// Rules whose constraints look at type arguments that only a generic caller's own caller knows. Clones are specialised where such a rule
/// depends on them, and shared where nothing does.
/// </summary>
public sealed class GenericRuleTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using Cassette;

        public readonly record struct NumberCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Leaf), nameof(Leaf.See))]
            static void Any<T>(NumberCtx ctx, T x) => ctx.Metadata.Add("any " + typeof(T).Name);

            [Prehook(typeof(Leaf), nameof(Leaf.See))]
            static void Number<T>(NumberCtx ctx, T x) where T : INumber<T> => ctx.Metadata.Add("number " + typeof(T).Name);
        }

        public readonly record struct DoubleCtx : IContext
        {
            [Overdub(typeof(Leaf), nameof(Leaf.Twice))]
            static T Twice<T>(DoubleCtx ctx, T x) where T : INumber<T> => x + x;
        }

        public readonly record struct OuterCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Leaf), nameof(Leaf.See))]
            static void Number<T>(OuterCtx ctx, T x) where T : INumber<T> => ctx.Metadata.Add("outer " + typeof(T).Name);
        }

        public readonly record struct PlainCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Leaf), nameof(Leaf.See))]
            static void Before(PlainCtx ctx, object? x) => ctx.Metadata.Add("object");

            [Prehook(typeof(Leaf), nameof(Leaf.See))]
            static void Before(PlainCtx ctx, int x) => ctx.Metadata.Add("int");
        }

        public readonly record struct CallCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub(typeof(Leaf), nameof(Leaf.Twice))]
            static TResult Any<TCall, TResult>(CallCtx ctx, TCall call) where TCall : struct, ICall<TResult> where TResult : INumber<TResult>
            {
                ctx.Metadata.Add("call " + call.JoinPoint.Name);
                return call.Recurse(ctx) + TResult.One;
            }
        }

        public static class Leaf
        {
            public static T See<T>(T x) => x;

            public static T Twice<T>(T x) => x;

            public static void Fail<T>(T x)
            {
                See(x);
                throw new InvalidOperationException("failed");
            }
        }

        public static class Deep
        {
            public static T One<T>(T x) => Leaf.See(x);

            public static T Two<T>(T x) => One(x);

            public static (A, B) Both<A, B>(A a, B b) => (Two(a), Two(b));

            public static T Twice<T>(T x) => Leaf.Twice(x);

            public static T SeenTwice<T>(T x) => Leaf.See(Leaf.Twice(x));

            public static void Lists<T>(T x, int depth)
            {
                Leaf.See(x);
                if (depth > 0)
                    Lists(new List<T> { x }, depth - 1);
            }

            public static int Loop<T>(T x, int n)
            {
                if (n == 0)
                    return 0;
                Leaf.See(x);
                return 1 + Back(x, n - 1);
            }

            static int Back<T>(T x, int n) => Loop(x, n);

            public static string Branches<T>(T x, T[] more)
            {
                var text = "";
                try
                {
                    foreach (var one in more)
                    {
                        Leaf.See(one);
                        text += one is int ? "i" : one is null ? "n" : "o";
                    }
                    switch (x)
                    {
                        case string s when s.Length > 1:
                            return text + s;
                        case null:
                            return text + "null";
                        default:
                            return text + x.ToString() + default(T) + typeof(T).Name;
                    }
                }
                finally
                {
                    Leaf.See(x);
                }
            }
        }

        public class Box<T>(T value)
        {
            private T value = value;
            private readonly List<T> seen = [];
            public static int Count;

            public T Read() => Leaf.See(value);

            public void Write(T x)
            {
                seen.Add(x);
                value = Leaf.See(x);
                Count++;
            }

            public TResult As<TResult>(TResult other, int n) where TResult : notnull
            {
                Leaf.See(other);
                Leaf.See(value);
                return n > 0 ? As(other, n - 1) : other;
            }

            public static Box<T> Of(T x)
            {
                Leaf.See(x);
                return new Box<T>(x);
            }

            public virtual T Open() => Leaf.See(value);

            public T Fail(string why)
            {
                Leaf.Fail(value);
                return value;
            }

            public sealed class Inner(T value)
            {
                public T Read() => Leaf.See(value);
            }
        }

        public struct Cell<T>(T value)
        {
            private T value = value;

            public void Set(T x)
            {
                Leaf.See(x);
                value = x;
            }

            public readonly T Get() => Leaf.See(value);
        }

        public class Host
        {
            private int calls;

            public T Pass<T>(T x)
            {
                calls++;
                return Leaf.See(x);
            }

            // Closed, both have the same parameters.
            public string Same<T>(T a, int b) => "generic" + Leaf.See(a);

            public string Same<T>(int c, T d) => "int" + Leaf.See(d);

            public int Calls => calls;
        }

        public static class Marked<T>
        {
            public static List<string>? Log;

            static Marked() => Program.Events.Add("cctor " + typeof(T).Name);

            public static T Pass(T x)
            {
                Program.Events.Add("pass");
                return Leaf.See(x);
            }
        }

        public static class Cache<T>
        {
            public static int Hits;
        }

        public abstract class Shape<T>(T value)
        {
            protected T Value = value;

            public virtual string Name(int n) => "shape" + Leaf.See(Value) + n;
        }

        public sealed class Round<T>(T value) : Shape<T>(value)
        {
            public string Exactly(int n) => base.Name(n) + "round" + Leaf.See(Value);
        }

        public static unsafe class Hard
        {
            public static T Next<T>(T x) where T : INumber<T> => Leaf.See(x) + T.One;

            public static string Caught<T, E>(T x, Exception e) where E : Exception
            {
                try
                {
                    Leaf.See(x);
                    throw e;
                }
                catch (E found) when (Leaf.See(x) is not null)
                {
                    return typeof(E).Name + found.Message;
                }
            }

            public static T Pointer<T>(T x)
            {
                delegate*<T, T> id = &Id;
                return Leaf.See(id(x));
            }

            static T Id<T>(T x) => x;

            public static int Spans<T>(T x, in T y, ref T z, out T w) where T : IComparable<T>
            {
                Span<T> all = [x, y, z];
                w = Leaf.See(all[2]);
                z = x;
                Cache<T>.Hits++;
                int greater = 0;
                foreach (ref var one in all)
                    greater += one.CompareTo(x) > 0 ? 1 : 0;
                return greater + Cache<T>.Hits;
            }

            public static string Locals<T>(T x, int n)
            {
                string text = Inner(n);
                return text + x?.ToString();

                string Inner(int left) => left == 0 ? "" : Leaf.See(x) + Inner(left - 1);
            }

            public static int Length<T>(T[] all, Func<T, int> length)
            {
                int sum = 0;
                foreach (T one in all)
                    sum += length(Leaf.See(one));
                return sum;
            }
        }

        public static class Program
        {
            static string Harder()
            {
                int z = 3;
                string t = "c";
                return "" + Hard.Next(1.5) + Hard.Caught<int, FormatException>(1, new FormatException("f")) + Hard.Caught<string, FormatException>("", new FormatException("g")) + Hard.Pointer(4L) + Hard.Pointer("p")
                    + Hard.Spans(1, 2, ref z, out int w) + z + w + Hard.Spans("a", "b", ref t, out string u) + t + u
                    + Hard.Locals((byte)6, 2) + Hard.Length(["x", "yz"], s => s.Length);
            }

            public static string Hards(List<string> log) => new NumberCtx(log).Overdub(Harder);

            static string Shapes() => new Round<int>(5).Exactly(1) + new Round<string>("s").Exactly(2);

            public static string Exact(List<string> log) => new NumberCtx(log).Overdub(Shapes);

            static int Note(List<string> log, int x)
            {
                log.Add("argument");
                return x;
            }

            public static string NullAfterArguments(List<string> log) => new NumberCtx([]).Overdub(() =>
            {
                Box<int>? box = null;
                try
                {
                    box!.Write(Note(log, 1));
                    return "none";
                }
                catch (NullReferenceException)
                {
                    return "null";
                }
            });

            public static int CallInside(List<string> log) => new OuterCtx(log).Overdub(() => new CallCtx(log).Overdub(() => Deep.SeenTwice(20)));

            public static readonly List<string> Events = [];

            static string DeepBody() => Deep.Two(1) + Deep.Two("a") + Deep.Both(2.5, "b");

            public static string DeepCalls(List<string> log) => new NumberCtx(log).Overdub(DeepBody);

            public static string Values() => new DoubleCtx().Overdub(() => Deep.Twice(4) + "," + Deep.Twice("x") + "," + Deep.Twice(1.5m));

            static string Boxes()
            {
                var numbers = Box<int>.Of(1);
                numbers.Write(2);
                var texts = Box<string>.Of("t");
                texts.Write("u");
                return "" + numbers.Read() + texts.Read() + numbers.As("s", 1) + texts.As(3L, 0) + Box<int>.Count + new Box<int>.Inner(9).Read();
            }

            public static string Types(List<string> log) => new NumberCtx(log).Overdub(Boxes);

            static string Structs()
            {
                var cell = new Cell<double>(1.5);
                cell.Set(cell.Get() * 2);
                var text = new Cell<string>("q");
                text.Set(text.Get() + "r");
                var host = new Host();
                return "" + cell.Get() + text.Get() + host.Pass('c') + host.Pass(5) + host.Calls + host.Same<int>(a: 1, b: 2) + host.Same<int>(c: 3, d: 4);
            }

            public static string Receivers(List<string> log) => new NumberCtx(log).Overdub(Structs);

            public static string Flow(List<string> log) => new NumberCtx(log).Overdub(() =>
                Deep.Branches(7, [8]) + Deep.Branches<string?>("ab", ["x", null]) + Deep.Branches<string?>(null, []));

            public static int Growing(List<string> log) => new NumberCtx(log).Overdub(() =>
            {
                Deep.Lists(1, 11);
                return 0;
            });

            public static int Mutual(List<string> log) => new NumberCtx(log).Overdub(() => Deep.Loop(1, 2) + Deep.Loop("", 1));

            static int NestedBody(List<string> log) => Deep.Two(1) + new NumberCtx(log).Overdub(() => Deep.Two(2).ToString().Length + Deep.Two("xy").Length);

            public static int Nested(List<string> log) => new OuterCtx(log).Overdub(() => NestedBody(log));

            public static int Counted(List<string> log) => new CallCtx(log).Overdub(() => Deep.Twice(20) + Deep.Twice("abc").Length);

            public static int Plain(List<string> log) => new PlainCtx(log).Overdub(() => Deep.Two(1) + Deep.Two("abc").Length);

            public static int Open(List<string> log) => new NumberCtx(log).Overdub(() => new Box<int>(6).Open());

            public static int Delegates(List<string> log) => new NumberCtx(log).Overdub(Deep.Two<int>, 6);

            [MethodImpl(MethodImplOptions.NoInlining)]
            static int Throwing(Box<int>? box)
            {
                var n = 1;
        #line 500
                return n + box!.Fail("why" + n);
        #line default
            }

            public static int Null() => new NumberCtx([]).Overdub(() => Throwing(null));

            public static int Throws() => new NumberCtx([]).Overdub(() => Throwing(new Box<int>(1)));

            public static string Static(List<string> log) => new NumberCtx(log).Overdub(() => "" + Marked<int>.Pass(3) + Marked<string>.Pass("m"));
        }
        """;

    [Theory, Builds]
    public void A_rule_sees_through_two_and_three_generic_methods(OptimizationLevel build) =>
        AssertRun(
            build, "Program.DeepCalls", "1a(2.5, b)",
            "number Int32", "any String", "number Double", "any String");

    [Theory, Builds]
    public void A_primitive_takes_only_the_types_that_its_constraints_allow(OptimizationLevel build) =>
        Assert.Equal("8,x,3.0", Woven(build).Load().Run<string>("Program.Values"));

    [Theory, Builds]
    public void In_generic_types_too(OptimizationLevel build) =>
        AssertRun(
            build, "Program.Types", "2us319",
            // Of and Write of both boxes, Read of both.
            "number Int32", "number Int32", "any String", "any String", "number Int32", "any String",
            // As, twice as it recurses, then once: other and value.
            "any String", "number Int32", "any String", "number Int32", "number Int64", "any String",
            // Inner.
            "number Int32");

    [Theory, Builds]
    public void In_structs_and_in_methods_that_alone_are_generic(OptimizationLevel build) =>
        AssertRun(
            build, "Program.Receivers", "3qrc52generic1int4",
            "number Double", "number Double", "any String", "any String", "number Double", "any String",
            "number Char", "number Int32", "number Int32", "number Int32");

    [Theory, Builds]
    public void Bodies_with_branches_handlers_and_patterns_stay_what_they_are(OptimizationLevel build) =>
        AssertRun(
            build, "Program.Flow", "i70Int32onabnull",
            "number Int32", "number Int32", "any String", "any String", "any String", "any String");

    [Theory, Builds]
    public void Type_arguments_that_grow_with_every_call_come_to_an_end(OptimizationLevel build)
    {
        var woven = Woven(build);
        var log = new List<string>();
        woven.Load().Run("Program.Growing", log);
        // One call for each depth: the first has the number, the others lists.
        Assert.Equal(["number Int32", .. Enumerable.Repeat("any List`1", 11)], log);
        var clones = woven.Result.Plan!.Clones.Where(c => c.Method.Name == "Lists" && c.Stack.Name == "NumberCtx").ToList();
        Assert.Single(clones, c => c.Instance is null);
        Assert.InRange(clones.Count, 3, 12);
        // Where the limit is reached, the clone is shared, and cannot decide.
        Assert.Contains(woven.Diagnostics, d => d.Id == "CAS328" && d.Message.Contains("Deep.Lists<T>", StringComparison.Ordinal));
    }

    [Theory, Builds]
    public void Methods_that_call_each_other_in_a_circle_are_specialised_together(OptimizationLevel build) =>
        AssertRun(build, "Program.Mutual", 3, "number Int32", "number Int32", "any String");

    [Theory, Builds]
    public void Whatever_a_generic_body_does_with_its_parameter_it_does_with_the_argument(OptimizationLevel build) =>
        AssertRun(
            build, "Program.Hards",
            // 1.5 + 1; caught, twice; 4, p; two of 1, 2, 3 are greater, and the first hit; z = 1, w = 3; b and c; 66 and 6; x and yz.
            "2.5FormatExceptionfFormatExceptiong4p" + "313" + "3ac" + "666" + "3",
            "number Double", "number Int32", "number Int32", "any String", "any String", "number Int64", "any String", "number Int32", "any String",
            "number Byte", "number Byte", "any String", "any String");

    [Theory, Builds]
    public void A_virtual_method_that_is_called_exactly_is_specialised(OptimizationLevel build) =>
        AssertRun(
            build, "Program.Exact", "shape51round5shapes2rounds",
            "number Int32", "number Int32", "any String", "any String");

    [Theory, Builds]
    public void A_null_receiver_is_found_after_the_arguments(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal("null", Woven(build).Load().Run("Program.NullAfterArguments", log));
        Assert.Equal(["argument"], log);
    }

    [Theory, Builds]
    public void A_call_that_a_rule_takes_is_repeated_in_the_outer_context(OptimizationLevel build) =>
        AssertRun(build, "Program.CallInside", 21, "call Twice", "outer Int32");

    [Theory, Builds]
    public void Both_of_two_nested_contexts_decide(OptimizationLevel build) =>
        // The inner level's hook is written first, and so runs nearer to the call: the outer hook sees the call that is left.
        AssertRun(build, "Program.Nested", 1 + 1 + 2, "outer Int32", "number Int32", "outer Int32", "any String");

    [Theory, Builds]
    public void A_rule_that_takes_the_call_itself_is_decided(OptimizationLevel build) =>
        AssertRun(build, "Program.Counted", 21 + 3, "call Twice");

    [Theory, Builds]
    public void Clones_are_shared_where_nothing_depends_on_the_arguments(OptimizationLevel build)
    {
        var woven = Woven(build);
        var log = new List<string>();
        Assert.Equal(4, woven.Load().Run<int>("Program.Plain", log));
        Assert.Equal(["int", "object"], log);
        Assert.DoesNotContain(woven.Result.Plan!.Clones, c => c.Stack.Name == "PlainCtx" && c.Instance != null);
        // Nor is there a shared clone that nothing calls.
        Assert.DoesNotContain(woven.Result.Plan!.Clones, c => c.Stack.Name == "DoubleCtx" && c.Method.Name == "Twice" && c.Method.DeclaringType.Name == "Deep" && c.Instance is null);
    }

    [Theory, Builds]
    public void What_stays_undecided_is_said(OptimizationLevel build)
    {
        var woven = Woven(build);
        Assert.Equal(6, woven.Load().Run<int>("Program.Open", new List<string>()));
        Assert.Equal(6, woven.Load().Run<int>("Program.Delegates", new List<string>()));
        AssertUndecided(woven, "Box<T>.Open()");
        AssertUndecided(woven, "Deep.One<T>(T)");
        Assert.DoesNotContain(woven.Diagnostics, d => d.Id == "CAS328" && d.Message.Contains("Deep.Both", StringComparison.Ordinal));
    }

    [Theory, Builds]
    public void A_call_that_leaves_is_reported_once_for_all_clones_of_its_method(OptimizationLevel build)
    {
        var woven = CompiledProgram.Compile(build, Source).Weave("<Cassette Report='true' />");
        var numbers = Assert.Single(woven.Result.Report!.Contexts, c => c.Name == "NumberCtx");
        Assert.Single(numbers.Leaving, c => c.Callee.Contains("Exception.get_Message", StringComparison.Ordinal) && c.Caller.Contains("Hard.Caught", StringComparison.Ordinal));
        Assert.Contains(numbers.Clones, c => c.Method == "Hard.Caught<int, System.FormatException>(int, System.Exception)");
    }

    [Theory, Builds]
    public void A_null_receiver_throws_where_it_is_called(OptimizationLevel build)
    {
        var thrown = Assert.Throws<NullReferenceException>(() => Woven(build).Load().Run("Program.Null"));
        var top = thrown.StackTrace!.Split('\n')[0];
        Assert.Contains("Throwing", top, StringComparison.Ordinal);
        Assert.Contains(":line 500", top, StringComparison.Ordinal);
    }

    [Theory, Builds]
    public void Stack_traces_name_the_authors_methods_and_lines(OptimizationLevel build)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Woven(build).Load().Run("Program.Throws"));
        string[] frames = [.. thrown.StackTrace!.Split('\n').Take(3)];
        Assert.Contains("Leaf.Fail<int>@", frames[0], StringComparison.Ordinal);
        Assert.Contains("Box`1.Fail@", frames[1], StringComparison.Ordinal);
        Assert.Contains("Throwing@", frames[2], StringComparison.Ordinal);
        Assert.All(frames, frame => Assert.Contains(":line ", frame, StringComparison.Ordinal));
        Assert.Contains(":line 500", frames[2], StringComparison.Ordinal);
    }

    [Theory, Builds]
    public void Static_constructors_run_when_they_ran(OptimizationLevel build)
    {
        var program = Woven(build).Load();
        var log = new List<string>();
        Assert.Equal("3m", program.Run<string>("Program.Static", log));
        Assert.Equal(["number Int32", "any String"], log);
        var events = (List<string>)program.Assembly.GetType("Program")!.GetField("Events")!.GetValue(null)!;
        Assert.Equal(["cctor Int32", "pass", "cctor String", "pass"], events);
    }

    private static readonly Lazy<WovenProgram> Debug = new(() => CompiledProgram.Compile(OptimizationLevel.Debug, Source).Weave().Verified());

    private static readonly Lazy<WovenProgram> Release = new(() => CompiledProgram.Compile(OptimizationLevel.Release, Source).Weave().Verified());

    /// <summary>Woven once a build; each test loads it anew, with statics of its own.</summary>
    private static WovenProgram Woven(OptimizationLevel build) => (build == OptimizationLevel.Debug ? Debug : Release).Value;

    private static void AssertUndecided(WovenProgram woven, string caller) =>
        Assert.Single(woven.Diagnostics, d => d.Id == "CAS328" && d.Severity == Cassette.Fody.Reporting.DiagnosticSeverity.Warning
            && d.Message.Contains("'NumberCtx.Number", StringComparison.Ordinal) && d.Message.Contains("in '" + caller + "'", StringComparison.Ordinal));

    private static void AssertRun(OptimizationLevel build, string method, object result, params string[] expected)
    {
        var log = new List<string>();
        Assert.Equal(result, Woven(build).Load().Run(method, log));
        Assert.Equal(expected, log);
    }
}
