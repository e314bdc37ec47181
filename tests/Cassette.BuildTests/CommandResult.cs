using Xunit;

namespace Cassette.BuildTests;

/// <summary>How a command ended and what it wrote.</summary>
public sealed record CommandResult(int ExitCode, string Output)
{
    public CommandResult Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public CommandResult FailsWith(string code)
    {
        Assert.True(ExitCode != 0, "It succeeded:\n" + Output);
        Assert.Contains("error " + code, Output);
        return this;
    }
}
