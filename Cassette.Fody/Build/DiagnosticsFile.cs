using System.Collections.Generic;
using System.IO;
using System.Text;

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
            text.Append(line.Replace("\r", "").Replace('\n', ' ')).Append('\n');
        if (text.Length > 0)
            File.WriteAllText(_path, text.ToString());
    }
}
