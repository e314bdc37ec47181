using System;
using Cassette.Tests.Harness;

namespace Cassette.Tests.BadInput;

/// <summary>
/// A faulty source or configuration and what the weaver has to say of it. The place that the diagnostic has to point to
/// is marked by <c>¦</c>, so that the position is expected by reading; without a mark no position is expected.
/// </summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Code">The diagnostic.</param>
/// <param name="Fragment">Part of its text.</param>
/// <param name="Source">What stands beside the common source.</param>
/// <param name="Xml">The configuration.</param>
/// <param name="IsError">Whether the build fails.</param>
internal sealed record BadCase(
    string Name, string Code, string Fragment, string Source, string Xml = CompiledProgram.DefaultConfiguration, bool IsError = true)
{
    public const string SourcePath = "/src/Faulty.cs";

    private const char Mark = '¦';

    private const string Usings =
        "using System; using System.Collections.Generic; using System.IO; using System.Runtime.CompilerServices; using System.Threading.Tasks; using Cassette;\n";

    public string UnmarkedSource => Usings + Unmarked(Source);

    public string UnmarkedXml => Unmarked(Xml);

    /// <summary>File, line and column of the mark.</summary>
    public (string File, int Line, int Column)? Expected =>
        Position(Usings + Source) is { } inSource ? (SourcePath, inSource.Line, inSource.Column)
        : Position(Xml) is { } inXml ? (ConfigurationFile.Name, inXml.Line, inXml.Column)
        : null;

    public override string ToString() => Name;

    private static string Unmarked(string text) => text.Replace(Mark.ToString(), "", StringComparison.Ordinal);

    private static (int Line, int Column)? Position(string text)
    {
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        if (mark < 0)
            return null;
        ReadOnlySpan<char> before = text.AsSpan(0, mark);
        return (before.Count('\n') + 1, mark - before.LastIndexOf('\n'));
    }
}
