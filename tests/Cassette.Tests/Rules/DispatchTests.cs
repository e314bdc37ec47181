using System.Linq;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

public class DispatchTests
{
    private const string Shapes = """
        interface IShape { }
        interface ISized { }
        class Circle : IShape { }
        sealed class Dot : Circle, ISized { }
        static class Lib
        {
            public static void Text(string s) { }
            public static void Anything(object o) { }
            public static void Number(int n) { }
            public static void Pair(object a, object b) { }
            public static void Maybe(int? n) { }
            public static void Round(Circle c) { }
            public static int Get() => 1;
            public static object Make() => 1;
            public static void Nothing() { }
            public static void Wide(IShape s) { }
        }
        static class Program
        {
            public static void Run()
            {
                Lib.Text(""); Lib.Anything(""); Lib.Number(1); Lib.Pair(1, 2); Lib.Maybe(3); Lib.Round(new Dot()); Lib.Get(); Lib.Make(); Lib.Nothing(); Lib.Wide(new Circle());
                Math.Sin(1.0);
            }
        }
        """;

    private static RuleSubject Subject(string rules) => RuleSubject.Of("readonly record struct Ctx : IContext { " + rules + " }\n" + Shapes);

    private static string Order(string rules, string callee, RuleKind kind = RuleKind.Prehook)
    {
        using var subject = Subject(rules);
        var order = subject.Order(kind, callee);
        Assert.Empty(subject.Diagnostics);
        return order;
    }

    [Theory]
    // A subtype goes before its base, whatever the order of declaration.
    [InlineData("[Prehook] static void Obj(Ctx c, object o) {} [Prehook] static void Str(Ctx c, string s) {}", "Text", "Str")]
    // Where the static type is wider, the narrower rule is tried first, at run time.
    [InlineData("[Prehook] static void Obj(Ctx c, object o) {} [Prehook] static void Str(Ctx c, string s) {}", "Anything", "Str[0:string] Obj")]
    // int is no string: the test can never hold, so that there is none.
    [InlineData("[Prehook] static void Obj(Ctx c, object o) {} [Prehook] static void Str(Ctx c, string s) {}", "Number", "Obj")]
    // A chain of three.
    [InlineData("[Prehook] static void S(Ctx c, IShape o) {} [Prehook] static void D(Ctx c, Dot s) {} [Prehook] static void C(Ctx c, Circle s) {}", "Anything", "D[0:Dot] C[0:Circle] S[0:IShape]")]
    [InlineData("[Prehook] static void S(Ctx c, IShape o) {} [Prehook] static void D(Ctx c, Dot s) {} [Prehook] static void C(Ctx c, Circle s) {}", "Round", "D[0:Dot] C")]
    // A boxed int is found in an object; a Nullable has a value or has not.
    [InlineData("[Prehook] static void I(Ctx c, int o) {}", "Anything", "I[0:int]")]
    [InlineData("[Prehook] static void I(Ctx c, int o) {}", "Maybe", "I[0:int]")]
    [InlineData("[Prehook] static void I(Ctx c, int o) {} [Prehook] static void N(Ctx c, int? o) {}", "Maybe", "I[0:int] N")]
    [InlineData("[Prehook] static void I(Ctx c, int o) {} [Prehook] static void N(Ctx c, int? o) {}", "Number", "I")]
    [InlineData("[Prehook] static void N(Ctx c, int? o) {}", "Number", "N")]
    [InlineData("[Prehook] static void L(Ctx c, long o) {}", "Number", "")]
    // Generic against concrete, constrained against not, and object last of all.
    [InlineData("[Prehook] static void G<T>(Ctx c, T o) {} [Prehook] static void I(Ctx c, int o) {}", "Number", "I")]
    [InlineData("[Prehook] static void G<T>(Ctx c, T o) {} [Prehook] static void N<T>(Ctx c, T o) where T : INumber<T> {}", "Number", "N")]
    [InlineData("[Prehook] static void G<T>(Ctx c, T o) {} [Prehook] static void N<T>(Ctx c, T o) where T : INumber<T> {}", "Text", "G")]
    [InlineData("[Prehook] static void O(Ctx c, object o) {} [Prehook] static void G<T>(Ctx c, T o) {}", "Number", "G")]
    [InlineData("[Prehook] static void S(Ctx c, IShape o) {} [Prehook] static void G<T>(Ctx c, T o) where T : IShape {}", "Wide", "S")]
    [InlineData("[Prehook] static void S(Ctx c, IShape o) {} [Prehook] static void G<T>(Ctx c, T o) where T : Circle {}", "Round", "G")]
    // Fixed arity goes before a typed prefix, that before a catch-all.
    [InlineData("[Prehook] static void A(Ctx c, JoinPoint f, params object?[] r) {} [Prehook] static void P(Ctx c, JoinPoint f, int x, params object?[] r) {}", "Number", "P")]
    [InlineData("[Prehook] static void P(Ctx c, JoinPoint f, int x, params object?[] r) {} [Prehook] static void F(Ctx c, JoinPoint f, int x) {}", "Number", "F")]
    [InlineData("[Prehook] static void A(Ctx c) {} [Prehook] static void F(Ctx c, object x) {}", "Number", "F")]
    // The diagonal: the same type twice is narrower than any two.
    [InlineData("[Prehook] static void D<T>(Ctx c, T a, T b) {} [Prehook] static void P<T, U>(Ctx c, T a, U b) {}", "Pair", "D")]
    // A target goes before none, a member before a pointcut.
    [InlineData("[Prehook] static void A(Ctx c) {} [Prehook(typeof(Math), \"Sin\")] static void T(Ctx c) {} [Prehook(\"call(* Math.*(..))\")] static void P(Ctx c) {}", "Sin", "T")]
    [InlineData("[Prehook] static void A(Ctx c) {} [Prehook(\"call(* Math.*(..))\")] static void P(Ctx c) {}", "Sin", "P")]
    [InlineData("[Prehook(typeof(Lib), Access.Call)] static void T(Ctx c) {} [Prehook(typeof(Lib), \"Get\")] static void M(Ctx c) {}", "Get", "M")]
    public void The_most_specific_prehook_runs(string rules, string callee, string order) => Assert.Equal(order, Order(rules, callee));

