using System.Text;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>One name between dots in a type pattern.</summary>
/// <param name="Glob">The name, where <c>*</c> stands for any characters, or <c>..</c> for any number of names.</param>
/// <param name="TypeArguments">
/// Patterns for the type arguments; null where the segment says nothing of them, and any arity matches.
/// </param>
/// <param name="IsNested">Whether <c>/</c> rather than <c>.</c> stands before it.</param>
public sealed record NameSegment(string Glob, PatternList<TypePattern>? TypeArguments = null, bool IsNested = false)
{
    /// <summary><c>..</c>: any number of names, none included.</summary>
    public static NameSegment AnyDepth { get; } = new("..");

    /// <summary>Whether it is <c>..</c>.</summary>
    public bool IsAnyDepth => Glob == "..";

    /// <summary>Whether it has no wildcard, in its type arguments neither.</summary>
    public bool IsExact
    {
        get
        {
            if (IsAnyDepth || Glob.IndexOf('*') >= 0)
                return false;
            if (TypeArguments is null)
                return true;
            foreach (TypePattern argument in TypeArguments)
            {
                if (!argument.IsExact)
                    return false;
            }

            return true;
        }
    }

    internal void Print(StringBuilder text, NameSegment? previous)
    {
        if (IsAnyDepth)
        {
            text.Append("..");
            return;
        }

        if (previous is { IsAnyDepth: false })
            text.Append(IsNested ? '/' : '.');
        text.Append(Glob);
        if (TypeArguments is not null)
            text.Append('<').Append(TypeArguments).Append('>');
    }
}
