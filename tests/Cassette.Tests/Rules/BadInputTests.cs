using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Xunit;

namespace Cassette.Tests.Rules;

/// <summary>What authors get wrong: each with its code, at the line marked by a comment.</summary>
public class BadInputTests
{
    private const string Mark = "/*!*/";

    [Theory]
    [InlineData("CAS304", "struct Ctx : IContext {\n [Prehook] void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS305", "struct Ctx : IContext {\n [Prehook] static void P() /*!*/ { } }")]
    [InlineData("CAS305", "struct Ctx : IContext {\n [Prehook] static void P(int x) /*!*/ { } }")]
    [InlineData("CAS305", "struct Ctx : IContext {\n [Prehook] static void P(JoinPoint f, Ctx c) /*!*/ { } }")]
    [InlineData("CAS305", "struct Ctx : IContext { } struct Other : IContext { } [Rules(typeof(Ctx))] static class R {\n [Prehook] static void P(Other c) /*!*/ { } }")]
    [InlineData("CAS306", "struct Ctx : IContext {\n [Prehook] static void P(in Ctx c) /*!*/ { } }")]
    [InlineData("CAS306", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, in JoinPoint f) /*!*/ { } }")]
    [InlineData("CAS306", "struct Ctx : IContext {\n [Posthook] static void P(Ctx c, ref double output) /*!*/ { } }")]
    [InlineData("CAS306", "struct Ctx : IContext {\n [Throwhook] static void P(Ctx c, in Exception e) /*!*/ { } }")]
    [InlineData("CAS306", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, out int x) /*!*/ { x = 1; } }")]
    [InlineData("CAS307", "struct Ctx : IContext {\n [Prehook] static int P(Ctx c) /*!*/ => 1; }")]
    [InlineData("CAS308", "struct Ctx : IContext {\n [Posthook] static double P(Ctx c, JoinPoint f) /*!*/ => 1; }")]
    [InlineData("CAS309", "struct Ctx : IContext {\n [Posthook] static int P(Ctx c, double output) /*!*/ => 1; }")]
    [InlineData("CAS310", "struct Ctx : IContext {\n [Throwhook] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS310", "struct Ctx : IContext {\n [Throwhook] static void P(Ctx c, JoinPoint f, Exception e) /*!*/ { } }")]
    [InlineData("CAS310", "struct Ctx : IContext {\n [Throwhook] static void P(Ctx c, string e) /*!*/ { } }")]
    [InlineData("CAS311", "struct Ctx : IContext {\n [Throwhook] static bool P(Ctx c, Exception e) /*!*/ => true; }")]
    [InlineData("CAS312", "struct Ctx : IContext {\n [Overdub(typeof(Math), \"Sin\")] static float P(Ctx c, double x) /*!*/ => 1; }")]
    [InlineData("CAS312", "struct Ctx : IContext {\n [Overdub(typeof(Math), \"Sin\")] static void P(Ctx c, double x) /*!*/ { } }")]
    [InlineData("CAS312", "struct Ctx : IContext {\n [Fallback(typeof(Random), Access.New)] static object P(Ctx c) /*!*/ => 1; }")]
    [InlineData("CAS313", "struct Ctx : IContext {\n [Overdub(typeof(Math), \"Sin\")] static double P(Ctx c, float x) /*!*/ => 1; }")]
    [InlineData("CAS313", "struct Ctx : IContext {\n [Prehook(typeof(Math), \"Sin\")] static void P(Ctx c, double x, double y) /*!*/ { } }")]
    [InlineData("CAS313", "struct Ctx : IContext {\n [Posthook(typeof(Math), \"Sin\")] static void P(Ctx c, string output) /*!*/ { } }")]
    // The receiver is an argument.
    [InlineData("CAS313", "struct Ctx : IContext {\n [Overdub(typeof(Random), \"NextDouble\")] static double P(Ctx c, int x) /*!*/ => 1; }")]
    [InlineData("CAS314", "struct Ctx : IContext {\n [Prehook(typeof(Math), \"Sinn\")] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS314", "struct Ctx : IContext {\n [Prehook(typeof(Math), \"PI\", Access.Call)] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS314", "struct Ctx : IContext {\n [Prehook(typeof(Math), Access.New)] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS314", "struct Ctx : IContext {\n [Prehook(typeof(string), \"Length\", Access.Set)] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS317", "struct Ctx : IContext {\n [Prehook] static void P<T>(Ctx c) /*!*/ { } }")]
    [InlineData("CAS317", "struct Ctx : IContext {\n [Prehook] static void P<T, U>(Ctx c, T x) where U : List<T> /*!*/ { } }")]
    [InlineData("CAS318", "struct Ctx : IContext { } [Rules(typeof(Ctx))] class R {\n [Prehook] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS319", "[Rules(typeof(string))] static class R {\n static void P(string c) /*!*/ { } }")]
    [InlineData("CAS320", "struct Ctx : IContext {\n [Prehook, Overdub] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS321", "struct Ctx : IContext { } static class R {\n [Prehook] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS322", "struct Ctx : IContext {\n [Overdub] static R P<R>(Ctx c, ICall<R> call) /*!*/ => call.Fallback(); }")]
    [InlineData("CAS322", "struct Ctx : IContext {\n [Overdub] static R P<C, R>(Ctx c, C call) where C : ICall<R> /*!*/ => call.Fallback(); }")]
    [InlineData("CAS322", "struct Ctx : IContext {\n [Prehook] static void P<C, R>(Ctx c, C call) where C : struct, ICall<R> /*!*/ { } }")]
    [InlineData("CAS322", "struct Ctx : IContext {\n [Overdub] static R P<C, R>(Ctx c, int x, C call) where C : struct, ICall<R> /*!*/ => call.Fallback(); }")]
    [InlineData("CAS322", "struct Ctx : IContext {\n [Overdub] static R P<C, R>(Ctx c, C call, int x) where C : struct, ICall<R> /*!*/ => call.Fallback(); }")]
    [InlineData("CAS323", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, params string[] args) /*!*/ { } }")]
    [InlineData("CAS323", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, params ReadOnlySpan<object> args) /*!*/ { } }")]
    [InlineData("CAS323", "struct Ctx : IContext {\n [Prehook] static void P<A>(Ctx c, A args) where A : ITuple /*!*/ { } }")]
    [InlineData("CAS323", "struct Ctx : IContext {\n [Prehook] static void P<A>(Ctx c, A args, int x) where A : struct, ITuple /*!*/ { } }")]
    [InlineData("CAS326", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, int x, JoinPoint f) /*!*/ { } }")]
    [InlineData("CAS326", "struct Ctx : IContext {\n [Prehook] static void P(Ctx c, JoinPoint f, JoinPoint g) /*!*/ { } }")]
    [InlineData("CAS201", "struct Ctx : IContext {\n [Prehook(\"\")] static void P(Ctx c) /*!*/ { } }")]
    [InlineData("CAS204", "struct Ctx : IContext {\n [Prehook(\"cal(* Math.*(..))\")] static void P(Ctx c) /*!*/ { } }")]
    // In a generic context the rule is named as written, once.
    [InlineData("CAS307", "struct Ctx<T> : IContext {\n [Prehook] static int P(Ctx<T> c) /*!*/ => 1; }")]
    public void A_wrong_rule_is_reported_where_it_stands(string code, string source)
    {
        using var subject = RuleSubject.Of(source);
        Assert.Equal([code + " " + RuleSubject.LineOf(source, Mark)], subject.Report());
    }

