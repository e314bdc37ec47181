using System.Collections.Generic;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>The parts of a member's name.</summary>
internal sealed record MemberName(
    TypePattern? DeclaringType, string Name, PatternList<TypePattern>? TypeArguments);

/// <summary>
/// The productions for types and for the dotted names of members.
/// <code>
/// type    = (keyword { "*" } | name ["+"]) { "?" | rank }      rank = "[" { "," } "]"
/// name    = [".."] segment { ("." | ".." | "/") segment }
/// segment = word [ "&lt;" type { "," type } "&gt;" ]
/// member  = name ["+"] ("::" | ".") [ "." ] segment  |  segment
/// </code>
/// Dots must touch the names they join, so that <c>int ..Foo.Bar()</c> has a return type.
/// </summary>
internal sealed class TypeGrammar(PatternTokenReader reader, NestingGuard nesting)
{
    public TypePattern Type() => Type(allowVoid: false);

    /// <summary>A type with <c>ref</c>, <c>in</c> or <c>out</c> before it, or without.</summary>
    public TypePattern TypeOrByRef(bool allowVoid)
    {
        bool isByRef = reader.Current is { Kind: PatternTokenKind.Word, Text: "ref" or "in" or "out" }
            && reader.Next.Kind is PatternTokenKind.Word or PatternTokenKind.DotDot
            && reader.Next.HasSpaceBefore;
        if (!isByRef)
            return Type(allowVoid);
        string keyword = reader.Take().Text;
        return new ByRefPattern(keyword, Type());
    }

    /// <summary>
    /// The type before a member's name, or null where the name comes at once. Only what follows tells which:
    /// so a type is read, and unread where no name begins after it.
    /// </summary>
    public TypePattern? TypeBeforeName()
    {
        int start = reader.Position;
        TypePattern type = TypeOrByRef(allowVoid: true);
        if (reader.Is(PatternTokenKind.Word) || reader.Is(PatternTokenKind.DotDot))
            return type;
        reader.Position = start;
        return null;
    }

    /// <summary>A member's name, with its declaring type before <c>::</c> or the last dot.</summary>
    public MemberName MemberName()
    {
        List<NameSegment> segments = Segments(out _);
        TypePattern? declaringType = null;
        if (reader.TryTakeAdjacent(PatternTokenKind.Plus))
        {
            declaringType = new SubtypesPattern(MakeType(segments));
            if (!reader.Is(PatternTokenKind.ColonColon) && !reader.IsAdjacent(PatternTokenKind.Dot))
                throw NameMissing();
            reader.Take();
        }
        else if (reader.TryTake(PatternTokenKind.ColonColon))
        {
            declaringType = MakeType(segments);
        }

        if (declaringType is not null)
        {
            string dot = reader.TryTake(PatternTokenKind.Dot) ? "." : "";
            if (!reader.Is(PatternTokenKind.Word))
                throw NameMissing();
            NameSegment member = Segment(isNested: false);
            return new MemberName(declaringType, dot + member.Glob, member.TypeArguments);
        }

        NameSegment last = segments[segments.Count - 1];
        segments.RemoveAt(segments.Count - 1);
        if (segments.Count == 0)
            return new MemberName(null, last.Glob, last.TypeArguments);

        // In MyLib..Get* the dots stand for the declaring type too.
        if (segments[segments.Count - 1].IsAnyDepth)
            segments.Add(new NameSegment("*"));
        if (segments.Count == 2 && segments[0].IsAnyDepth)
            segments.RemoveAt(0);
        return new MemberName(MakeType(segments), last.Glob, last.TypeArguments);
    }

    private TypePattern Type(bool allowVoid)
    {
        nesting.Enter();
        PatternToken start = reader.Current;
        List<NameSegment> segments = Segments(out bool isPlainWord);
        TypePattern type = isPlainWord && PointerTo(start.Text) is { } pointer ? pointer : MakeType(segments);
        if (type is KeywordTypePattern or NamedTypePattern && reader.TryTakeAdjacent(PatternTokenKind.Plus))
            type = new SubtypesPattern(type);
        if (type is KeywordTypePattern { Keyword: "void" }
            && (!allowVoid || reader.Is(PatternTokenKind.OpenSquare) || reader.Is(PatternTokenKind.Question)))
        {
            throw new PatternSyntaxException(
                DiagnosticCatalog.MisplacedVoid, start.Offset, start.Offset + 1, reader.Text);
        }

        type = Suffixes(type);
        nesting.Leave();
        return type;
    }

