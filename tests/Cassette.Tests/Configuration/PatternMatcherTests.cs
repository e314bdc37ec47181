using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Configuration;

/// <summary>Matches pointcuts against the calls of <see cref="Samples.Caller"/>, as the compiler left them.</summary>
public sealed class PatternMatcherTests : System.IDisposable
{
    private const string Samples = "Cassette.Tests.Configuration.Samples";

    private readonly ModuleDefinition _module;
    private readonly List<(MethodReference Callee, MethodDefinition Caller, JoinPointKind Kind)> _sites;

    public PatternMatcherTests()
    {
        _module = ModuleDefinition.ReadModule(typeof(PatternMatcherTests).Assembly.Location);
        TypeDefinition caller = _module.GetType(Samples + ".Caller");
        _sites = caller.NestedTypes.Prepend(caller)
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody && method.Name != ".ctor" && method.Name != ".cctor")
            .SelectMany(method => method.Body.Instructions
                .Where(instruction => instruction.OpCode.FlowControl == FlowControl.Call)
                .Select(instruction => (
                    (MethodReference)instruction.Operand, method,
                    instruction.OpCode == OpCodes.Newobj ? JoinPointKind.New : JoinPointKind.Call)))
            .ToList();
    }

    public void Dispose() => _module.Dispose();

    [Theory]
    [InlineData("call(* Predict(..))", "Predict")]
    [InlineData("call(double Model.Predict(double))", "Predict")]
    [InlineData("call(int Model.Predict(double))", "")]
    [InlineData("call(* Cassette..Model.Predict)", "Predict")]
    [InlineData("call(* Cassette.Model.Predict)", "")]
    [InlineData("call(* Cassette.Tests.*.Samples.Mo*l.P*t(*))", "Predict")]
    [InlineData("call(* Model.Get*(int, ..))", "GetOne")]
    [InlineData("call(* Model.Get*(.., string))", "GetOne")]
    [InlineData("call(* Model.Get*(.., string, ..))", "GetOne")]
    [InlineData("call(* Model.Get*(string, ..))", "")]
    [InlineData("call(* Model.Get*(..))", "GetOne GetMany")]
    [InlineData("call(int Model.GetMany(List<int>, ref int))", "GetMany")]
    [InlineData("call(* Model.GetMany<int>(List<*>, out *))", "GetMany")]
    [InlineData("call(* Model.GetMany<string>)", "")]
    [InlineData("call(* Model.GetMany(List<int>, int))", "")]
    [InlineData("call(void Model.*(void*, int?, string[][,]))", "Raw")]
    [InlineData("call(* Model.*(void*, int, ..))", "")]
    [InlineData("call(* Model.*(*, *, string[,][]))", "")]
    [InlineData("call(static * Model.*)", "GetMany")]
    [InlineData("call(protected * Model.*)", "Raw")]
    [InlineData("call(virtual * Model.*)", "Raw")]
    [InlineData("call(async * Model.*)", "Later")]
    [InlineData("call(!public * Model.*)", "Raw")]
    [InlineData("call(* Touch())", "Touch Touch Touch")]
    [InlineData("call(* ..Samples.*.Touch())", "Touch")]
    [InlineData("call(* ..Samples..*.Touch())", "Touch Touch Touch")]
    [InlineData("call(* Cassette..Model.Inner.Touch())", "Touch")]
    [InlineData("call(* Cassette..Model/*::Touch())", "Touch")]
    [InlineData("call(* Cassette..Samples/*::Touch())", "")]
    [InlineData("get(* Model.Size)", "get_Size")]
    [InlineData("get(int Size)", "get_Size")]
    [InlineData("get(string Size)", "")]
    [InlineData("set(int Model.S*)", "set_Size")]
    [InlineData("set(string Model.S*)", "")]
    [InlineData("call(* get_Size())", "get_Size")]
    [InlineData("new(Model)", ".ctor")]
    [InlineData("new(Model(int))", ".ctor")]
    [InlineData("new(Model())", "")]
    [InlineData("new(Dictionary<string, int>)", ".ctor")]
    [InlineData("new(Dictionary<*>)", "")]
    [InlineData("call(* .ctor(..))", null)]
    [InlineData("call(* *.Stream.WriteByte(..))", "")]
    [InlineData("call(* System.IO.Stream+.WriteByte(byte))", "WriteByte")]
    [InlineData("call(* IDisposable+.WriteByte(byte))", "WriteByte")]
    [InlineData("call(* ICollection<int>+.Add(*))", "Add")]
    [InlineData("call(* ICollection<string>+.Add(*))", "")]
    [InlineData("call(* object+.Predict)", "Predict")]
    [InlineData("call(void List<int>.Add(int))", "Add")]
    [InlineData("call(void List<string>.Add(*))", "")]
    [InlineData("call(List<int>.Enumerator GetEnumerator())", "GetEnumerator")]
    [InlineData("call(System.Collections.Generic.List<int>/Enumerator GetEnumerator())", "GetEnumerator")]
    [InlineData("call(* TryGetValue(string, out int))", "TryGetValue")]
    [InlineData("@attribute(Obsolete) && call(*)", "get_Old Touch")]
    [InlineData("@attribute(System.ObsoleteAttribute) && call(*)", "get_Old Touch")]
    [InlineData("@attribute(Obsolet) && call(*)", "")]
    [InlineData("call(* Touch()) && !@attribute(Obsolete)", "Touch Touch")]
    [InlineData("call(* Touch()) and within(Caller)", "Touch Touch Touch")]
    [InlineData("call(* Leaf.Touch()) and within(Cassette.Tests..*)", "Touch")]
    [InlineData("call(* Touch()) && within(Model)", "")]
    [InlineData("call(* Predict) || new(Model) || call(* Later)", ".ctor Predict Later")]
    public void MatchesTheCalls(string text, string? expected)
    {
        var diagnostics = new DiagnosticBag();
        Pointcut? pointcut = PatternParser.ParsePointcut(text, FixedOrigin.Unknown, diagnostics);
        if (expected is null)
        {
            // A constructor has no name in call(...).
            Assert.Equal("CAS203", Assert.Single(diagnostics).Id);
            return;
        }

        var matcher = new PatternMatcher();
        IEnumerable<string> matched = _sites
            .Where(site => matcher.Matches(pointcut!, site.Callee, null, site.Caller, site.Kind))
            .Select(site => site.Callee.Name);
        Assert.Equal(expected, string.Join(" ", matched));
    }

    [Theory]
    [InlineData(Samples + "..*", true)]
    [InlineData("Cassette.Tests.Configuration.*", false)]
    [InlineData("Model", true)]
    [InlineData("Model::Predict", true)]
    [InlineData(Samples + ".Model::Pred*(double)", true)]
    [InlineData(Samples + ".Model::Predict()", false)]
    [InlineData("Predict::Model", false)]
    public void MethodPatternsSelectMethods(string text, bool expected)
    {
        var diagnostics = new DiagnosticBag();
        MethodPattern pattern = PatternParser.ParseMethodPattern(text, FixedOrigin.Unknown, diagnostics)!;
        MethodDefinition predict = _module.GetType(Samples + ".Model").Methods.Single(method => method.Name == "Predict");
        Assert.Equal(expected, new PatternMatcher().Matches(pattern, predict));
    }

    [Fact]
    public void ATypePatternSelectsNestedTypesToo()
    {
        MethodDefinition touch = _module.GetType(Samples + ".Model/Inner").Methods.Single(method => method.Name == "Touch");
        MethodPattern pattern = PatternParser.ParseMethodPattern(Samples + ".Model", FixedOrigin.Unknown, new DiagnosticBag())!;
        Assert.True(new PatternMatcher().Matches(pattern, touch));
    }

    [Fact]
    public void MatchingAllocatesNothingOnceWarm()
    {
        string text = "call(* Cassette..Model+.Get*(.., string)) && within(Cassette..*) && !@attribute(Obsolete) || set(int Model.S*)";
        Pointcut pointcut = PatternParser.ParsePointcut(text, FixedOrigin.Unknown, new DiagnosticBag())!;
        var matcher = new PatternMatcher();
        int Count()
        {
            int count = 0;
            foreach (var (callee, caller, kind) in _sites)
            {
                if (matcher.Matches(pointcut, callee, null, caller, kind))
                    count++;
            }

            return count;
        }

        Assert.Equal(2, Count());
        long before = System.GC.GetAllocatedBytesForCurrentThread();
        Count();
        Assert.Equal(0, System.GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("call(* Modl.Predict(..))", "no type Modl", "Did you mean 'Model'?")]
    [InlineData("call(* Model.Predikt(..))", "no member Predikt in Model", "Did you mean 'Predict'?")]
    [InlineData("call(* Model.Predict(int))", "no overload of Model::Predict like", null)]
    [InlineData("get(* Model.Sise)", "no member Sise in Model", "Did you mean 'Size'?")]
    [InlineData("call(*) && within(" + Samples + ".Deap..*)", "no type", "Did you mean '" + Samples + ".Deep..*'?")]
    [InlineData("within(" + Samples + ")", "no type", "Did you mean '" + Samples + "..*'?")]
    public void AnUnusedPatternIsExplained(string text, string reason, string? suggestion)
    {
        var diagnostics = new DiagnosticBag();
        Pointcut pointcut = PatternParser.ParsePointcut(text, FixedOrigin.Unknown, diagnostics)!;
        var usage = new PatternUsage();
        usage.Declare(pointcut, text, new SourcePosition("f", 2, 3));
        usage.ReportUnmatched(diagnostics, () => new PatternAdvisor([_module]));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("CAS214", DiagnosticSeverity.Warning, 2), (diagnostic.Id, diagnostic.Severity, diagnostic.Position!.Value.Line));
        Assert.Contains(reason, diagnostic.Message);
        Assert.Equal(suggestion is not null, diagnostic.Remedy.Contains("Did you mean"));
        Assert.Contains(suggestion ?? "", diagnostic.Remedy);
    }

    [Fact]
    public void APatternWhosePartsAllExistIsReportedWithoutAReason()
    {
        var diagnostics = new DiagnosticBag();
        Pointcut pointcut = PatternParser.ParsePointcut("call(* Model.Predict) && within(Leaf)", FixedOrigin.Unknown, diagnostics)!;
        var usage = new PatternUsage();
        usage.Declare(pointcut, pointcut.ToString(), null);
        usage.ReportUnmatched(diagnostics, () => new PatternAdvisor([_module]));
        Assert.Equal("CAS213", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void AMatchedPatternIsNotReported()
    {
        var diagnostics = new DiagnosticBag();
        Pointcut pointcut = PatternParser.ParsePointcut("call(* Nowhere())", FixedOrigin.Unknown, diagnostics)!;
        var usage = new PatternUsage();
        usage.Declare(pointcut, "", null);
        usage.MarkMatched(pointcut);
        usage.ReportUnmatched(diagnostics, () => new PatternAdvisor([_module]));
        Assert.Empty(diagnostics);
    }
}