    [Theory]
    // Without an output parameter, and with an object, calls are seen whatever they return.
    [InlineData("[Posthook] static void P(Ctx c) {}", "Nothing", "P")]
    [InlineData("[Posthook] static void P(Ctx c, JoinPoint f) {}", "Nothing", "P")]
    [InlineData("[Posthook] static void P(Ctx c, JoinPoint f, params object?[] a) {}", "Get", "P")]
    [InlineData("[Posthook] static void P(Ctx c, object? o, JoinPoint f, params object?[] a) {}", "Nothing", "P")]
    [InlineData("[Posthook] static void P(Ctx c, object? o, JoinPoint f, params object?[] a) {}", "Get", "P")]
    // A typed output sees only calls that return it, or an object that turns out to be it.
    [InlineData("[Posthook] static void P(Ctx c, int o, JoinPoint f) {}", "Nothing", "")]
    [InlineData("[Posthook] static void P(Ctx c, int o, JoinPoint f) {}", "Get", "P")]
    [InlineData("[Posthook] static void P(Ctx c, double o, JoinPoint f) {}", "Get", "")]
    [InlineData("[Posthook] static void P(Ctx c, int o, JoinPoint f) {} [Posthook] static void O(Ctx c, object? o, JoinPoint f) {}", "Make", "P[output:int] O")]
    [InlineData("[Posthook] static void P(Ctx c) {} [Posthook] static void O(Ctx c, object? o) {}", "Make", "O")]
    // A generic output stands for Nothing where there is none, unless a constraint keeps that out.
    [InlineData("[Posthook] static void P<T>(Ctx c, T o, JoinPoint f) {}", "Nothing", "P")]
    [InlineData("[Posthook] static void P<T>(Ctx c, T o, JoinPoint f) where T : INumber<T> {}", "Nothing", "")]
    [InlineData("[Posthook] static void P<T>(Ctx c, T o, JoinPoint f) where T : INumber<T> {}", "Get", "P")]
    public void A_posthook_sees_the_calls_that_its_output_says(string rules, string callee, string order) =>
        Assert.Equal(order, Order(rules, callee, RuleKind.Posthook));

