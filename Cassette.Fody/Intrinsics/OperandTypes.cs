using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Intrinsics;

/// <summary>How an instruction takes integers.</summary>
internal enum Signedness
{
    /// <summary>The bits are the same either way: the operands' static types say.</summary>
    AsTyped,
    Signed,
    Unsigned,
}

/// <summary>As what types rules see the operands of arithmetic.</summary>
internal sealed class OperandTypes(TypeUniverse types)
{
    /// <summary>One number; null for what is none.</summary>
    public TypeSymbol? Number(StackType value, Signedness sign)
    {
        var isUnsigned = sign == Signedness.Unsigned || sign == Signedness.AsTyped && IsUnsigned(value);
        return value.Kind switch
        {
            StackKind.Int32 => isUnsigned ? types.UInt32 : types.Int32,
            StackKind.Int64 => isUnsigned ? types.UInt64 : types.Int64,
            StackKind.NativeInt or StackKind.Pointer => isUnsigned ? types.UIntPtr : types.IntPtr,
            StackKind.Float => value.Type!.Shape == TypeShape.Single ? types.Single : types.Double,
            _ => null,
        };
    }

    /// <summary>
    /// The type of two numbers that are taken together; null where they are not both numbers. An unsigned operand makes the other one
    /// unsigned: languages convert where they mean something else, and write constants without their type.
    /// </summary>
    public TypeSymbol? Common(StackType a, StackType b, Signedness sign)
    {
        if (sign == Signedness.AsTyped && (IsUnsigned(a) || IsUnsigned(b)))
            sign = Signedness.Unsigned;
        if (a.Kind == StackKind.Pointer || b.Kind == StackKind.Pointer || Number(a, sign) is not { } first || Number(b, sign) is not { } second)
            return null;
        if (first == second)
            return first;
        if (a.Kind == StackKind.Float && b.Kind == StackKind.Float)
            return types.Double;
        // Table III.2: int32 and native int give native int; all else does not mix.
        return a.Kind is StackKind.Int32 or StackKind.NativeInt && b.Kind is StackKind.Int32 or StackKind.NativeInt
            ? sign == Signedness.Unsigned ? types.UIntPtr : types.IntPtr
            : null;
    }

    public static bool IsBoolean(StackType value) => value.Type is { Shape: TypeShape.Boolean } && value.Kind == StackKind.Int32;

    public static bool IsOffset(StackType value) => value.Kind is StackKind.Int32 or StackKind.NativeInt;

    private static bool IsUnsigned(StackType value) => value.Kind switch
    {
        StackKind.Pointer => true,
        StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt => value.Type!.Underlying.Shape is TypeShape.UInt32 or TypeShape.UInt64 or TypeShape.UIntPtr,
        _ => false,
    };
}
