using System;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>Facts about a stack value beyond its type.</summary>
[Flags]
public enum StackFlags
{
    None = 0,
    /// <summary>The method's own <c>this</c>, never assigned.</summary>
    This = 1,
    /// <summary><c>this</c> in a constructor before the base constructor ran: may be stored in fields of, but not passed.</summary>
    Uninitialized = 2,
    /// <summary>A by-ref that may only be read through (<c>readonly.</c> prefix, <c>in</c>).</summary>
    ReadOnly = 4,
    /// <summary>A by-ref known to outlive the method (a static, an array element, a heap field).</summary>
    Permanent = 8,
    /// <summary>A function pointer fresh from <c>ldftn</c>/<c>ldvirtftn</c>; <see cref="StackType.Function"/> is the method.</summary>
    Function = 16,
}

/// <summary>The exact type of one slot of the evaluation stack.</summary>
public readonly struct StackType(StackKind kind, TypeSymbol? type, StackFlags flags = StackFlags.None, MethodSymbol? function = null) : IEquatable<StackType>
{
    public StackKind Kind { get; } = kind;

    /// <summary>The exact type; for a by-ref what it points to; null for the null reference.</summary>
    public TypeSymbol? Type { get; } = type;

    public StackFlags Flags { get; } = flags;

    /// <summary>For <see cref="StackFlags.Function"/> the method that was loaded.</summary>
    public MethodSymbol? Function { get; } = function;

    public bool IsNull => Kind == StackKind.Object && Type is null;

    public bool Has(StackFlags flag) => (Flags & flag) != 0;

    public bool Equals(StackType other) => Kind == other.Kind && Type == other.Type && Flags == other.Flags && Function == other.Function;

    public override bool Equals(object? obj) => obj is StackType other && Equals(other);

    public override int GetHashCode() => unchecked(((int)Kind * 31 + (Type?.Id ?? 0)) * 31 + (int)Flags);

    public override string ToString() => IsNull ? "null" : Kind == StackKind.ByRef ? Type + "&" : Type!.ToString();

    /// <summary>What a value of a type is on the stack.</summary>
    public static StackType Of(TypeSymbol type)
    {
        switch (type.Underlying.Shape)
        {
            case TypeShape.Boolean or TypeShape.Char or TypeShape.SByte or TypeShape.Byte or TypeShape.Int16 or TypeShape.UInt16 or TypeShape.Int32 or TypeShape.UInt32:
                return new(StackKind.Int32, type);
            case TypeShape.Int64 or TypeShape.UInt64:
                return new(StackKind.Int64, type);
            case TypeShape.IntPtr or TypeShape.UIntPtr:
                return new(StackKind.NativeInt, type);
            case TypeShape.Single or TypeShape.Double:
                return new(StackKind.Float, type);
            case TypeShape.Pointer or TypeShape.FunctionPointer:
                return new(StackKind.Pointer, type);
            case TypeShape.ByRef:
                return new(StackKind.ByRef, type.Element);
            case TypeShape.Struct or TypeShape.TypedReference:
                return new(StackKind.Value, type);
            case TypeShape.TypeParameter or TypeShape.MethodParameter:
                return new(type.IsReferenceType ? StackKind.Object : StackKind.Value, type);
            case TypeShape.Unresolved:
                return new(type.IsValueType ? StackKind.Value : StackKind.Object, type);
            default:
                return new(StackKind.Object, type);
        }
    }
}
