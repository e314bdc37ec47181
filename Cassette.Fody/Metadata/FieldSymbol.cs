using System.Diagnostics;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>A field as an instruction names it, with type arguments put in. Interned.</summary>
[DebuggerDisplay("{DisplayName}")]
public sealed class FieldSymbol
{
    internal FieldSymbol(FieldReference reference, FieldDefinition? definition, TypeSymbol declaringType, TypeSymbol type)
    {
        Reference = reference;
        Definition = definition;
        DeclaringType = declaringType;
        Type = type;
    }

    /// <summary>The field without type arguments, as first met: keeps custom modifiers (<c>volatile</c>), for emission.</summary>
    public FieldReference Reference { get; }

    public FieldDefinition? Definition { get; }

    public TypeSymbol DeclaringType { get; }

    public TypeSymbol Type { get; }

    public string Name => Reference.Name;

    public bool IsStatic => Definition is { IsStatic: true };

    public string DisplayName => DeclaringType.DisplayName + "." + Name;

    public override string ToString() => DisplayName;
}
