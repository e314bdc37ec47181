using System.Linq;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

/// <summary>How the arguments of a rule's call are made of the intercepted call's values.</summary>
public class OperandTests
{
    private const string Program = """
        struct Point { public int X; public readonly void Show() { } public void Move() { } }
        static class Lib
        {
            public static void Refs(ref int a, in string b, out double c) { c = 1; }
            public static void Spans(Span<byte> a, int b) { }
            public static void Nine(int a, int b, int c, int d, int e, int f, int g, string h, double i) { }
            public static void None() { }
            public static unsafe void Pointer(int* p) { }
            public static object Box(object o) => o;
            public static double Half(double d) => d / 2;
            public static ref int Ref(int[] a) => ref a[0];
            public static Task<int> Later() => Task.FromResult(1);
            public static Task Done() => Task.CompletedTask;
            public static void List(List<string> l, object o) { }
            public static Span<int> Slice() => default;
        }
        static class Program
        {
            public static unsafe void Run()
            {
                int i = 0; double d;
                Lib.Refs(ref i, "", out d); Lib.Spans(default, 1); Lib.Nine(1, 2, 3, 4, 5, 6, 7, "", 9); Lib.None(); Lib.Pointer(&i);
                Lib.Box(1); Lib.Half(1); Lib.Ref(new int[1]); Lib.Later(); Lib.Done(); Lib.List(null!, 1); Lib.Slice();
                var p = new Point(); p.Show(); p.Move(); new List<int>(4); i.ToString(); new Random();
            }
            public static void Open<T, U>(T t, List<T> l, U u) where U : IComparable<U>
            {
                Take(t); Take(l); t!.ToString(); u.CompareTo(u); Give<T>();
            }
            static void Take<V>(V v) { }
            static V Give<V>() => default!;
        }
        """;

    private static RuleSubject Subject(string rules) => RuleSubject.Of("readonly record struct Ctx : IContext { " + rules + " }\n" + Program);

    /// <summary><c>Source(steps)</c> of each operand but the context.</summary>
    private static string Operands(string rule, string callee, RuleKind kind = RuleKind.Prehook, string caller = "Run")
    {
        using var subject = Subject(rule);
        var selection = subject.Select(kind, callee, caller: caller);
        Assert.Empty(subject.Diagnostics);
        return selection.IsEmpty ? "no match" : string.Join(" ", selection.Bindings.Single().Operands.Skip(1).Select(Describe));
    }

    private static string Describe(RuleOperand operand) => operand.Source switch
    {
        OperandSource.ObjectArray => "[" + string.Join("; ", operand.Elements.Select(e => e.Steps)) + "]",
        OperandSource.Tuple => operand.Type.DisplayName.Replace("System.ValueTuple", "VT") + "(" + string.Join("; ", operand.Elements.Select(e => e.Steps)) + ")",
        OperandSource.Argument => operand.Argument + ":" + operand.Conversion.Steps,
        OperandSource.Output or OperandSource.Exception => operand.Source + ":" + operand.Conversion.Steps,
        _ => operand.Source.ToString(),
    };

    [Theory]
    [InlineData("[Prehook] static void P(Ctx c, JoinPoint f, params object?[] a) {}", "Nine", "JoinPoint [Box; Box; Box; Box; Box; Box; Box; None; Box]")]
    [InlineData("[Prehook] static void P(Ctx c, int x, params object?[] a) {}", "Spans", "no match")]
    [InlineData("[Prehook] static void P(Ctx c, int x, params object?[] a) {}", "Nine", "0:None [Box; Box; Box; Box; Box; Box; None; Box]")]
    // References are read, but an out argument has no value yet.
    [InlineData("[Prehook] static void P(Ctx c, params object?[] a) {}", "Refs", "[Load, Box; Load; Placeholder]")]
    [InlineData("[Prehook] static void P(Ctx c, params object?[] a) {}", "Spans", "[Placeholder; Box]")]
    [InlineData("[Prehook] static void P(Ctx c, params object?[] a) {}", "Pointer", "[Placeholder]")]
    [InlineData("[Prehook] static void P(Ctx c, params object?[] a) {}", "Move", "[Load, Box]")]
    [InlineData("[Prehook] static void P(Ctx c, params object?[] a) {}", "None", "[]")]
    public void Objects_are_boxed(string rule, string callee, string operands) => Assert.Equal(operands, Operands(rule, callee));

