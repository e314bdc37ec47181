namespace Cassette.Fody.Configuration.Patterns;

internal enum PatternTokenKind
{
    End,
    Word,
    Dot,
    DotDot,
    ColonColon,
    Slash,
    Plus,
    Question,
    Comma,
    At,
    Not,
    And,
    Or,
    OpenParenthesis,
    CloseParenthesis,
    OpenAngle,
    CloseAngle,
    OpenSquare,
    CloseSquare,
}

/// <summary>One token of a pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written.</param>
/// <param name="Offset">Where it starts, from 0.</param>
/// <param name="HasSpaceBefore">Whether white space separates it from the token before.</param>
internal readonly record struct PatternToken(PatternTokenKind Kind, string Text, int Offset, bool HasSpaceBefore)
{
    /// <summary>How a message names it.</summary>
    public string Description => Kind == PatternTokenKind.End ? "the end" : "'" + Text + "'";
}
