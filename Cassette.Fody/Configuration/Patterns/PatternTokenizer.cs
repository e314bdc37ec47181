using System;
using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>Cuts a pattern into tokens. A wildcard belongs to the word it touches.</summary>
internal static class PatternTokenizer
{
    /// <exception cref="PatternSyntaxException">A character belongs to no token.</exception>
    public static List<PatternToken> Tokenize(string text)
    {
        var tokens = new List<PatternToken>();
        int offset = 0;
        while (true)
        {
            int start = offset;
            while (offset < text.Length && char.IsWhiteSpace(text[offset]))
                offset++;
            bool hasSpace = offset > start;
            if (offset == text.Length)
            {
                tokens.Add(new PatternToken(PatternTokenKind.End, "", offset, hasSpace));
                return tokens;
            }

            PatternTokenKind kind = Classify(text, offset, out int length);
            tokens.Add(new PatternToken(kind, text.Substring(offset, length), offset, hasSpace));
            offset += length;
        }
    }

    /// <summary>Whether a name may contain <paramref name="character"/>.</summary>
    public static bool IsWordCharacter(char character) =>
        char.IsLetterOrDigit(character) || character == '_' || character == '*'
        || char.IsSurrogate(character);

    private static PatternTokenKind Classify(string text, int offset, out int length)
    {
        char first = text[offset];
        char second = offset + 1 < text.Length ? text[offset + 1] : '\0';
        if (IsWordCharacter(first) && !char.IsDigit(first))
        {
            length = 1;
            while (offset + length < text.Length && IsWordCharacter(text[offset + length]))
                length++;
            return PatternTokenKind.Word;
        }

        length = 2;
        switch (first, second)
        {
            case ('.', '.'): return PatternTokenKind.DotDot;
            case (':', ':'): return PatternTokenKind.ColonColon;
            case ('&', '&'): return PatternTokenKind.And;
            case ('|', '|'): return PatternTokenKind.Or;
        }

        length = 1;
        return first switch
        {
            '.' => PatternTokenKind.Dot,
            '/' => PatternTokenKind.Slash,
            '+' => PatternTokenKind.Plus,
            '?' => PatternTokenKind.Question,
            ',' => PatternTokenKind.Comma,
            '@' => PatternTokenKind.At,
            '!' => PatternTokenKind.Not,
            '(' => PatternTokenKind.OpenParenthesis,
            ')' => PatternTokenKind.CloseParenthesis,
            '<' => PatternTokenKind.OpenAngle,
            '>' => PatternTokenKind.CloseAngle,
            '[' => PatternTokenKind.OpenSquare,
            ']' => PatternTokenKind.CloseSquare,
            '&' => throw SingleOperator(text, offset, "&", "and"),
            '|' => throw SingleOperator(text, offset, "|", "or"),
            _ => throw new PatternSyntaxException(
                DiagnosticCatalog.UnexpectedCharacter, offset, first, offset + 1, text),
        };
    }

    private static Exception SingleOperator(string text, int offset, string symbol, string word) =>
        new PatternSyntaxException(DiagnosticCatalog.SingleOperator, offset, symbol, offset + 1, text, word);
}