    [Theory]
    [InlineData("None", "VT()")]
    [InlineData("Half", "VT<double>(None)")]
    [InlineData("Spans", "VT<Cassette.Unboxable, int>(Placeholder; None)")]
    [InlineData("Refs", "VT<int, string, Cassette.Unboxable>(Load; Load; Placeholder)")]
    [InlineData("Nine", "VT<int, int, int, int, int, int, int, VT<string, double>>(None; None; None; None; None; None; None; None; None)")]
    public void Tuples_keep_values_unboxed(string callee, string operands) =>
        Assert.Equal(operands, Operands("[Prehook] static void P<A>(Ctx c, A a) where A : struct, ITuple {}", callee));

    [Theory]
    [InlineData("[Prehook] static void P(Ctx c, ref int a, in string b, ref double d) {}", "0:None 1:None 2:None")]
    [InlineData("[Prehook] static void P(Ctx c, int a, string b, ref double d) {}", "0:Load 1:Load 2:None")]
    [InlineData("[Prehook] static void P(Ctx c, object a, object b, ref double d) {}", "0:Load, Box 1:Load 2:None")]
    [InlineData("[Prehook] static void P<T>(Ctx c, T a, string b, ref double d) where T : struct {}", "0:Load 1:Load 2:None")]
    [InlineData("[Prehook] static void P(Ctx c, ref long a, string b, ref double d) {}", "no match")]
    [InlineData("[Prehook] static void P(Ctx c, int a, string b, double d) {}", "no match")]
    [InlineData("[Prehook] static void P(Ctx c, int a, string b, in double d) {}", "no match")]
    public void References_are_taken_or_copied(string rule, string operands) => Assert.Equal(operands, Operands(rule, "Refs"));

    [Fact]
    public void After_the_call_an_out_argument_has_its_value() =>
        Assert.Equal("JoinPoint 0:Load 1:Load 2:Load", Operands("[Posthook] static void P(Ctx c, JoinPoint f, int a, string b, double d) {}", "Refs", RuleKind.Posthook));

    [Theory]
    [InlineData("[Overdub(typeof(Lib), \"Refs\")] static void P(Ctx c, ref int a, in string b, out double d) => d = 2;", "0:None 1:None 2:None")]
    [InlineData("[Overdub(typeof(Lib), \"Refs\")] static void P(Ctx c, int a, string b, out double d) => d = 2;", "0:Load 1:Load 2:None")]
    public void A_primitive_can_assign_out_arguments(string rule, string operands) => Assert.Equal(operands, Operands(rule, "Refs", RuleKind.Overdub));

    [Theory]
    [InlineData("[Prehook] static void P(Ctx c, Span<byte> s, int b) {}", "0:None 1:None")]
    [InlineData("[Prehook] static void P<T>(Ctx c, T s, int b) where T : allows ref struct {}", "0:None 1:None")]
    [InlineData("[Prehook] static void P<T>(Ctx c, Span<T> s, int b) {}", "0:None 1:None")]
    [InlineData("[Prehook] static void P<T>(Ctx c, T s, int b) {}", "no match")]
    [InlineData("[Prehook] static void P(Ctx c, object s, int b) {}", "no match")]
    public void Spans_reach_parameters_that_can_hold_them(string rule, string operands) => Assert.Equal(operands, Operands(rule, "Spans"));