    [Fact]
    public void A_member_that_does_not_exist_gets_a_suggestion()
    {
        using var subject = RuleSubject.Of("struct Ctx : IContext { [Prehook(typeof(Math), \"Sqtr\")] static void P(Ctx c) { } }");
        subject.Report();
        Assert.Contains("Did you mean 'Sqrt'?", Assert.Single(subject.Diagnostics).Remedy);
    }

    [Theory]
    [InlineData("CAS302", "class Ctx { }")]
    [InlineData("CAS303", "abstract class Ctx : IContext { }")]
    [InlineData("CAS303", "interface Ctx : IContext { }")]
    public void A_type_that_cannot_be_a_context_is_refused_where_it_is_entered(string code, string source)
    {
        using var subject = RuleSubject.Of(source);
        Assert.Null(subject.Models.For(subject.Type("Ctx"), new SourcePosition("Entry.cs", 7, 3)));
        var refusal = Assert.Single(subject.Diagnostics);
        Assert.Equal((code, new SourcePosition("Entry.cs", 7, 3)), (refusal.Id, refusal.Position!.Value));
    }

    [Fact]
    public void An_open_context_is_refused()
    {
        using var subject = RuleSubject.Of("struct Ctx<T> : IContext { }");
        Assert.Null(subject.Models.For(subject.Types.SelfOf(subject.Module.GetType("Ctx`1")), new SourcePosition("Entry.cs", 7, 3)));
        Assert.Equal("CAS303", Assert.Single(subject.Diagnostics).Id);
    }

