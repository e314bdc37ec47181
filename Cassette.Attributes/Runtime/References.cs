using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Reads what a call's references to variables refer to, for rules that take a copy of it. A program may hand over one that refers to nothing
/// (<c>Unsafe.NullRef</c>, <c>CollectionsMarshal.GetValueRefOrNullRef</c>), which is no fault as long as nobody reads it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class References
{
    /// <summary>The value of a variable.</summary>
    /// <typeparam name="T">The variable's type.</typeparam>
    /// <param name="reference">The variable, or a reference to nothing.</param>
    /// <returns>The value; the type's default where there is no variable.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? Read<T>(ref readonly T reference)
        where T : allows ref struct =>
        Unsafe.IsNullRef(in reference) ? default : reference;

    /// <summary>The value of a variable as an object.</summary>
    /// <typeparam name="T">The variable's type.</typeparam>
    /// <param name="reference">The variable, or a reference to nothing.</param>
    /// <returns>The value; the type's default where there is no variable.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? ReadBoxed<T>(ref readonly T reference) =>
        Unsafe.IsNullRef(in reference) ? default(T) : reference;
}
