using System;

namespace Cassette.Fody.Reporting;

/// <summary>Names source files from the project's directory, so that no machine's paths get into what is written.</summary>
/// <param name="projectDirectory">The directory; null to keep paths as they are.</param>
internal sealed class ProjectPaths(string? projectDirectory)
{
    private readonly string? root = projectDirectory is null ? null : projectDirectory.Replace('\\', '/').TrimEnd('/') + "/";

    /// <summary>The path below the directory; of a file elsewhere the name alone.</summary>
    public string Relative(string path)
    {
        if (root is null)
            return path;
        var normal = path.Replace('\\', '/');
        return normal.StartsWith(root, StringComparison.Ordinal) ? normal.Substring(root.Length) : normal.Substring(normal.LastIndexOf('/') + 1);
    }

    public SourcePosition? Relative(SourcePosition? position) => position is { } known ? known with { File = Relative(known.File) } : null;
}
