using System;

namespace Cassette;

/// <summary>
/// Stands in a <c>params object?[]</c>, or in <see cref="ICall{TResult}.Arguments"/>, for an argument that
/// cannot be boxed: a span or another <c>ref struct</c>, a pointer, an <c>out</c> variable that has no value yet. It
/// names the argument's type; the value is out of reach there, and in reach of rules with typed parameters. What
/// <c>ref</c> and <c>in</c> refer to is read and boxed as it is then.
/// </summary>
/// <param name="type">The type of the argument.</param>
/// <example>
/// <code>
/// [Prehook]
/// static void Before(DumpCtx ctx, JoinPoint f, params object?[] args)
/// {
///     foreach (object? argument in args)
///         Console.WriteLine(argument is Unboxable hidden ? hidden.Type.Name : argument);
/// }
/// </code>
/// </example>
public readonly struct Unboxable(Type type) : IEquatable<Unboxable>
{
    private readonly Type? _type = type;

    /// <summary>The type of the argument; that of <c>void</c> in a default value.</summary>
    public Type Type => _type ?? typeof(void);

    /// <inheritdoc/>
    public bool Equals(Unboxable other) => Type == other.Type;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Unboxable other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Type.GetHashCode();

    /// <summary>The type's name in braces, such as <c>{System.Span`1[System.Byte]}</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{{{Type}}}";

    /// <summary>Whether both stand for the same type.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public static bool operator ==(Unboxable left, Unboxable right) => left.Equals(right);

    /// <summary>Whether they stand for different types.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> if they do.</returns>
    public static bool operator !=(Unboxable left, Unboxable right) => !left.Equals(right);
}
