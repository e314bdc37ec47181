using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Makes the arrays in which rules are given a call's arguments. Where the JIT does not optimise, an array that is made and filled in the clone takes room of
/// its own in the clone's frame for each call, and in a debug build for each argument of each call; where it does, these methods are inlined.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArgumentArray
{
    /// <summary>No arguments.</summary>
    public static readonly object?[] None = [];

    /// <summary>One argument.</summary>
    /// <param name="first">It.</param>
    /// <returns>The array.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object?[] Of(object? first) => [first];

    /// <summary>Two arguments.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <returns>The array.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object?[] Of(object? first, object? second) => [first, second];

    /// <summary>Three arguments.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <returns>The array.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object?[] Of(object? first, object? second, object? third) => [first, second, third];

    /// <summary>Four arguments.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The fourth.</param>
    /// <returns>The array.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object?[] Of(object? first, object? second, object? third, object? fourth) => [first, second, third, fourth];
}
