using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>
/// Finds the place in the file for each character of an XML value, which entities (<c>&amp;amp;</c> is one
/// character) and line ends make differ from the offset in the value.
/// </summary>
internal sealed class XmlTextOrigin(XmlText file) : ITextOrigin
{
    private readonly List<Piece> _pieces = [];
    private int _length;

    /// <summary>Adds a run of the value, which stands in the file from <paramref name="start"/> on.</summary>
    public void Add(int start, int length, bool isLiteral)
    {
        _pieces.Add(new Piece(_length, start, isLiteral));
        _length += length;
    }

    /// <inheritdoc/>
    public SourcePosition? PositionOf(int offset)
    {
        Piece piece = default;
        foreach (Piece candidate in _pieces)
        {
            if (candidate.Offset <= offset)
                piece = candidate;
        }

        int index = piece.Start;
        for (int remaining = offset - piece.Offset; remaining > 0 && index < file.Text.Length; )
        {
            int characters = 1;
            index += piece.IsLiteral ? file.LineBreakLength(index) : EncodedLength(index, out characters);
            remaining -= characters;
        }

        return file.PositionAt(index);
    }

    private int EncodedLength(int index, out int characters)
    {
        characters = 1;
        if (file.Text[index] != '&')
            return file.LineBreakLength(index);
        int end = file.Text.IndexOf(';', index);
        if (end < 0)
            return 1;

        // &#x1F600; stands for two UTF-16 characters.
        string reference = file.Text.Substring(index + 1, end - index - 1);
        if (reference.Length > 1 && reference[0] == '#')
        {
            bool isHexadecimal = reference[1] == 'x';
            string digits = reference.Substring(isHexadecimal ? 2 : 1);
            if (int.TryParse(
                    digits,
                    isHexadecimal ? System.Globalization.NumberStyles.HexNumber : System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out int code)
                && code > char.MaxValue)
            {
                characters = 2;
            }
        }

        return end - index + 1;
    }

    private readonly record struct Piece(int Offset, int Start, bool IsLiteral);
}

/// <summary>A piece of text before which something was cut off.</summary>
internal sealed class TrimmedOrigin(ITextOrigin origin, int trimmed) : ITextOrigin
{
    /// <inheritdoc/>
    public SourcePosition? PositionOf(int offset) => origin.PositionOf(offset + trimmed);
}
