using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>The characters of a file, addressed by offset and by line and column.</summary>
internal sealed class XmlText
{
    private readonly string _path;
    private readonly List<int> _lineStarts = [0];

    public XmlText(string path, string text)
    {
        _path = path;
        Text = text;
        for (int index = 0; index < text.Length; )
        {
            int length = LineBreakLength(index);
            bool isBreak = text[index] is '\r' or '\n';
            index += length;
            if (isBreak)
                _lineStarts.Add(index);
        }
    }

    public string Text { get; }

    public int OffsetOf(int line, int column) => _lineStarts[line - 1] + column - 1;

    public SourcePosition PositionAt(int offset)
    {
        int line = _lineStarts.BinarySearch(offset);
        if (line < 0)
            line = ~line - 1;
        return new SourcePosition(_path, line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>How many characters of the file the parser reads as one: two for CR LF.</summary>
    public int LineBreakLength(int offset) =>
        Text[offset] == '\r' && offset + 1 < Text.Length && Text[offset + 1] == '\n' ? 2 : 1;
}
