using System.Linq;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

public class TieTests
{
    private const string Program = """

        interface IA { }
        interface IB { }
        class Both : IA, IB { }
        sealed class Left { }
        sealed class Right { }
        class Open { }
        static class Lib { public static void Any(object o) { } public static void Two(object a, object b) { } public static void Int(int a, int b) { } public static void Take(Both b) { } }
        static class Program { public static void Run() { Lib.Any(1); Lib.Two(1, 2); Lib.Int(1, 2); Lib.Take(null!); } }
        """;

    private static RuleSubject Subject(string rules) => RuleSubject.Of("readonly record struct Ctx : IContext {\n" + rules + "\n}" + Program);

    [Theory]
    // The same in every coordinate.
    [InlineData("[Prehook] static void A(Ctx c) {}\n[Prehook] static void B(Ctx c, JoinPoint f) {}", "Any")]
    [InlineData("[Prehook] static void A(Ctx c, JoinPoint f, params object?[] a) {}\n[Prehook] static void B<T>(Ctx c, T a) where T : struct, ITuple {}", "Any")]
    // Each narrower in one argument.
    [InlineData("[Prehook] static void A(Ctx c, object a, int b) {}\n[Prehook] static void B(Ctx c, int a, object b) {}", "Int")]
    [InlineData("[Prehook] static void A(Ctx c, object a, string b) {}\n[Prehook] static void B(Ctx c, string a, object b) {}", "Two")]
    // An object can be two interfaces at once, and an open class an interface.
    [InlineData("[Prehook] static void A(Ctx c, IA a) {}\n[Prehook] static void B(Ctx c, IB a) {}", "Any")]
    [InlineData("[Prehook] static void A(Ctx c, IA a) {}\n[Prehook] static void B(Ctx c, IB a) {}", "Take")]
    [InlineData("[Prehook] static void A(Ctx c, Open a) {}\n[Prehook] static void B(Ctx c, IB a) {}", "Any")]
    // One narrower in its target, the other in its arguments.
    [InlineData("[Prehook(typeof(Lib), \"Any\")] static void A(Ctx c) {}\n[Prehook] static void B(Ctx c, object o) {}", "Any")]
    [InlineData("[Prehook(\"call(* Lib.*(..))\")] static void A(Ctx c) {}\n[Prehook(\"call(* *.Any(..))\")] static void B(Ctx c) {}", "Any")]
    public void A_tie_names_both_rules_and_the_call(string rules, string callee)
    {
        using var subject = Subject(rules);
        subject.Select(RuleKind.Prehook, callee);
        var tie = Assert.Single(subject.Diagnostics);
        Assert.Equal("CAS315", tie.Id);
        Assert.Equal(RuleSubject.File, tie.Position!.Value.File);
        Assert.Equal(subject.LineOf("void A("), tie.Position.Value.Line);
        Assert.Contains("'Ctx.A' at 'Rules.cs(" + subject.LineOf("void A("), tie.Message);
        Assert.Contains("'Ctx.B' at 'Rules.cs(" + subject.LineOf("static void B"), tie.Message);
        Assert.Contains("Lib." + callee + "(", tie.Message);
    }

    [Theory]
    // No object is both: the tests exclude each other.
    [InlineData("[Prehook] static void A(Ctx c, Left a) {} [Prehook] static void B(Ctx c, Right a) {}", "Any", "A[0:Left] B[0:Right]")]
    [InlineData("[Prehook] static void A(Ctx c, Left a) {} [Prehook] static void B(Ctx c, IA a) {}", "Any", "A[0:Left] B[0:IA]")]
    [InlineData("[Prehook] static void A(Ctx c, int a) {} [Prehook] static void B(Ctx c, long a) {}", "Any", "A[0:int] B[0:long]")]
    // A third rule covers where both match.
    [InlineData("[Prehook] static void A(Ctx c, object a, string b) {} [Prehook] static void B(Ctx c, string a, object b) {} [Prehook] static void C(Ctx c, string a, string b) {}", "Two",
        "C[0:string,1:string] A[1:string] B[0:string]")]
    [InlineData("[Prehook] static void A(Ctx c, object a, int b) {} [Prehook] static void B(Ctx c, int a, object b) {} [Prehook] static void C(Ctx c, int a, int b) {}", "Int", "C")]
    // A rule that always applies and goes before both leaves nothing to decide.
    [InlineData("[Prehook] static void A(Ctx c, IA a) {} [Prehook] static void B(Ctx c, IB a) {} [Prehook] static void C(Ctx c, Both a) {}", "Take", "C")]
    // Ties that no call brings about are none.
    [InlineData("[Prehook] static void A(Ctx c, string a, object b) {} [Prehook] static void B(Ctx c, object a, string b) {}", "Int", "")]
    public void Where_one_rule_goes_before_or_both_never_apply_there_is_no_tie(string rules, string callee, string order)
    {
        using var subject = Subject(rules);
        Assert.Equal(order, subject.Order(RuleKind.Prehook, callee));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void A_tie_between_a_rule_for_open_interfaces_and_a_covering_one_is_solved_at_run_time()
    {
        using var subject = Subject("[Prehook] static void A(Ctx c, IA a) {} [Prehook] static void B(Ctx c, IB a) {} [Prehook] static void C(Ctx c, Both a) {}");
        // Both covers only what is a Both: another class may be IA and IB.
        subject.Select(RuleKind.Prehook, "Any");
        Assert.Equal("CAS315", Assert.Single(subject.Diagnostics).Id);
    }

    [Fact]
    public void A_tie_is_reported_once_for_each_callee()
    {
        using var subject = Subject("[Prehook] static void A(Ctx c) {}\n[Prehook] static void B(Ctx c, JoinPoint f) {}");
        subject.Select(RuleKind.Prehook, "Any");
        subject.Select(RuleKind.Prehook, "Any");
        subject.Select(RuleKind.Prehook, "Two");
        Assert.Equal(2, subject.Diagnostics.Count());
    }
}