    [Fact]
    public void A_narrowing_of_no_rule_is_reported_with_a_suggestion()
    {
        var diagnostics = new DiagnosticBag();
        var config = RuleSubject.Configuration("<Cassette><Rule Method=\"Ctx::Befor\" Pointcut=\"call(* *(..))\" /></Cassette>", diagnostics);
        Assert.Empty(diagnostics);
        using var subject = RuleSubject.Of(config, "struct Ctx : IContext { [Prehook] static void Before(Ctx c) { } }");
        subject.Context("Ctx");
        subject.Models.ReportUnused();
        var missing = Assert.Single(subject.Diagnostics, found => found.Id == "CAS325");
        Assert.Contains("Did you mean 'Ctx::Before'?", missing.Remedy);
        Assert.Equal(("FodyWeavers.xml", 2), (missing.Position!.Value.File, missing.Position.Value.Line));
    }

    [Fact]
    public void A_context_without_rules_is_mentioned()
    {
        using var subject = RuleSubject.Of("struct Ctx : IContext { }");
        Assert.False(subject.Context("Ctx").HasRules);
        subject.Models.ReportUnused();
        Assert.Equal(("CAS324", DiagnosticSeverity.Info), (subject.Diagnostics.Single().Id, subject.Diagnostics.Single().Severity));
    }

    [Fact]
    public void Rules_that_are_right_give_no_diagnostic()
    {
        using var subject = RuleSubject.Of("""
            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook] static void Before(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.ToString());
                [Prehook(typeof(Math), nameof(Math.Sin))] static bool BeforeSin(Ctx ctx, double x) => x != 0.0;
                [Overdub(typeof(Math), nameof(Math.Sin))] static double Sin(Ctx ctx, double x) => Math.Cos(x);
                [Overdub(typeof(Random), Access.New)] static Random Seeded(Ctx ctx) => new(42);
                [Overdub("get(* System.DateTime.UtcNow)")] static DateTime Now(Ctx ctx) => DateTime.UnixEpoch;
                [Overdub(typeof(Dictionary<,>), "TryGetValue")] static bool Get<K, V>(Ctx ctx, Dictionary<K, V> d, K key, out V? value) where K : notnull => d.TryGetValue(key, out value);
                [Overdub(typeof(List<>), "Add")] static void Add(Ctx ctx, List<int> list, int item) => list.Add(item);
                [Prehook(typeof(string), "Empty", Access.Get)] static void Field(Ctx ctx) { }
                [Posthook] static double After(Ctx ctx, double output, JoinPoint f, params object?[] args) => output;
                [Throwhook] static void Thrown(Ctx ctx, Exception exception, JoinPoint f) { }
                [Fallback] static TResult Native<TCall, TResult>(Ctx ctx, TCall call) where TCall : struct, ICall<TResult> => call.Fallback();
            }
            """);
        Assert.Empty(subject.Report());
    }
}