    [Theory]
    [InlineData("[Prehook(typeof(Point), \"Show\")] static void P(Ctx c, Point p) {}", "Show", "0:Load")]
    [InlineData("[Prehook(typeof(Point), \"Move\")] static void P(Ctx c, ref Point p) {}", "Move", "0:None")]
    [InlineData("[Prehook(typeof(int), \"ToString\")] static void P(Ctx c, int i) {}", "ToString", "0:Load")]
    // The created object is the result; it has no receiver.
    [InlineData("[Prehook(typeof(List<>), Access.New)] static void P(Ctx c, int capacity) {}", ".ctor", "0:None")]
    public void The_receiver_comes_first(string rule, string callee, string operands) => Assert.Equal(operands, Operands(rule, callee));

    [Theory]
    [InlineData("[Posthook] static void P(Ctx c, object? o) {}", "None", "Output:Absent")]
    [InlineData("[Posthook] static void P<T>(Ctx c, T o) {}", "None", "Output:Absent")]
    [InlineData("[Posthook] static void P(Ctx c, object? o) {}", "Half", "Output:Box")]
    [InlineData("[Posthook] static void P(Ctx c, object? o) {}", "Box", "Output:None")]
    [InlineData("[Posthook] static void P(Ctx c, object? o) {}", "Slice", "Output:Placeholder")]
    [InlineData("[Posthook] static void P<T>(Ctx c, T o) where T : allows ref struct {}", "Slice", "Output:None")]
    [InlineData("[Posthook] static void P<T>(Ctx c, T o) {}", "Slice", "no match")]
    [InlineData("[Posthook] static void P(Ctx c, int o) {}", "Ref", "Output:Load")]
    [InlineData("[Posthook] static void P(Ctx c, IComparable o) {}", "Half", "Output:Box")]
    [InlineData("[Posthook] static void P(Ctx c, double o) {}", "Box", "Output:Cast")]
    // A hook that waits gets the task's result, one that does not the task.
    [InlineData("[Posthook(Await = true)] static void P(Ctx c, int o) {}", "Later", "Output:None")]
    [InlineData("[Posthook] static void P(Ctx c, int o) {}", "Later", "no match")]
    [InlineData("[Posthook(Await = true)] static void P(Ctx c, object? o) {}", "Done", "Output:Absent")]
    public void The_output_is_converted(string rule, string callee, string operands) => Assert.Equal(operands, Operands(rule, callee, RuleKind.Posthook));

    [Theory]
    [InlineData("[Posthook] static object? P(Ctx c, object? o) => o;", "Half", RuleResult.Replace, ConversionSteps.Cast)]
    [InlineData("[Posthook] static double P(Ctx c, double o) => o;", "Half", RuleResult.Replace, ConversionSteps.None)]
    [InlineData("[Posthook] static double P(Ctx c, double o) => o;", "Box", RuleResult.Replace, ConversionSteps.Box)]
    [InlineData("[Posthook] static T P<T>(Ctx c, T o) => o;", "None", RuleResult.Discard, ConversionSteps.None)]
    [InlineData("[Posthook] static void P(Ctx c, object? o) {}", "Half", RuleResult.None, ConversionSteps.None)]
    public void What_a_posthook_returns_replaces_the_output(string rule, string callee, RuleResult result, ConversionSteps steps)
    {
        using var subject = Subject(rule);
        var binding = subject.Select(RuleKind.Posthook, callee).Bindings.Single();
        Assert.Equal(result, binding.Result);
        Assert.Equal(steps, binding.ResultConversion.Steps);
    }

    [Fact]
    public void A_prehook_may_stop_overdubbing()
    {
        using var subject = Subject("[Prehook] static bool P(Ctx c) => true;");
        Assert.Equal(RuleResult.Proceed, subject.Select(RuleKind.Prehook, "None").Bindings.Single().Result);
    }