    private TypePattern Suffixes(TypePattern type)
    {
        while (true)
        {
            if (reader.Is(PatternTokenKind.Question) && type is not NullablePattern and not PointerPattern)
            {
                reader.Take();
                type = new NullablePattern(type);
            }
            else if (reader.Is(PatternTokenKind.OpenSquare))
            {
                // The rank that is written first is the outermost.
                var ranks = new Stack<int>();
                while (reader.Is(PatternTokenKind.OpenSquare))
                    ranks.Push(Rank());
                while (ranks.Count > 0)
                    type = new ArrayPattern(type, ranks.Pop());
            }
            else
            {
                return type;
            }
        }
    }

    private int Rank()
    {
        PatternToken opening = reader.Take();
        int rank = 1;
        while (reader.TryTake(PatternTokenKind.Comma))
            rank++;
        reader.Close(opening, PatternTokenKind.CloseSquare, "]", "',' or ");
        return rank;
    }

    private List<NameSegment> Segments(out bool isPlainWord)
    {
        var segments = new List<NameSegment>();
        if (reader.TryTake(PatternTokenKind.DotDot))
            segments.Add(NameSegment.AnyDepth);
        if (!reader.Is(PatternTokenKind.Word))
            throw segments.Count > 0 ? NameMissing() : reader.Expected("a name");
        segments.Add(Segment(isNested: false));
        while (IsSeparator())
        {
            PatternToken separator = reader.Take();
            if (separator.Kind == PatternTokenKind.DotDot)
                segments.Add(NameSegment.AnyDepth);
            if (!reader.IsAdjacent(PatternTokenKind.Word))
                throw NameMissing();
            segments.Add(Segment(separator.Kind == PatternTokenKind.Slash));
        }

        isPlainWord = segments.Count == 1 && segments[0].TypeArguments is null;
        return segments;
    }

    private bool IsSeparator() =>
        reader.IsAdjacent(PatternTokenKind.Dot)
        || reader.IsAdjacent(PatternTokenKind.DotDot)
        || reader.IsAdjacent(PatternTokenKind.Slash);

    private NameSegment Segment(bool isNested)
    {
        string glob = reader.Take().Text;
        return new NameSegment(glob, reader.IsAdjacent(PatternTokenKind.OpenAngle) ? TypeArguments() : null, isNested);
    }

    private PatternList<TypePattern> TypeArguments()
    {
        PatternToken opening = reader.Take();
        var arguments = new List<TypePattern>();
        do
        {
            // List<> and Dictionary<,> are the generic types themselves, of which nothing is asked but the arity.
            bool isOpen = reader.Is(PatternTokenKind.Comma) || reader.Is(PatternTokenKind.CloseAngle);
            arguments.Add(isOpen ? AnyTypePattern.Instance : Type());
        }
        while (reader.TryTake(PatternTokenKind.Comma));
        reader.Close(opening, PatternTokenKind.CloseAngle, ">", "',' or ");
        return new PatternList<TypePattern>(arguments);
    }

    private static TypePattern MakeType(List<NameSegment> segments)
    {
        if (segments.Count == 1 && segments[0].TypeArguments is null)
        {
            if (segments[0].Glob == "*")
                return AnyTypePattern.Instance;
            if (TypeKeywords.IsKeyword(segments[0].Glob))
                return new KeywordTypePattern(segments[0].Glob);
        }

        return new NamedTypePattern(new PatternList<NameSegment>(segments));
    }

    /// <summary><c>void*</c>, <c>int**</c>...; null where the word is no keyword with stars behind it.</summary>
    private static TypePattern? PointerTo(string word)
    {
        string keyword = word.TrimEnd('*');
        if (keyword.Length == word.Length || !TypeKeywords.IsKeyword(keyword))
            return null;
        TypePattern type = new KeywordTypePattern(keyword);
        for (int star = keyword.Length; star < word.Length; star++)
            type = new PointerPattern(type);
        return type;
    }

    private PatternSyntaxException NameMissing() =>
        new(DiagnosticCatalog.MemberNameMissing, reader.Current.Offset, reader.Current.Offset + 1, reader.Text);
}
