using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Configuration;

public class WeaverConfigTests
{
    [Fact]
    public void TheEmptyElementMeansTheDefaults()
    {
        WeaverConfig config = Read("<Cassette />");
        Assert.False(config.Strict);
        Assert.Equal(3, config.MaxNesting);
        Assert.Null(config.PassTimeout);
        Assert.False(config.Report);
        Assert.True(config.Verify);
        Assert.Empty(config.Dumps);
        Assert.Empty(config.Contexts);
        Assert.Empty(config.Selection);
        Assert.Empty(config.Rules);
    }

    [Fact]
    public void EverythingIsRead()
    {
        WeaverConfig config = Read(
            """
            <Weavers>
              <Cassette Strict="true" MaxNesting="5" PassTimeout="30" Report="1" Verify="false" Dump="MyLib.Model::Predict">
                <Dump>MyLib.Other</Dump>
                <Context Type="MyTools.ProfileCtx">
                  <Entry>MyApp.Program::Main</Entry>
                  <Include Assembly="System.Linq" />
                  <Include>MyApp..*</Include>
                  <Exclude>MyApp.Native..*</Exclude>
                  <Rule Method="MyTools.ProfileCtx::After" Pointcut="get(* *)" />
                </Context>
                <Exclude Assembly="X.*">A..*</Exclude>
                <Rule Method="MyTools.ProfileCtx::Before" Pointcut="call(* A(..)) &amp;&amp; within(B)" />
              </Cassette>
            </Weavers>
            """);
        Assert.True(config.Strict);
        Assert.Equal(5, config.MaxNesting);
        Assert.Equal(System.TimeSpan.FromSeconds(30), config.PassTimeout);
        Assert.True(config.Report);
        Assert.False(config.Verify);
        Assert.Equal(["MyLib.Model::Predict", "MyLib.Other"], config.Dumps.Select(dump => dump.Pattern.ToString()));
        ContextConfig context = Assert.Single(config.Contexts);
        Assert.Equal("MyTools.ProfileCtx", context.TypeName);
        Assert.Equal(new SourcePosition("f.xml", 4, 20), context.Position);
        Assert.Equal("MyApp.Program::Main", Assert.Single(context.Entries).Method.ToString());
        Assert.Equal(
            ["+Assembly=System.Linq", "+MyApp..*", "-MyApp.Native..*"],
            context.Selection.Select(item => (item.IsInclude ? "+" : "-") + item));
        Assert.Equal("get(* *)", Assert.Single(context.Rules).Pointcut.ToString());
        Assert.Equal("Assembly=X.* A..*", Assert.Single(config.Selection).ToString());
        RuleConfig rule = Assert.Single(config.Rules);
        Assert.Equal("MyTools.ProfileCtx::Before", rule.Method.ToString());
        Assert.Equal("call(* A(..)) && within(B)", rule.Pointcut.ToString());
    }

    [Theory]
    [InlineData("<Weavers><Cassette Strict='x' /></Weavers>", 1)] // the file says the same
    [InlineData("<Weavers><Cassette Strict='y' /></Weavers>", 0)] // the file says something else
    [InlineData("<Weavers><Other /></Weavers>", 0)] // the configuration stands in the project file
    public void TheFileGivesThePositionsOfFodysElement(string file, int line)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, file);
            var diagnostics = new DiagnosticBag();
            WeaverConfigReader.Read(XElement.Parse("<Cassette Strict='x' />"), path, diagnostics);
            Diagnostic diagnostic = Assert.Single(diagnostics);
            Assert.Equal(("CAS105", path, line), (diagnostic.Id, diagnostic.Position!.Value.File, diagnostic.Position.Value.Line));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WithoutAFileThereAreNoPositions()
    {
        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.Read(XElement.Parse("<Cassette><Include>a;</Include></Cassette>"), null, diagnostics);
        Assert.Null(Assert.Single(diagnostics).Position);
    }

    [Fact]
    public void WithoutPositionsADuplicateStandsAbove()
    {
        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.Read(XElement.Parse("<Cassette><Context Type='A.B' /><Context Type='A.B' /></Cassette>"), null, diagnostics);
        Assert.Equal("The context 'A.B' is already configured above", Assert.Single(diagnostics).Message);
    }

    [Theory]
    [InlineData("<Include>Cassette..*</Include>", "", "+Cassette..*")]
    [InlineData("<Include>Cassette..*</Include><Exclude>WeaverConfigTests</Exclude>", "", "-WeaverConfigTests")]
    [InlineData("<Exclude>WeaverConfigTests</Exclude><Include>Cassette..*</Include>", "", "-WeaverConfigTests")]
    [InlineData("<Exclude>WeaverConfigTests</Exclude>", "<Include>Cassette..*</Include>", "+Cassette..*")]
    [InlineData("<Include Assembly='cassette.*' />", "", "+Assembly=cassette.*")]
    [InlineData("<Include Assembly='cassette.*'>Nowhere</Include>", "", null)]
    [InlineData("<Include Assembly='Cassette' />", "<Exclude>Nowhere</Exclude>", null)]
    public void TheContextsOwnSelectionGoesFirstAndExcludesBeforeIncludes(string ofAll, string ofContext, string? expected)
    {
        WeaverConfig config = Read($"<Cassette>{ofAll}<Context Type='C'>{ofContext}</Context></Cassette>");
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(WeaverConfigTests).Assembly.Location);
        MethodDefinition method = module.GetType(typeof(WeaverConfigTests).FullName).Methods[0];
        SelectionItem? decision = config.SelectionFor(config.Contexts[0])
            .Decide(new PatternMatcher(), method, module.Assembly.Name.Name, new PatternUsage());
        Assert.Equal(expected, decision is null ? null : (decision.IsInclude ? "+" : "-") + decision);
    }

    [Fact]
    public void UnusedSelectionsAreReportedAtTheirPlace()
    {
        WeaverConfig config = Read("<Cassette>\n <Exclude Assembly='Cassete.Tests' />\n <Include>Cassette.Tests..*</Include></Cassette>");
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(WeaverConfigTests).Assembly.Location);
        var usage = new PatternUsage();
        config.DeclareTo(usage);
        config.SelectionFor(null).Decide(
            new PatternMatcher(), module.GetType(typeof(WeaverConfigTests).FullName).Methods[0], "Cassette.Tests", usage);
        var diagnostics = new DiagnosticBag();
        usage.ReportUnmatched(diagnostics, () => new PatternAdvisor([module]));
        Assert.Equal(
            "f.xml(2,21): warning CAS214: The pattern 'Assembly=Cassete.Tests' matches nothing, because there is no assembly "
            + "Cassete.Tests. Did you mean 'Cassette.Tests'? Correct the name, or remove the pattern.",
            Assert.Single(diagnostics).ToBuildLine());
    }

    private static WeaverConfig Read(string xml)
    {
        var diagnostics = new DiagnosticBag();
        WeaverConfig? config = WeaverConfigReader.ReadText("f.xml", xml, diagnostics);
        Assert.Empty(diagnostics);
        return config!;
    }
}
