using System.Linq;
using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Reporting;

public class DiagnosticBagTests
{
    private static readonly Diagnostic[] Sorted =
    [
        DiagnosticCatalog.DuplicateWeaverElement.Create(null, 1),
        DiagnosticCatalog.NotAContext.Create(null, "A"),
        DiagnosticCatalog.NotAContext.Create(null, "B"),
        DiagnosticCatalog.NotAContext.Create(new SourcePosition("a.cs", 2, 1), "A"),
        DiagnosticCatalog.NotAContext.Create(new SourcePosition("a.cs", 10, 1), "A"),
        DiagnosticCatalog.DuplicateItem.Create(new SourcePosition("a.cs", 10, 2), "x", "y", 1),
        DiagnosticCatalog.NotAContext.Create(new SourcePosition("b.cs", 1, 1), "A"),
    ];

    [Fact]
    public void OrderDoesNotDependOnArrival()
    {
        var bag = new DiagnosticBag();
        bag.AddRange(Sorted.Reverse());
        Assert.Equal(Sorted, bag);
    }

    [Fact]
    public void EqualOnesAreKeptOnce()
    {
        var bag = new DiagnosticBag();
        bag.Report(DiagnosticCatalog.NotAContext, new SourcePosition("a", 1, 1), "A");
        bag.Report(DiagnosticCatalog.NotAContext, new SourcePosition("a", 1, 1), "A");
        Assert.Single(bag);
        Assert.Equal(1, bag.ErrorCount);
    }

    [Fact]
    public void WarningsAreNoErrors()
    {
        var bag = new DiagnosticBag();
        bag.Report(DiagnosticCatalog.DuplicateItem, null, "x", "y", 1);
        Assert.False(bag.HasErrors);
        bag.Add(DiagnosticCatalog.DuplicateItem.Create(DiagnosticSeverity.Error, null, "x", "y", 1));
        Assert.True(bag.HasErrors);
    }

    [Fact]
    public void TextNamesCodeMessageAndRemedy()
    {
        Diagnostic diagnostic = DiagnosticCatalog.InvalidBoolean.Create(new SourcePosition("f.xml", 3, 7), "Strict", "x");
        Assert.Equal("CAS105: Strict=\"x\" is not a boolean. Write true or false.", diagnostic.ToString());
        Assert.Equal("f.xml(3,7): error " + diagnostic, diagnostic.ToBuildLine());
    }
}