    [Theory]
    [InlineData("[Throwhook] static void E(Ctx c, Exception e) {} [Throwhook] static void I(Ctx c, IOException e) {}", "I[exception:System.IO.IOException] E")]
    [InlineData("[Throwhook] static void I(Ctx c, FileNotFoundException e) {} [Throwhook] static void E(Ctx c, IOException e, JoinPoint f) {}", "I[exception:System.IO.FileNotFoundException] E[exception:System.IO.IOException]")]
    [InlineData("[Throwhook] static void G<T>(Ctx c, T e) where T : Exception {}", "G")]
    public void Throwhooks_are_tried_by_exception(string rules, string order) => Assert.Equal(order, Order(rules, "Get", RuleKind.Throwhook));

    [Theory]
    // A primitive returns what the call returns.
    [InlineData("[Overdub] static double D(Ctx c, double x) => x;", "Sin", "D")]
    [InlineData("[Overdub] static int D(Ctx c, double x) => 0;", "Sin", "")]
    [InlineData("[Overdub] static object? D(Ctx c, double x) => null;", "Sin", "")]
    [InlineData("[Overdub] static T D<T>(Ctx c, T x) => x;", "Sin", "D")]
    [InlineData("[Overdub] static T D<T>(Ctx c, JoinPoint f, params object?[] a) => default!;", "Get", "D")]
    [InlineData("[Overdub] static string D(Ctx c) => \"\";", "Make", "D")]
    [InlineData("[Overdub] static void D(Ctx c) { }", "Nothing", "D")]
    [InlineData("[Overdub] static void D(Ctx c) { }", "Get", "")]
    // Catch-alls: every call, those of one result, those whose arguments fit a tuple; the narrower first.
    [InlineData("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback();", "Nothing", "A")]
    [InlineData("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback(); [Overdub] static int I<C>(Ctx c, C k) where C : struct, ICall<int> => 0;", "Get", "I")]
    [InlineData("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback(); [Overdub] static int I<C>(Ctx c, C k) where C : struct, ICall<int> => 0;", "Make", "A")]
    [InlineData("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback(); [Overdub] static R T<C, A, R>(Ctx c, C k) where C : struct, ICall<A, R> where A : struct, ITuple => k.Fallback();", "Sin", "T")]
    [InlineData("[Overdub] static R A<C, R>(Ctx c, C k) where C : struct, ICall<R> => k.Fallback(); [Overdub] static double S(Ctx c, double x) => x;", "Sin", "S")]
    public void A_primitive_fits_arguments_and_result(string rules, string callee, string order) =>
        Assert.Equal(order, Order(rules, callee, RuleKind.Overdub));

    [Fact]
    public void Kinds_do_not_compete()
    {
        using var subject = Subject("[Prehook] static void A(Ctx c) {} [Throwhook] static void B(Ctx c, Exception e) {}");
        Assert.Equal("A", subject.Order(RuleKind.Prehook, "Get"));
        Assert.Equal("B", subject.Order(RuleKind.Throwhook, "Get"));
        Assert.True(subject.Select(RuleKind.Overdub, "Get").IsEmpty);
    }

    [Fact]
    public void A_selection_is_total_when_its_last_rule_needs_no_test()
    {
        using var subject = Subject("[Prehook] static void S(Ctx c, string s) {}");
        Assert.True(subject.Select(RuleKind.Prehook, "Text").IsTotal);
        Assert.False(subject.Select(RuleKind.Prehook, "Anything").IsTotal);
        Assert.False(subject.Select(RuleKind.Prehook, "Number").IsTotal);
    }

    [Fact]
    public void The_same_question_gets_the_same_answer_object()
    {
        using var subject = Subject("[Prehook] static void S(Ctx c, string s) {}");
        Assert.Same(subject.Select(RuleKind.Prehook, "Anything"), subject.Select(RuleKind.Prehook, "Anything"));
        Assert.Equal(["S"], subject.Select(RuleKind.Prehook, "Anything").Bindings.Select(b => b.Method.Name));
    }
}
