using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Configuration;

/// <summary>
/// Each case marks with <c>¦</c> the place where the diagnostic has to point, so that the position is
/// expected by reading, not by running.
/// </summary>
public class BadConfigurationTests
{
    private static readonly (string Name, string Xml, string Code, string Fragment)[] Cases =
    [
        ("unknown attribute", "<Weavers>\n  <Cassette ¦Stirct='true' />\n</Weavers>", "CAS103", "Did you mean 'Strict'?"),
        ("attribute in other case", "<Weavers><Cassette ¦strict='true' /></Weavers>", "CAS103", "Did you mean 'Strict'?"),
        ("attribute without any likeness", "<Cassette ¦Zebra='1' />", "CAS103", "It takes: Strict, MaxNesting, PassTimeout, Report, Verify, Dump"),
        ("attribute of a context", "<Cassette><Context ¦Typ='A.B' Type='A.B' /></Cassette>", "CAS103", "Did you mean 'Type'?"),
        ("attribute where none is taken", "<Cassette><Context Type='A.B'><Entry ¦Name='x'>A.B::M</Entry></Context></Cassette>", "CAS103", "It takes: none"),
        ("unknown element", "<Cassette>\n  <¦Contxt Type='A.B' />\n</Cassette>", "CAS104", "Did you mean 'Context'?"),
        ("element of a near name", "<Cassette><Context Type='A.B'><¦Passes Type='P' /></Context></Cassette>", "CAS104", "Did you mean 'Pass'?"),
        ("element inside a pattern", "<Cassette><Include>A..*<¦b /></Include></Cassette>", "CAS104", "It takes: none"),
        ("wrong boolean", "<Cassette Strict='¦maybe' />", "CAS105", "Write true or false"),
        ("boolean in other case", "<Cassette Verify = \"¦True\" />", "CAS105", "Verify=\"True\""),
        ("empty boolean", "<Cassette Report='¦' />", "CAS105", "Report"),
        ("wrong integer", "<Cassette MaxNesting='¦three' />", "CAS106", "such as 3"),
        ("fraction", "<Cassette MaxNesting='¦1.5' />", "CAS106", "1.5"),
        ("integer too big", "<Cassette MaxNesting='¦99999999999' />", "CAS106", "99999999999"),
        ("nesting of zero", "<Cassette\n    MaxNesting='  ¦0' />", "CAS107", "from 1 to 16"),
        ("nesting too deep", "<Cassette MaxNesting='¦17' />", "CAS107", "from 1 to 16"),
        ("no time for passes", "<Cassette PassTimeout='¦0' />", "CAS124", "from 1 to 3600"),
        ("too much time for passes", "<Cassette PassTimeout='¦3601' />", "CAS124", "from 1 to 3600"),
        ("a time with its unit", "<Cassette PassTimeout='¦10s' />", "CAS106", "such as 10"),
        ("context without type", "<Cassette>\n\n  <¦Context />\n</Cassette>", "CAS108", "Type=\"MyTools.ProfileCtx\""),
        ("rule without method", "<Cassette><¦Rule Pointcut='call(* *(..))' /></Cassette>", "CAS108", "'Method'"),
        ("rule without pointcut", "<Cassette><¦Rule Method='A.B::M' /></Cassette>", "CAS108", "'Pointcut'"),
        ("context twice", "<Cassette>\n  <Context Type='A.B' />\n  <Context Type='¦A.B' />\n</Cassette>", "CAS109", "at line 2"),
        ("empty type", "<Cassette><Context Type='¦' /></Cassette>", "CAS110", "Type is empty"),
        ("empty include", "<Cassette><¦Include /></Cassette>", "CAS110", "<Include> is empty"),
        ("blank exclude", "<Cassette><¦Exclude>  \n </Exclude></Cassette>", "CAS110", "<Exclude> is empty"),
        ("empty entry", "<Cassette><Context Type='A.B'><¦Entry></Entry></Context></Cassette>", "CAS110", "MyApp.Program::Main"),
        ("empty assembly", "<Cassette><Include Assembly='¦'>A..*</Include></Cassette>", "CAS110", "Assembly is empty"),
        ("empty dump", "<Cassette Dump='¦' />", "CAS110", "Dump is empty"),
        ("text in the root", "<Cassette>\n  ¦MyApp..*\n</Cassette>", "CAS111", "'MyApp..*'"),
        ("text in a context", "<Cassette><Context Type='A.B'>¦A::M<Entry>A::N</Entry></Context></Cassette>", "CAS111", "'A::M'"),
        ("entry without member", "<Cassette><Context Type='A.B'><Entry>¦MyApp.Program.Main</Entry></Context></Cassette>", "CAS112", "MyApp.Program::Main"),
        ("entry with wildcard", "<Cassette><Context Type='A.B'><Entry>\n  ¦MyApp.Program::M*\n</Entry></Context></Cassette>", "CAS113", "exact type and method name"),
        ("included and excluded", "<Cassette>\n<Include>A..*</Include>\n<Exclude> ¦A..*</Exclude></Cassette>", "CAS114", "at line 2"),
        ("assembly included and excluded", "<Cassette><Include Assembly='X'/><Exclude Assembly='¦X'/></Cassette>", "CAS114", "'Assembly=X'"),
        ("included twice", "<Cassette><Include>A..*</Include><Include>¦A..*</Include></Cassette>", "CAS115", "at line 1"),
        ("entry outside a context", "<Cassette><¦Entry>A::M</Entry></Cassette>", "CAS116", "Move it into <Context>"),
        ("dump inside a context", "<Cassette><Context Type='A.B'><¦Dump>A::M</Dump></Context></Cassette>", "CAS116", "Move it into <Cassette>"),
        ("wildcard context", "<Cassette><Context Type='¦My.*Ctx' /></Cassette>", "CAS117", "without wildcards"),
        ("array as context", "<Cassette><Context Type='¦A.B[]' /></Cassette>", "CAS117", "A.B[]"),
        ("assembly with extension", "<Cassette><Include Assembly='System.Linq¦.dll' /></Cassette>", "CAS118", "without extension"),
        ("assembly with version", "<Cassette><Include Assembly='System.Linq¦, Version=1' /></Cassette>", "CAS118", "column 12"),
        ("two weaver elements", "<Weavers>\n<Cassette />\n<¦Cassette />\n</Weavers>", "CAS120", "at line 2"),
        ("rule without member", "<Cassette><Rule Method='¦My.Ctx' Pointcut='call(* *(..))' /></Cassette>", "CAS121", "My.Ctx"),
        ("rule twice", "<Cassette><Rule Method='A::M' Pointcut='call(* *(..))' /><Rule Method='¦A::M' Pointcut='call(* B(..))' /></Cassette>", "CAS122", "at line 1"),
        ("element in a namespace", "<Cassette><¦Include xmlns='urn:x'>A..*</Include></Cassette>", "CAS123", "urn:x"),
        ("not closed", "<Weavers>\n  <Cassette>\n</¦Weavers>", "CAS101", "Cassette"),
        ("bare ampersand", "<Cassette><Rule Method='A::M' Pointcut='a &¦& b' /></Cassette>", "CAS101", "well-formed"),
        ("attribute twice", "<Cassette Strict='true' ¦Strict='false' />", "CAS101", "Strict"),
        ("fault after entities", "<Cassette><Rule Method='A::M' Pointcut='call(* A(..)) &amp;&amp; ¦witin(B)' /></Cassette>", "CAS204", "Did you mean 'within'?"),
        ("fault on a later line of an attribute", "<Cassette><Rule Method='A::M' Pointcut='call(* A(..))\r\n  &#38;&#x26; ¦; b' /></Cassette>", "CAS202", "';'"),
        ("fault behind a comment", "<Cassette><Include>A.<!-- not B -->¦;</Include></Cassette>", "CAS202", "column 3"),
        ("fault in CDATA", "<Cassette><Include><![CDATA[A.B<¦&]]></Include></Cassette>", "CAS207", "'&'"),
        ("fault in a dump", "<Cassette Dump='A::¦' />", "CAS208", "Add the name"),
        ("unclosed list in an include", "<Cassette>\n<Include>A::M¦(int</Include></Cassette>", "CAS205", "missing ')'"),
    ];

