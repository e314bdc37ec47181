using System.Linq;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>The type of a stack slot where two paths meet.</summary>
internal static class StackMerge
{
    public static StackType Of(StackType a, StackType b, int offset)
    {
        if (a.Equals(b))
            return a;
        var flags = a.Flags & b.Flags & ~StackFlags.Function;
        if (a.Kind == b.Kind && a.Type == b.Type)
            return new StackType(a.Kind, a.Type, a.Function == b.Function ? a.Flags & b.Flags : flags, a.Function == b.Function ? a.Function : null);
        if (a.IsNull || b.IsNull)
        {
            var other = a.IsNull ? b : a;
            if (other.Kind == StackKind.Object)
                return new StackType(StackKind.Object, other.Type, flags);
        }
        if (a.Kind != b.Kind)
            return MergeKinds(a, b) ?? throw Fail(a, b, offset);
        switch (a.Kind)
        {
            case StackKind.Object:
                return new StackType(StackKind.Object, CommonBase(a.Type!, b.Type!), flags);
            case StackKind.Int32:
                return StackType.Of(a.Type!.Universe.Int32);
            case StackKind.Int64:
                return StackType.Of(a.Type!.Universe.Int64);
            case StackKind.NativeInt:
                return StackType.Of(a.Type!.Universe.IntPtr);
            case StackKind.Float:
                return StackType.Of(a.Type!.Universe.Double);
            case StackKind.Pointer:
                return StackType.Of(a.Type!.Universe.Pointer(a.Type.Universe.Void));
            case StackKind.ByRef:
                // Unsafe code mixes references of different types on purpose; what is read through them says its own type.
                return new StackType(StackKind.ByRef, a.Type!.Underlying == b.Type!.Underlying ? a.Type.Underlying : a.Type.Universe.Byte, flags);
            default:
                throw Fail(a, b, offset);
        }
    }

    /// <summary>Integers and addresses of native size mix (III.1.8.1.3 allows it for native int; compilers do it with null pointers).</summary>
    private static StackType? MergeKinds(StackType a, StackType b)
    {
        if (a.Kind == StackKind.ByRef && b.Kind is StackKind.NativeInt or StackKind.Pointer)
            return new StackType(StackKind.ByRef, a.Type);
        if (b.Kind == StackKind.ByRef && a.Kind is StackKind.NativeInt or StackKind.Pointer)
            return new StackType(StackKind.ByRef, b.Type);
        var isNative = a.Kind is StackKind.NativeInt or StackKind.Pointer or StackKind.Int32 && b.Kind is StackKind.NativeInt or StackKind.Pointer or StackKind.Int32;
        return isNative ? StackType.Of(a.Type!.Universe.IntPtr) : null;
    }

    private static TypeSymbol CommonBase(TypeSymbol a, TypeSymbol b)
    {
        if (a.Interfaces.Contains(b))
            return b;
        if (b.Interfaces.Contains(a))
            return a;
        for (var type = a; type != null; type = type.BaseType)
        {
            for (var other = b; other != null; other = other.BaseType)
            {
                if (type == other)
                    return type == a.Universe.Object ? CommonInterface(a, b) : type;
            }
        }
        return CommonInterface(a, b);
    }

    private static TypeSymbol CommonInterface(TypeSymbol a, TypeSymbol b) => a.Interfaces.FirstOrDefault(b.Interfaces.Contains) ?? a.Universe.Object;

    private static InvalidILException Fail(StackType a, StackType b, int offset) => new($"two paths meet with {a} and {b} on the stack", offset);
}
