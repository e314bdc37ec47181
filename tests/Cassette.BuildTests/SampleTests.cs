using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>
/// The samples, as the build left them, write what their READMEs say, which is where the expectation is reasoned. There
/// <c>…</c> stands for what differs from machine to machine: times and paths.
/// </summary>
public sealed class SampleTests
{
    public static TheoryData<string> Samples() => new(Names());

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_writes_what_its_README_says(string sample)
    {
        string[] expected = Lines(ExpectedOutput(sample));

        string[] actual = Lines(Run(sample));

        for (int line = 0; line < expected.Length && line < actual.Length; line++)
        {
            string pattern = "^" + Regex.Escape(expected[line]).Replace("…", ".*") + "$";
            Assert.True(Regex.IsMatch(actual[line], pattern), $"Line {line + 1}\n  should be {expected[line]}\n  and is    {actual[line]}");
        }

        Assert.Equal(expected.Length, actual.Length);
    }

    /// <summary>Two sleeps of 20 ms are below each Price, and Price below Checkout; the exception's path does not leave a node open.</summary>
    [Fact]
    public void The_profiler_measures_what_the_program_did()
    {
        string output = Run("CallTree");

        Assert.InRange(Milliseconds("Sleep"), 38, double.MaxValue);
        Assert.InRange(Milliseconds("Price"), Milliseconds("Sleep"), Milliseconds("Checkout"));
        Assert.InRange(Milliseconds("Receipt"), 0, Milliseconds("Checkout") - Milliseconds("Price") + 0.2);

        double Milliseconds(string callee) => double.Parse(
            Regex.Match(output, $@"^ *(\d+\.\d) .*\.{callee}$", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void There_are_samples() => Assert.Contains("Quickstart", Names());

    private static string[] Names()
    {
        string solution = File.ReadAllText(Path.Combine(PackageFeed.Repository, "Cassette.sln"));
        return [.. Regex.Matches(solution, @"""samples\\(\w+)\\\1\.csproj""").Select(match => match.Groups[1].Value)];
    }

    private static string Run(string sample)
    {
        string path = Directory(sample, "bin", PackageFeed.Configuration, "net10.0", sample + ".dll");
        Assert.True(ConsumerProject.IsWoven(path));
        return Dotnet.Run(Directory(sample), path).Succeeds().Output;
    }

    private static string ExpectedOutput(string sample)
    {
        string readme = File.ReadAllText(Directory(sample, "README.md")).Replace("\r\n", "\n");
        Assert.Contains($"dotnet run --project samples/{sample}\n", readme);
        return Assert.Single(Regex.Matches(readme, @"^```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)).Groups[1].Value;
    }

    private static string Directory(string sample, params string[] parts) =>
        Path.Combine([PackageFeed.Repository, "samples", sample, .. parts]);

    private static string[] Lines(string text) => text.Replace("\r\n", "\n").TrimEnd().Split('\n');
}
