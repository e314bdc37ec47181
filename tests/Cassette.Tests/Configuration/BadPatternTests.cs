using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Configuration;

/// <summary>As in <see cref="BadConfigurationTests"/>, <c>¦</c> marks where the diagnostic has to point.</summary>
public class BadPatternTests
{
    [Theory]
    [InlineData("¦", "CAS201")]
    [InlineData("¦   ", "CAS201")]
    [InlineData("call(* A¦;B())", "CAS202")]
    [InlineData("call(* A.¦1x())", "CAS202")]
    [InlineData("call(* A.B(int)) ¦; x", "CAS202")]
    [InlineData("call(¦)", "CAS203")]
    [InlineData("call¦", "CAS203")]
    [InlineData("call ¦* A()", "CAS203")]
    [InlineData("¦&& call(* A())", "CAS203")]
    [InlineData("call(* A()) &&¦", "CAS203")]
    [InlineData("call(* A(int ¦x))", "CAS203")]
    [InlineData("call(* A(int,¦))", "CAS203")]
    [InlineData("call(¦!final * A())", "CAS203")]
    [InlineData("@¦(Obsolete)", "CAS203")]
    [InlineData("call(* A()¦, B)", "CAS203")]
    [InlineData("¦cal(* A())", "CAS204")]
    [InlineData("call(* A()) || ¦@attrbute(X)", "CAS204")]
    [InlineData("¦execution(* A())", "CAS204")]
    [InlineData("call¦(* A()", "CAS205")]
    [InlineData("call(* A¦(int", "CAS205")]
    [InlineData("¦(call(* A()) || call(* B())", "CAS205")]
    [InlineData("within(A[,¦)", "CAS203")]
    [InlineData("within(A¦<int", "CAS205")]
    [InlineData("call(* A()) ¦call(* B())", "CAS206")]
    [InlineData("call(* A())¦)", "CAS206")]
    [InlineData("call(* A()) ¦& call(* B())", "CAS207")]
    [InlineData("call(* A()) ¦| call(* B())", "CAS207")]
    [InlineData("call(* A..¦)", "CAS208")]
    [InlineData("call(* A..¦())", "CAS208")]
    [InlineData("call(* A::¦())", "CAS208")]
    [InlineData("within(A.¦)", "CAS208")]
    [InlineData("within(A. ¦B)", "CAS208")]
    [InlineData("call(* A+¦(int))", "CAS208")]
    [InlineData("get(* A.B¦())", "CAS209")]
    [InlineData("set(int A.B¦(int))", "CAS209")]
    [InlineData("call(public ¦private * A())", "CAS210")]
    [InlineData("call(static !¦static * A())", "CAS210")]
    [InlineData("call(* A(¦void))", "CAS211")]
    [InlineData("within(¦void)", "CAS211")]
    [InlineData("call(¦void[] A())", "CAS211")]
    [InlineData("call(* A(List<¦void>))", "CAS211")]
    public void PointcutIsReportedAtItsPlace(string marked, string code)
    {
        int mark = marked.IndexOf('¦');
        var diagnostics = new DiagnosticBag();
        Assert.Null(PatternParser.ParsePointcut(marked.Remove(mark, 1), new ColumnOrigin(), diagnostics));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, mark + 1), (diagnostic.Id, diagnostic.Position!.Value.Column));
    }

    [Theory]
    [InlineData("A::¦", "CAS208")]
    [InlineData("A::B¦::C", "CAS206")]
    [InlineData("A::M ¦B", "CAS206")]
    [InlineData("A..*¦(int)", "CAS206")]
    [InlineData("A.B¦&&C", "CAS206")]
    [InlineData("¦::M", "CAS203")]
    [InlineData("List<int,¦::M", "CAS203")]
    public void MethodPatternIsReportedAtItsPlace(string marked, string code)
    {
        int mark = marked.IndexOf('¦');
        var diagnostics = new DiagnosticBag();
        Assert.Null(PatternParser.ParseMethodPattern(marked.Remove(mark, 1), new ColumnOrigin(), diagnostics));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((code, mark + 1), (diagnostic.Id, diagnostic.Position!.Value.Column));
    }

    [Fact]
    public void HostileNestingDoesNotOverflowTheStack()
    {
        foreach (string unit in new[] { "(", "!", "within(A<" })
        {
            var diagnostics = new DiagnosticBag();
            string text = string.Concat(Enumerable.Repeat(unit == "within(A<" ? "A<" : unit, 100_000));
            Assert.Null(PatternParser.ParsePointcut(
                unit == "within(A<" ? "within(" + text : text, new ColumnOrigin(), diagnostics));
            Assert.Equal("CAS212", Assert.Single(diagnostics).Id);
        }
    }

    [Fact]
    public void MessageNamesTheColumnAndTheRemedy()
    {
        var diagnostics = new DiagnosticBag();
        PatternParser.ParsePointcut("call(* A()) & b", FixedOrigin.Unknown, diagnostics);
        Assert.Equal(
            "CAS207: '&' at column 13 of 'call(* A()) & b' is not an operator. "
            + "Write && (in XML &amp;&amp; for &&), or the word and.",
            Assert.Single(diagnostics).ToString());
    }

    private sealed class ColumnOrigin : ITextOrigin
    {
        public SourcePosition? PositionOf(int offset) => new SourcePosition("p", 1, offset + 1);
    }
}