    public static TheoryData<string> Names => new(Cases.Select(item => item.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void IsReportedOnceAtItsPlace(string name)
    {
        var (_, marked, code, fragment) = Cases.Single(item => item.Name == name);
        int mark = marked.IndexOf('¦');
        Assert.True(mark >= 0 && mark == marked.LastIndexOf('¦'));
        int line = marked.Take(mark).Count(character => character == '\n') + 1;
        int column = mark - (mark == 0 ? -1 : marked.LastIndexOf('\n', mark - 1));

        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.ReadText("FodyWeavers.xml", marked.Remove(mark, 1), diagnostics);

        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, line, column), (diagnostic.Id, diagnostic.Position!.Value.Line, diagnostic.Position.Value.Column));
        Assert.Contains(fragment, diagnostic.ToString());
        Assert.Equal("FodyWeavers.xml", diagnostic.Position.Value.File);
    }

    [Fact]
    public void ReportsAllFaultsOfAFileInOrder()
    {
        var diagnostics = new DiagnosticBag();
        WeaverConfigReader.ReadText(
            "f.xml", "<Cassette Stirct='1' MaxNesting='x'>\n<Context><Entry>A</Entry></Context>\n<Dump/></Cassette>", diagnostics);
        Assert.Equal(["CAS103", "CAS106", "CAS108", "CAS112", "CAS110"], diagnostics.Select(item => item.Id));
    }

    [Fact]
    public void MissingElementIsAWarningForTheFile()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(WeaverConfigReader.ReadText("dir/FodyWeavers.xml", "<Weavers><Other /></Weavers>", diagnostics));
        Assert.Equal(
            "dir/FodyWeavers.xml: warning CAS119: The configuration file 'FodyWeavers.xml' has no <Cassette> element. "
            + "Add <Cassette /> inside <Weavers>.",
            Assert.Single(diagnostics).ToBuildLine());
    }

    [Fact]
    public void UnreadableFileIsAnError()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(WeaverConfigReader.ReadFile("/no/such/FodyWeavers.xml", diagnostics));
        Assert.Equal("CAS102", Assert.Single(diagnostics).Id);
    }
}
