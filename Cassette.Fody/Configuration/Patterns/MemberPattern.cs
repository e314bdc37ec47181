using System.Text;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// A pattern for methods, constructors, properties or fields by modifiers, type, declaring type, name, type
/// arguments and parameters, each of which may be left out except the name.
/// </summary>
/// <param name="Modifiers">What the member must be or, with <c>!</c>, must not be.</param>
/// <param name="ReturnType">The return type of a method or the type of a property; null for any.</param>
/// <param name="DeclaringType">Null for any.</param>
/// <param name="Name">The member's name with wildcards; <c>.ctor</c> and <c>.cctor</c> for constructors.</param>
/// <param name="TypeArguments">Of a generic method; null for any, also none.</param>
/// <param name="Parameters">
/// Null for any. <see cref="AnyParameters"/> within it stands for any number of parameters.
/// </param>
/// <example><c>public !static * MyLib..*.Get*(int, ..)</c></example>
public sealed record MemberPattern(
    PatternList<ModifierPattern> Modifiers,
    TypePattern? ReturnType,
    TypePattern? DeclaringType,
    string Name,
    PatternList<TypePattern>? TypeArguments,
    PatternList<TypePattern>? Parameters)
{
    /// <summary>Whether type and name have no wildcards.</summary>
    public bool IsExact => DeclaringType is { IsExact: true } && Name.IndexOf('*') < 0;

    /// <summary>Text that parses to an equal pattern. Uses <c>::</c> between type and name.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ModifierPattern modifier in Modifiers)
            text.Append(modifier).Append(' ');
        if (ReturnType is not null)
        {
            ReturnType.Print(text);
            text.Append(' ');
        }

        if (DeclaringType is not null)
        {
            DeclaringType.Print(text);
            text.Append("::");
        }

        text.Append(Name);
        if (TypeArguments is not null)
            text.Append('<').Append(TypeArguments).Append('>');
        if (Parameters is not null)
            text.Append('(').Append(Parameters).Append(')');
        return text.ToString();
    }
}

/// <summary><c>..</c> in a parameter list: any number of parameters.</summary>
public sealed record AnyParameters : TypePattern
{
    /// <summary>The only instance that is needed.</summary>
    public static AnyParameters Instance { get; } = new();

    /// <inheritdoc/>
    public override bool IsExact => false;

    internal override void Print(StringBuilder text) => text.Append("..");
}

/// <summary>A modifier that a member must have or, negated, must not have.</summary>
public sealed record ModifierPattern(MemberModifier Modifier, bool IsNegated)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (IsNegated ? "!" : "") + MemberModifiers.KeywordOf(Modifier);
}
