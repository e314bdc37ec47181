using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>
/// Which stack values may be stored where (ECMA-335 III.1.6 for kinds, III.1.8.1.2.3 <c>verifier-assignable-to</c> for types).
/// </summary>
public sealed class StackAssignability(Assignability types)
{
    public Assignability Types { get; } = types;

    /// <summary>Whether a value may go to a location (an argument, a local, a field, a return value) of a type.</summary>
    public bool Accepts(StackType from, TypeSymbol to, VerificationLevel level) => Accepts(from, StackType.Of(to), level);

    /// <summary>Whether a value may reach a point where another stack type is expected.</summary>
    public bool Accepts(StackType from, StackType to, VerificationLevel level) =>
        level == VerificationLevel.Correct ? FitsKind(from, to) : IsAssignable(from, to);

    private bool FitsKind(StackType from, StackType to)
    {
        switch (from.Kind)
        {
            case StackKind.Int32:
                return to.Kind is StackKind.Int32 || IsNative(to);
            case StackKind.NativeInt or StackKind.Pointer:
                return IsNative(to) || to.Kind is StackKind.ByRef or StackKind.Int32;
            case StackKind.ByRef:
                return to.Kind == StackKind.ByRef || IsNative(to);
            case StackKind.Value when to.Kind == StackKind.Value:
                return from.Type == to.Type;
            case StackKind.Value or StackKind.Object when from.Kind != to.Kind:
                // A generic parameter that its constraints make a reference type has both representations.
                return from.Type is not null && to.Type is not null && IsReference(from) && IsReference(to);
            default:
                return from.Kind == to.Kind;
        }
    }

    private bool IsAssignable(StackType from, StackType to)
    {
        switch (from.Kind)
        {
            case StackKind.Object when to.Kind == StackKind.Object:
                return from.IsNull || to.Type is not null && (from.Type == to.Type || Types.IsBoxedAssignable(from.Type!, to.Type));
            case StackKind.ByRef when to.Kind == StackKind.ByRef:
                return (!from.Has(StackFlags.ReadOnly) || to.Has(StackFlags.ReadOnly)) && Assignability.IsPointerCompatible(from.Type!, to.Type!);
            case StackKind.Object or StackKind.Value when to.Kind is StackKind.Object or StackKind.Value && from.Kind != to.Kind:
                return from.IsNull ? Types.IsKnownReference(to.Type!)
                    : to.Type is not null && IsReference(from) && IsReference(to) && Types.IsBoxedAssignable(from.Type!, to.Type);
            case StackKind.ByRef:
                return false;
            case StackKind.NativeInt or StackKind.Pointer:
                return IsNative(to);
            default:
                return FitsKind(from, to);
        }
    }

    private bool IsReference(StackType type) => type.Kind == StackKind.Object || Types.IsKnownReference(type.Type!);

    internal static bool IsNative(StackType type) => type.Kind is StackKind.NativeInt or StackKind.Pointer;
}
