namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Selects methods, as in <c>&lt;Include&gt;</c>, <c>&lt;Exclude&gt;</c>, <c>&lt;Entry&gt;</c> and <c>Dump</c>:
/// a type pattern, which selects all methods of the types that match and of the types nested in them, or a
/// member pattern with <c>::</c>.
/// </summary>
/// <example><c>MyApp..*</c>, <c>MyLib.Model::Predict</c>, <c>MyLib.Model::Get*(int, ..)</c></example>
public sealed record MethodPattern
{
    /// <summary>Selects all methods of the types that match <paramref name="type"/>.</summary>
    public MethodPattern(TypePattern type) => Type = type;

    /// <summary>Selects the methods that match <paramref name="member"/>.</summary>
    public MethodPattern(MemberPattern member) => Member = member;

    /// <summary>Set where all methods of types are selected.</summary>
    public TypePattern? Type { get; }

    /// <summary>Set where methods are selected by name.</summary>
    public MemberPattern? Member { get; }

    /// <summary>Text that parses to an equal pattern.</summary>
    public override string ToString() => Type?.ToString() ?? Member!.ToString();
}
