using System;
using System.IO;

using Cassette.Tasks;

using Xunit;

namespace Cassette.BuildTests;

/// <summary>The host's rules: https://learn.microsoft.com/dotnet/core/versions/selection.</summary>
public sealed class SharedFrameworkChoiceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cassette-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("10.0", "", "9.0.7 10.0.2 10.0.10 10.1.0", "10.0.10")]
    [InlineData("10.0", "", "10.1.3 10.2.0 11.0.0", "10.1.3")]
    [InlineData("10.0", "", "9.0.0 11.0.0", null)]
    [InlineData("10.0", "Major", "9.0.0 11.0.1 11.1.0 12.0.0", "11.0.1")]
    [InlineData("10.0", "LatestPatch", "10.1.0 11.0.0", null)]
    [InlineData("10.0", "LatestMinor", "10.0.1 10.2.0 11.0.0", "10.2.0")]
    [InlineData("10.0", "LatestMajor", "10.0.1 11.0.0", "11.0.0")]
    [InlineData("10.0.3", "Disable", "10.0.2 10.0.3 10.0.4", "10.0.3")]
    [InlineData("10.0.3", "", "10.0.2", null)]
    [InlineData("10.0", "", "10.0.0-rc.1 10.0.0-rc.2 not-a-version", "10.0.0-rc.2")]
    [InlineData("10.0", "", "10.1.0-preview.1 10.0.1", "10.0.1")]
    public void Chooses_what_the_host_would(string wanted, string rollForward, string installed, string? expected)
    {
        foreach (string version in installed.Split(' '))
            Directory.CreateDirectory(Path.Combine(_directory, version));

        Assert.Equal(expected, SharedFrameworkChoice.Choose(_directory, Version.Parse(wanted), rollForward));
    }
}
