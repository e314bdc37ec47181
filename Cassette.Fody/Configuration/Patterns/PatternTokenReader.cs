using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>A cursor over the tokens of one pattern, which knows how to complain.</summary>
internal sealed class PatternTokenReader(string text, string example)
{
    private readonly List<PatternToken> _tokens = PatternTokenizer.Tokenize(text);

    public string Text { get; } = text;

    /// <summary>The index of the current token; setting it goes back.</summary>
    public int Position { get; set; }

    public PatternToken Current => _tokens[Position];

    /// <summary>The token after the current one; the end again at the end.</summary>
    public PatternToken Next => _tokens[System.Math.Min(Position + 1, _tokens.Count - 1)];

    public bool Is(PatternTokenKind kind) => Current.Kind == kind;

    public bool IsWord(string word) => Is(PatternTokenKind.Word) && Current.Text == word;

    /// <summary>Whether the current token has the kind and touches the one before.</summary>
    public bool IsAdjacent(PatternTokenKind kind) => Is(kind) && !Current.HasSpaceBefore;

    public PatternToken Take()
    {
        PatternToken token = Current;
        if (token.Kind != PatternTokenKind.End)
            Position++;
        return token;
    }

    public bool TryTake(PatternTokenKind kind)
    {
        if (!Is(kind))
            return false;
        Take();
        return true;
    }

    public bool TryTakeAdjacent(PatternTokenKind kind) => IsAdjacent(kind) && TryTake(kind);

    public PatternToken Expect(PatternTokenKind kind, string expected)
    {
        if (!Is(kind))
            throw Expected(expected);
        return Take();
    }

    /// <summary>Takes the bracket that closes <paramref name="opening"/>.</summary>
    public void Close(PatternToken opening, PatternTokenKind kind, string closing, string alternatives)
    {
        if (TryTake(kind))
            return;
        if (Is(PatternTokenKind.End))
        {
            throw new PatternSyntaxException(
                DiagnosticCatalog.UnclosedBracket, opening.Offset, opening.Text, opening.Offset + 1, Text, closing);
        }

        throw Expected(alternatives + "'" + closing + "'");
    }

    public PatternSyntaxException Expected(string expected) =>
        new(DiagnosticCatalog.PatternExpected, Current.Offset,
            expected, Current.Description, Current.Offset + 1, Text, example);

    public void ExpectEnd()
    {
        if (!Is(PatternTokenKind.End))
        {
            throw new PatternSyntaxException(
                DiagnosticCatalog.TrailingText, Current.Offset, Current.Description, Current.Offset + 1, Text);
        }
    }
}
