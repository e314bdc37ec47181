using System;
using System.IO;

using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Cassette.Tasks;

/// <summary>Logs what the weaver left in its diagnostics file, as MSBuild errors and warnings with code and position.</summary>
internal static class DiagnosticsReplay
{
    public static void Log(string path, TaskLoggingHelper log)
    {
        if (!File.Exists(path))
            return;
        foreach (string line in File.ReadAllLines(path))
            log.LogMessageFromText(WithOrigin(line), MessageImportance.Normal);
    }

    // Without one MSBuild shows the task's name in the place of a file.
    private static string WithOrigin(string line) =>
        line.StartsWith("error ", StringComparison.Ordinal) || line.StartsWith("warning ", StringComparison.Ordinal)
            ? "Cassette : " + line
            : line;
}
