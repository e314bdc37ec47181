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
            log.LogMessageFromText(line, MessageImportance.Normal);
    }
}
