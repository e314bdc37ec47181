using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

public class TargetTests
{
    private const string Program = """
        class Base { public virtual void Go() { } public void Plain() { } public virtual int Size { get; set; } public event Action? Changed; }
        class Derived : Base { public override void Go() { } }
        class Other : Base { public override void Go() { } }
        class Box<T> { public void Put(T t) { } }
        interface IRun { void Run(); }
        interface IMore : IRun { }
        class Runner : IMore { public void Run() { } public void Run(int times) { } }
        class Shy : IRun { void IRun.Run() { } public void Run(string s) { } }
        namespace Deep { static class Caller { public static void Inside() => Math.Abs(1); } }
        static class Program
        {
            public static void Run()
            {
                var b = new Base(); b.Go(); b.Plain(); b.Size = b.Size; b.Changed += null; b.ToString();
                new Box<int>().Put(1); ((IMore)null!).Run(); Math.Abs(1.0);
            }
            public static void Strings() => new Box<string>().Put("");
            public static void Outside() => Math.Abs(1);
        }
        """;

    private static RuleSubject Subject(string rules) => RuleSubject.Of("readonly record struct Ctx : IContext { " + rules + " }\n" + Program);

    [Theory]
    [InlineData("typeof(Base), \"Go\"", "Go", "P")]
    // A virtual call of the base on a receiver that turns out to be the derived class.
    [InlineData("typeof(Derived), \"Go\"", "Go", "P[0:Derived]")]
    [InlineData("typeof(Derived), \"Plain\"", "Plain", "P[0:Derived]")]
    [InlineData("typeof(Other), \"ToString\"", "ToString", "P[0:Other]")]
    [InlineData("typeof(Base), \"Size\"", "get_Size", "P")]
    [InlineData("typeof(Base), \"Size\"", "set_Size", "P")]
    [InlineData("typeof(Base), \"Size\", Access.Get", "get_Size", "P")]
    [InlineData("typeof(Base), \"Size\", Access.Get", "set_Size", "")]
    [InlineData("typeof(Base), \"Size\", Access.Set", "set_Size", "P")]
    [InlineData("typeof(Base), \"Changed\"", "add_Changed", "P")]
    [InlineData("typeof(Base), Access.New", ".ctor", "P")]
    [InlineData("typeof(Derived), Access.New", ".ctor", "")]
    [InlineData("typeof(Base), Access.Call", "Plain", "P")]
    [InlineData("typeof(Base), Access.Call", "get_Size", "")]
    [InlineData("typeof(Base), Access.Get", "get_Size", "P")]
    [InlineData("typeof(Box<>), \"Put\"", "Put", "P")]
    [InlineData("typeof(Box<int>), \"Put\"", "Put", "P")]
    [InlineData("typeof(Box<string>), \"Put\"", "Put", "")]
    [InlineData("typeof(IRun), \"Run\"", "Run", "P")]
    [InlineData("typeof(IMore), \"Run\"", "Run", "P[0:IMore]")]
    // A call through an interface of a class that implements it; an overload that has another signature does not.
    [InlineData("typeof(Runner), \"Run\"", "Run", "P[0:Runner]")]
    [InlineData("typeof(Shy), \"Run\"", "Run", "")]
    [InlineData("\"call(* Base.Pl*(..))\"", "Plain", "P")]
    [InlineData("\"get(* Base.Size)\"", "set_Size", "")]
    [InlineData("\"new(Base)\"", ".ctor", "P")]
    public void A_target_names_members(string target, string callee, string order)
    {
        using var subject = Subject("[Prehook(" + target + ")] static void P(Ctx c) { }");
        Assert.Equal(order, subject.Order(RuleKind.Prehook, callee));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void A_receiver_that_is_known_to_be_derived_needs_no_test()
    {
        using var subject = Subject("[Prehook(typeof(Derived), \"Go\")] static void P(Ctx c) { }");
        Assert.Equal("P", subject.Order(RuleKind.Prehook, "Go", subject.Type("Derived")));
        Assert.Equal("", subject.Order(RuleKind.Prehook, "Go", subject.Type("Other")));
    }

    [Fact]
    public void The_narrower_of_two_targets_goes_first()
    {
        using var subject = Subject("[Prehook(typeof(Base), \"Go\")] static void B(Ctx c) { } [Prehook(typeof(Derived), \"Go\")] static void D(Ctx c) { }");
        Assert.Equal("D[0:Derived] B", subject.Order(RuleKind.Prehook, "Go"));
        Assert.Equal("D", subject.Order(RuleKind.Prehook, "Go", subject.Type("Derived")));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void Within_looks_at_the_caller()
    {
        using var subject = Subject("[Prehook(\"call(* Math.Abs(..)) && within(Deep..*)\")] static void P(Ctx c) { }");
        Assert.Equal("", subject.Order(RuleKind.Prehook, "Abs", caller: "Outside"));
        var inside = subject.Module.GetType("Deep.Caller").Methods.Single(m => m.Name == "Inside");
        var abs = CallShape.OfCall(subject.Assignability, subject.Call("Abs", caller: "Outside").Callee, null, inside);
        Assert.False(subject.Models.Selector.Select(subject.Context("Ctx"), RuleKind.Prehook, abs).IsEmpty);
    }

    [Fact]
    public void A_rule_with_two_targets_is_no_tie_with_itself()
    {
        using var subject = Subject("[Prehook(\"call(* Base.*(..))\")] [Prehook(\"call(* *.Plain())\")] static void P(Ctx c) { }");
        Assert.Equal("P", subject.Order(RuleKind.Prehook, "Plain"));
        Assert.Empty(subject.Diagnostics);
    }

    [Fact]
    public void Calls_that_no_target_names_are_told_quickly()
    {
        using var subject = Subject("[Prehook(typeof(Base), \"Go\")] static void P(Ctx c) { }");
        var context = subject.Context("Ctx");
        Assert.False(context.MayMatch(RuleKind.Prehook, subject.Call("Plain").Callee));
        Assert.False(context.MayMatch(RuleKind.Overdub, subject.Call("Go").Callee));
        Assert.False(context.MayMatch(subject.Call("Plain").Callee));
        Assert.True(context.MayMatch(RuleKind.Prehook, subject.Call("Go").Callee));
    }

    [Fact]
    public void The_configuration_narrows_rules()
    {
        var diagnostics = new DiagnosticBag();
        var config = RuleSubject.Configuration("<Cassette><Rule Method=\"Ctx::P\" Pointcut=\"call(* Math.*(..))\" /></Cassette>", diagnostics);
        Assert.Empty(diagnostics);
        using var subject = RuleSubject.Of(config, "readonly record struct Ctx : IContext { [Prehook] static void P(Ctx c) { } }\n" + Program);
        Assert.Equal("P", subject.Order(RuleKind.Prehook, "Abs"));
        Assert.Equal("", subject.Order(RuleKind.Prehook, "Plain"));
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_warned_of_with_its_place()
    {
        using var subject = Subject("\n[Prehook(\"call(* Math.Asb(..))\")] static void P(Ctx c) { }\n[Prehook(\"call(* Math.Abs(..))\")] static void Q(Ctx c) { }");
        subject.Select(RuleKind.Prehook, "Abs");
        subject.Models.ReportUnused();
        var warning = Assert.Single(subject.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.Contains("Asb", warning.Message);
        Assert.Contains("Did you mean 'Abs'?", warning.Remedy);
        Assert.Equal(subject.LineOf("Asb"), warning.Position!.Value.Line);
    }

    [Fact]
    public void A_pattern_for_a_member_that_exists_but_is_never_called_is_not_said_to_be_misspelled()
    {
        using var subject = Subject("[Prehook(\"call(* Math.Tan(..))\")] static void P(Ctx c) { }");
        subject.Select(RuleKind.Prehook, "Abs");
        subject.Models.ReportUnused();
        Assert.Equal("CAS213", Assert.Single(subject.Diagnostics).Id);
    }

    [Fact]
    public void A_pattern_that_matches_calls_with_other_arguments_than_the_rule_takes_did_match()
    {
        using var subject = Subject("[Prehook(\"call(* Math.Abs(..))\")] static void P(Ctx c, string a, string b) { }");
        Assert.True(subject.Select(RuleKind.Prehook, "Abs").IsEmpty);
        subject.Models.ReportUnused();
        Assert.Empty(subject.Diagnostics);
    }
}
