using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;
using Cassette.Tests.Reporting;
using Xunit;

namespace Cassette.Tests.Documentation;

/// <summary>What the README says is what the code does, as far as a machine can tell.</summary>
public class ReadmeTests
{
    private static readonly string s_repository = Repository();
    private static readonly string s_readme = Read("README.md");

    /// <summary>Each C# block stands, line by line, in a sample, which is built and run by a test of its own, or is a pass that tests run.</summary>
    [Fact]
    public void CodeComesFromTheSamples()
    {
        List<string> samples = [.. Sources("samples").Concat(Sources("tests/Cassette.Tests/Passes")).Select(path => Trimmed(File.ReadAllText(path)))];

        string[] blocks = Blocks("csharp");

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(samples, sample => sample.Contains(Trimmed(block))));
    }

    /// <summary>What is shown of a program's output is what that sample's README has, which a test compares with the program.</summary>
    [Fact]
    public void OutputComesFromTheSamples()
    {
        string quickstart = Trimmed(Read("samples/Quickstart/README.md"));
        string log = Trimmed(string.Join('\n', Regex.Matches(s_readme, @"^ {4}Program\.cs:.*$", RegexOptions.Multiline)));

        Assert.Contains(Trimmed(Assert.Single(Blocks("text"))), quickstart);
        Assert.NotEmpty(log);
        Assert.Contains(log, quickstart);
    }

    [Fact]
    public void ConfigurationsAreAccepted()
    {
        string[] blocks = Blocks("xml");

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            var diagnostics = new DiagnosticBag();
            WeaverConfigReader.Read(XDocument.Parse(block).Root!.Element("Cassette")!, null, diagnostics);
            Assert.Empty(diagnostics);
        });
    }

    [Fact]
    public void PointcutsParse()
    {
        List<string> pointcuts = [.. Regex.Matches(s_readme, "`((?:call|get|set|new|within|@attribute)\\([^`]*\\))`").Select(match => match.Groups[1].Value)];

        Assert.True(pointcuts.Count >= 10);
        Assert.All(pointcuts, text =>
        {
            var diagnostics = new DiagnosticBag();
            Assert.NotNull(PatternParser.ParsePointcut(text, FixedOrigin.Unknown, diagnostics));
            Assert.Empty(diagnostics);
        });
    }

    [Fact]
    public void EachAttributeAndElementIsDocumented() =>
        Assert.All(ElementShape.All, shape =>
        {
            Assert.Contains("<" + shape.Name, s_readme);
            Assert.All(shape.Attributes, name => Assert.Matches($@"`{name}`|{name}=""", s_readme));
        });

    /// <summary>Properties and items are those that the head of the targets file describes.</summary>
    [Fact]
    public void EachPropertyOfTheBuildIsDocumented()
    {
        string targets = Read("Cassette.Tasks/build/Cassette.Fody.targets");
        string head = targets[..targets.IndexOf("  Files,", StringComparison.Ordinal)];

        string[] names = [.. Regex.Matches(head, @"^ {6}(Cassette\w+) ", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

        Assert.True(names.Length >= 5);
        Assert.All(names, name => Assert.Contains($"`{name}`", s_readme));
    }

    /// <summary>To renew the rows: run TableListsEachIdOnce with CASSETTE_DIAGNOSTICS_TABLE set to a file, and copy that.</summary>
    [Fact]
    public void TheCatalogueIsTheTable() => Assert.Contains(DiagnosticTable.Render(), s_readme);

    /// <summary>The build's own codes are not in the catalogue, so they are looked for in the sources.</summary>
    [Fact]
    public void EachCodeHasOneRowAndEachRowACode()
    {
        string[] codes = [.. Sources("Cassette.Fody").Concat(Sources("Cassette.Tasks"))
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), @"""(CAS\d{3})[:""]")).Select(match => match.Groups[1].Value)
            .Concat(DiagnosticCatalog.All.Select(item => item.Id)).Distinct().Order()];

        IEnumerable<string> rows = Regex.Matches(s_readme, @"^\| (CAS\d{3}) \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        Assert.Contains("CAS651", codes);
        Assert.Contains("CAS655", codes);
        Assert.Equal(codes, rows.Order());
    }

    [Fact]
    public void LinksLeadSomewhere()
    {
        string[] targets = [.. Regex.Matches(s_readme, @"\]\(([^)#:]+)\)").Select(match => match.Groups[1].Value)];
        string[] anchors = [.. Regex.Matches(s_readme, @"\]\(#([^)]+)\)").Select(match => match.Groups[1].Value)];
        string[] headings = [.. Regex.Matches(s_readme, "^#+ (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value.ToLowerInvariant().Replace(' ', '-'))];

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(s_repository, target)), target));
        Assert.All(anchors, anchor => Assert.Contains(anchor, headings));
    }

    [Fact]
    public void EachSampleHasAReadmeThatTheMainOneLeadsTo() =>
        Assert.All(Directory.GetFiles(Path.Combine(s_repository, "samples"), "README.md", SearchOption.AllDirectories), path =>
            Assert.Contains("samples/" + Path.GetFileName(Path.GetDirectoryName(path)), s_readme));

    private static string[] Blocks(string language) =>
        [.. Regex.Matches(s_readme, $@"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    /// <summary>Without indentation and empty lines.</summary>
    private static string Trimmed(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Path.Combine(s_repository, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Regex.IsMatch(path, @"[\\/](obj|bin)[\\/]"));

    private static string Read(string path) => File.ReadAllText(Path.Combine(s_repository, path)).Replace("\r\n", "\n");

    private static string Repository()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Cassette.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The tests do not run from below the repository.");
    }
}
