using System.Linq;
using System.Text;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// A pattern for types. <see cref="object.ToString"/> gives text that parses to an equal pattern.
/// </summary>
/// <example><c>*</c>, <c>int</c>, <c>MyLib..*</c>, <c>List&lt;*&gt;</c>, <c>Stream+</c>, <c>int?[]</c></example>
public abstract record TypePattern
{
    /// <summary>Whether it names one type, without wildcards, <c>..</c> or <c>+</c>.</summary>
    public abstract bool IsExact { get; }

    /// <inheritdoc/>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Print(text);
        return text.ToString();
    }

    internal abstract void Print(StringBuilder text);
}

/// <summary><c>*</c>: any type at all, arrays, pointers, by-refs and type parameters included.</summary>
public sealed record AnyTypePattern : TypePattern
{
    /// <summary>The only instance that is needed.</summary>
    public static AnyTypePattern Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsExact => false;

    internal override void Print(StringBuilder text) => text.Append('*');
}

/// <summary>A C# keyword for a type, such as <c>int</c>.</summary>
/// <param name="Keyword">The keyword.</param>
public sealed record KeywordTypePattern(string Keyword) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => true;

    internal override void Print(StringBuilder text) => text.Append(Keyword);
}

/// <summary>
/// A type by name. A dot stands for nesting too, <c>/</c> only for nesting. Where the first name must be a
/// type's, because it stands alone, has type arguments or has <c>/</c> behind it, it is looked for in every
/// namespace and type; otherwise the names are read from the root namespace.
/// </summary>
/// <param name="Segments">From the outermost; the last is a name, never <c>..</c>.</param>
public sealed record NamedTypePattern(PatternList<NameSegment> Segments) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => Segments.All(segment => segment.IsExact);

    /// <summary>Whether the first name stands in the root namespace.</summary>
    public bool IsRooted =>
        Segments.Count > 1 && Segments[0].TypeArguments is null && !Segments[1].IsNested;

    internal override void Print(StringBuilder text)
    {
        for (int index = 0; index < Segments.Count; index++)
            Segments[index].Print(text, index == 0 ? null : Segments[index - 1]);
    }
}

/// <summary><c>T+</c>: the types that match <c>T</c> and all that derive from them or implement them.</summary>
public sealed record SubtypesPattern(TypePattern Element) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => false;

    internal override void Print(StringBuilder text)
    {
        Element.Print(text);
        text.Append('+');
    }
}

/// <summary>
/// <c>T?</c>: <c>Nullable&lt;T&gt;</c>, or a reference type that matches <c>T</c>, whose annotation metadata
/// signatures do not carry.
/// </summary>
public sealed record NullablePattern(TypePattern Element) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => Element.IsExact;

    internal override void Print(StringBuilder text)
    {
        Element.Print(text);
        text.Append('?');
    }
}

/// <summary><c>T[]</c>, <c>T[,]</c>... As in C#, the rank specifier that stands first is the outermost.</summary>
public sealed record ArrayPattern(TypePattern Element, int Rank) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => Element.IsExact;

    internal override void Print(StringBuilder text)
    {
        // int[][,] is an array of int[,]: the outer rank is written first, directly after the innermost element.
        TypePattern innermost = Element;
        while (innermost is ArrayPattern inner)
            innermost = inner.Element;
        innermost.Print(text);
        for (TypePattern level = this; level is ArrayPattern array; level = array.Element)
            text.Append('[').Append(',', array.Rank - 1).Append(']');
    }
}

/// <summary>
/// <c>T*</c>, for keyword types such as <c>void*</c> only: behind other names <c>*</c> is a wildcard.
/// </summary>
public sealed record PointerPattern(TypePattern Element) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => Element.IsExact;

    internal override void Print(StringBuilder text)
    {
        Element.Print(text);
        text.Append('*');
    }
}

/// <summary>
/// <c>ref T</c>, <c>in T</c> or <c>out T</c> at a parameter or return type. The three match alike: a reference
/// to a method does not say which of them its definition has.
/// </summary>
public sealed record ByRefPattern(string Keyword, TypePattern Element) : TypePattern
{
    /// <inheritdoc/>
    public override bool IsExact => Element.IsExact;

    internal override void Print(StringBuilder text)
    {
        text.Append(Keyword).Append(' ');
        Element.Print(text);
    }
}
