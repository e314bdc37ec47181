using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cassette.Runtime;

/// <summary>
/// Contexts whose whole state is one reference, as that reference: a class, or a struct around one. A delegate that carries such a context is
/// closed over the reference itself, and no object is needed to hold it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StateReference
{
    /// <summary>The reference that is a context's state.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="context">The context.</param>
    /// <returns>The reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? Of<TContext>(TContext context)
    {
        if (!IsReference<TContext>())
            ThrowChanged(typeof(TContext));
        return Unsafe.As<TContext, object?>(ref context);
    }

    /// <summary>The context whose state a reference is.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="state">What <see cref="Of"/> returned for one of that type.</param>
    /// <returns>The context.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TContext To<TContext>(object? state)
    {
        if (!IsReference<TContext>())
            ThrowChanged(typeof(TContext));
        return Unsafe.As<object?, TContext>(ref state);
    }

    /// <summary>
    /// Whether two values are the same to the last bit, for types without references and for such as are one reference. Of any other, and where
    /// bits that belong to no field differ, the answer is that they are not.
    /// </summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="one">The one value.</param>
    /// <param name="other">The other.</param>
    /// <returns>Whether one may stand for the other.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same<T>(T one, T other)
    {
        if (IsReference<T>())
            return ReferenceEquals(Unsafe.As<T, object?>(ref one), Unsafe.As<T, object?>(ref other));
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            return false;
        return Bits(ref one).SequenceEqual(Bits(ref other));
    }

    private static ReadOnlySpan<byte> Bits<T>(ref T value) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());

    /// <summary>
    /// What is as large as a reference and holds one is nothing else. The JIT knows the answer; it is asked in case the context's assembly was
    /// replaced by one in which it has more fields than when its user was woven.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsReference<TContext>() =>
        RuntimeHelpers.IsReferenceOrContainsReferences<TContext>() && Unsafe.SizeOf<TContext>() == Unsafe.SizeOf<object>();

    private static void ThrowChanged(Type context) =>
        throw new InvalidOperationException($"The fields of {context} are others than when the assembly that uses it was woven. Build that assembly again.");
}
