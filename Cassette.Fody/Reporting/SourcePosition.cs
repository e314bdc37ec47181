using System;
using System.Globalization;

namespace Cassette.Fody.Reporting;

/// <summary>A place in a source or configuration file. Lines and columns start at 1.</summary>
/// <param name="File">The file as the build names it.</param>
/// <param name="Line">The line, or 0 where only the file is known.</param>
/// <param name="Column">The column, or 0 where only the line is known.</param>
/// <example><c>new SourcePosition("FodyWeavers.xml", 3, 12).ToString()</c> is <c>FodyWeavers.xml(3,12)</c>.</example>
public readonly record struct SourcePosition(string File, int Line, int Column) : IComparable<SourcePosition>
{
    /// <summary>Orders by file (ordinal), then line, then column.</summary>
    public int CompareTo(SourcePosition other)
    {
        int byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0)
            return byFile;
        int byLine = Line.CompareTo(other.Line);
        return byLine != 0 ? byLine : Column.CompareTo(other.Column);
    }

    /// <summary>The form that MSBuild and editors recognise: <c>file(line,column)</c>.</summary>
    public override string ToString()
    {
        if (Line <= 0)
            return File;
        return Column <= 0
            ? string.Format(CultureInfo.InvariantCulture, "{0}({1})", File, Line)
            : string.Format(CultureInfo.InvariantCulture, "{0}({1},{2})", File, Line, Column);
    }
}