    [Fact]
    public void A_catch_all_is_instantiated_with_the_calls_struct()
    {
        using var subject = Subject("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback();");
        var binding = subject.Select(RuleKind.Overdub, "None").Bindings.Single();
        Assert.True(binding.TakesCall);
        Assert.Equal(RuleResult.Discard, binding.Result);
        Assert.Equal("Ctx.A<Point, Cassette.Nothing>(Ctx, Point)", binding.MethodFor(subject.Type("Point")).DisplayName);
        Assert.Equal("Ctx.A<Point, double>(Ctx, Point)", subject.Select(RuleKind.Overdub, "Half").Bindings.Single().MethodFor(subject.Type("Point")).DisplayName);
    }

    [Theory]
    // A struct cannot hold a span, a pointer or a reference; a readonly struct's receiver may as well be a copy.
    [InlineData("", "Half", true)]
    [InlineData("", "Spans", false)]
    [InlineData("", "Refs", false)]
    [InlineData("", "Pointer", false)]
    [InlineData("", "Move", false)]
    [InlineData("", "ToString", true)]
    [InlineData(", allows ref struct", "Spans", true)]
    [InlineData(", allows ref struct", "Move", true)]
    public void A_catch_all_gets_the_calls_that_its_struct_can_hold(string more, string callee, bool matches)
    {
        using var subject = Subject("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R>" + more + " => k.Fallback();");
        Assert.Equal(matches, !subject.Select(RuleKind.Overdub, callee).IsEmpty);
    }

    [Fact]
    public void A_parameter_inside_another_type_fixes_one_that_stands_alone()
    {
        using var subject = Subject("[Prehook] static void P<T>(Ctx c, List<T> l, T t) {} ");
        var binding = subject.Select(RuleKind.Prehook, "List").Bindings.Single();
        Assert.Equal("Ctx.P<string>(Ctx, System.Collections.Generic.List<string>, string)", binding.Method.DisplayName);
        Assert.Equal("string", Assert.Single(binding.Tests).Type.DisplayName);
    }

    [Fact]
    public void A_constraint_binds_what_no_parameter_does()
    {
        using var subject = Subject("[Prehook] static void P<L, T>(Ctx c, L l, object o) where L : IList<T> {} ");
        Assert.Equal(
            "Ctx.P<System.Collections.Generic.List<string>, string>(Ctx, System.Collections.Generic.List<string>, object)",
            subject.Select(RuleKind.Prehook, "List").Bindings.Single().Method.DisplayName);
    }

    [Theory]
    // In generic code a test on the boxed value decides: the JIT folds it once the type argument is known.
    [InlineData("[Prehook(typeof(Program), \"Take\")] static void P(Ctx c, int i) {}", "Take", "0:Box, Cast")]
    [InlineData("[Prehook(typeof(Program), \"Take\")] static void P<T>(Ctx c, T i) {}", "Take", "0:None")]
    [InlineData("[Prehook] static void P<T>(Ctx c, T i, T j) where T : IComparable<T> {}", "CompareTo", "0:Load 1:None")]
    public void Open_types_are_tested_at_run_time(string rule, string callee, string operands) => Assert.Equal(operands, Operands(rule, callee, caller: "Open"));

    [Fact]
    public void What_only_a_type_argument_can_decide_is_said_to_be_undecided()
    {
        using var subject = Subject("[Prehook] static void N<T>(Ctx c, T i) where T : INumber<T> {} [Overdub] static int G(Ctx c) => 1;");
        var take = subject.Select(RuleKind.Prehook, "Take", caller: "Open");
        Assert.True(take.IsEmpty);
        Assert.Equal(["N"], take.Undecided.Select(rule => rule.Definition.Name));
        Assert.Equal(["G"], subject.Select(RuleKind.Overdub, "Give", caller: "Open").Undecided.Select(rule => rule.Definition.Name));
        Assert.Empty(subject.Select(RuleKind.Prehook, "Box").Undecided);
    }
}
