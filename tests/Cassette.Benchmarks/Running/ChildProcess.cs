using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Cassette.Benchmarks.Running;

/// <summary>This program once more, in a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>What it prints; it is an error when it fails.</summary>
    public static string Run(IReadOnlyList<string> arguments)
    {
        using Process child = Start(arguments);
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? output : throw new InvalidOperationException($"Measuring {string.Join(" ", arguments)} failed: {output}");
    }

    /// <summary>Starts it; it is read from, and written to where it is talked to.</summary>
    public static Process Start(IReadOnlyList<string> arguments, bool isTalkedTo = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = isTalkedTo };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
