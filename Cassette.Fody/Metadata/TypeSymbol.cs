using System.Collections.Generic;
using System.Diagnostics;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>
/// A type as the weaver reasons about it: interned by its <see cref="TypeUniverse"/>, so that two symbols are the same type
/// exactly when they are the same object. Custom modifiers are not part of a type's identity; they stay in the signatures
/// that members are emitted from.
/// </summary>
[DebuggerDisplay("{DisplayName}")]
public sealed class TypeSymbol
{
    internal static readonly TypeSymbol[] None = [];

    private string? displayName;
    private TypeSymbol? baseType;
    private bool baseTypeKnown;
    private IReadOnlyList<TypeSymbol>? interfaces;

    internal TypeSymbol(TypeUniverse universe, int id, TypeShape shape)
    {
        Universe = universe;
        Id = id;
        Shape = shape;
    }

    /// <summary>The type system that interned this symbol.</summary>
    public TypeUniverse Universe { get; }

    /// <summary>The order in which the symbol was first seen: deterministic, good as a hash and as a tie breaker.</summary>
    public int Id { get; }

    public TypeShape Shape { get; }

    /// <summary>The definition of a named type; null for constructed types, generic parameters and unresolved types.</summary>
    public TypeDefinition? Definition { get; internal set; }

    /// <summary>The reference a named type was first met by (never a generic instance); null for constructed types.</summary>
    public TypeReference? Named { get; internal set; }

    /// <summary>The arguments of an instantiated generic type; a definition seen from inside has its own parameters here.</summary>
    public TypeSymbol[] Arguments { get; internal set; } = None;

    /// <summary>Element of an array, by-ref or pointer.</summary>
    public TypeSymbol? Element { get; internal set; }

    /// <summary>The dimensions of an <see cref="TypeShape.Array"/>.</summary>
    public int Rank { get; internal set; }

    /// <summary>The parameter's definition, for generic parameters.</summary>
    public GenericParameter? Parameter { get; internal set; }

    /// <summary>The signature of a function pointer.</summary>
    public CallSignature? Signature { get; internal set; }

    public bool IsValueType { get; internal set; }

    /// <summary>A <c>ref struct</c>: lives on the stack only, cannot be boxed, a field of a class or a type argument (unless allowed).</summary>
    public bool IsByRefLike { get; internal set; }

    /// <summary>Whether a generic parameter of a type or a method occurs in it.</summary>
    public bool IsOpen { get; internal set; }

    /// <summary>Whether a generic parameter of a method occurs in it.</summary>
    public bool MentionsMethodParameter { get; internal set; }

    public bool IsGenericParameter => Shape is TypeShape.TypeParameter or TypeShape.MethodParameter;

    /// <summary>Known to be a reference type; false for generic parameters without a class constraint.</summary>
    public bool IsReferenceType => Shape switch
    {
        TypeShape.String or TypeShape.Object or TypeShape.Class or TypeShape.Interface or TypeShape.Vector or TypeShape.Array => true,
        TypeShape.Unresolved => !IsValueType,
        TypeShape.TypeParameter or TypeShape.MethodParameter => Parameter!.HasReferenceTypeConstraint,
        _ => false,
    };

    /// <summary>A named type, primitive or not, that has (or had, when unresolved) a definition.</summary>
    public bool IsNamed => Shape <= TypeShape.Enum && Shape != TypeShape.Void || Shape == TypeShape.Unresolved;

    /// <summary>For an enum its underlying integer type, otherwise the type itself.</summary>
    public TypeSymbol Underlying => Shape == TypeShape.Enum ? field ??= Universe.EnumUnderlying(this) : this;

    /// <summary>The base class with this type's arguments put in; null for interfaces, <c>object</c>, pointers and by-refs.</summary>
    public TypeSymbol? BaseType
    {
        get
        {
            if (!baseTypeKnown)
            {
                baseType = Universe.FindBaseType(this);
                baseTypeKnown = true;
            }
            return baseType;
        }
    }

    /// <summary>Every interface the type implements, inherited ones included, with this type's arguments put in; no duplicates.</summary>
    public IReadOnlyList<TypeSymbol> Interfaces => interfaces ??= Universe.FindInterfaces(this);

    /// <summary>Readable and unambiguous within one compilation: <c>System.Collections.Generic.List&lt;int&gt;</c>.</summary>
    public string DisplayName => displayName ??= TypeDisplay.Of(this);

    public override string ToString() => DisplayName;
}
