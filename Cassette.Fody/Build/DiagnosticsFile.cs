using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

using Fody;

namespace Cassette.Fody.Build;

/// <summary>
/// The file <c>X.cassette.diagnostics</c>, from which Cassette.Tasks logs what the weaver found. Fody's own
/// log cannot carry a code, and shows positions only for sequence points.
/// Used through <see cref="WeaveSession"/>.
/// </summary>
internal sealed class DiagnosticsFile(string assemblyPath)
{
    private readonly string _path = Path.ChangeExtension(assemblyPath, ".cassette.diagnostics");

    public void Clear() => File.Delete(_path);

    public void Write(IEnumerable<string> buildLines)
    {
        var text = new StringBuilder();
        foreach (string line in buildLines)
            text.Append(OneLine(line)).Append('\n');
        if (text.Length > 0)
            File.WriteAllText(_path, text.ToString());
    }

    /// <summary>
    /// Adds what ended the weave, unless it is the summary of errors that are listed already. An exception's
    /// text that begins with a code is an error of that code; any other is a fault of the weaver.
    /// </summary>
    public void WriteFailure(Exception exception)
    {
        bool hasCode = exception is WeavingException && exception.Message.StartsWith("CAS", StringComparison.Ordinal);
        if (exception is WeavingException && !hasCode)
            return;
        string text = hasCode
            ? exception.Message
            : $"CAS601: The weaver failed with {exception.GetType()} ({exception.Message}). Report this as a fault of Cassette, with the assembly if you can.";
        File.AppendAllText(_path, "error " + OneLine(text) + "\n");
    }

    private static string OneLine(string text) => text.Replace("\r", "").Replace('\n', ' ');
}
