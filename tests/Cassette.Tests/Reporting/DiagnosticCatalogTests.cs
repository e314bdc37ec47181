using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Cassette.Fody.Reporting;
using Xunit;

namespace Cassette.Tests.Reporting;

public class DiagnosticCatalogTests
{
    [Fact]
    public void IdsAreUniqueAndInRange()
    {
        Assert.Equal(
            typeof(DiagnosticCatalog).GetFields(BindingFlags.Public | BindingFlags.Static).Length,
            DiagnosticCatalog.All.Count);
        Assert.Equal(DiagnosticCatalog.All.Count, DiagnosticCatalog.All.Select(item => item.Id).Distinct().Count());
        Assert.All(DiagnosticCatalog.All, item => Assert.Matches("^CAS[1-6][0-9][0-9]$", item.Id));
    }

    [Fact]
    public void EachHasAMessageAndARemedyWithoutFullStop()
    {
        Assert.All(DiagnosticCatalog.All, item =>
        {
            foreach (string text in new[] { item.Title, item.MessageFormat, item.RemedyFormat })
            {
                Assert.False(string.IsNullOrWhiteSpace(text));
                Assert.False(text.EndsWith('.'), item.Id);
            }
        });
    }

    [Fact]
    public void ArgumentsAreNumberedWithoutGaps()
    {
        Assert.All(DiagnosticCatalog.All, item =>
        {
            IEnumerable<int> used = Regex.Matches(item.MessageFormat + item.RemedyFormat, @"\{(\d)\}")
                .Select(match => int.Parse(match.Groups[1].Value)).Distinct().Order();
            Assert.Equal(Enumerable.Range(0, item.ArgumentCount), used);
            object[] arguments = Enumerable.Range(0, item.ArgumentCount).Select(index => (object)$"<{index}>").ToArray();
            Assert.DoesNotMatch(@"\{\d\}", item.Create(null, arguments).ToString());
        });
    }

    [Fact]
    public void WrongNumberOfArgumentsIsRefused() =>
        Assert.Throws<ArgumentException>(() => DiagnosticCatalog.InvalidBoolean.Create(null, "Strict"));

    [Fact]
    public void TableListsEachIdOnce()
    {
        string table = DiagnosticTable.Render();
        Assert.All(DiagnosticCatalog.All, item => Assert.Single(Regex.Matches(table, $@"^\| {item.Id} \|", RegexOptions.Multiline)));
        if (Environment.GetEnvironmentVariable("CASSETTE_DIAGNOSTICS_TABLE") is { Length: > 0 } path)
            File.WriteAllText(path, table);
    }
}
