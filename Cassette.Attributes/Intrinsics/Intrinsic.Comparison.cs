using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class Intrinsic
{
    /// <summary><c>ceq</c>: whether two numbers are equal; <c>bool</c> and <c>char</c> are numbers here, and nothing equals what is not a number.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool Equal(int left, int right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(uint left, uint right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(long left, long right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(ulong left, ulong right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(nint left, nint right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(nuint left, nuint right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(float left, float right) => left == right;

    /// <inheritdoc cref="Equal(int, int)"/>
    public static bool Equal(double left, double right) => left == right;

    /// <summary><c>ceq</c>: whether two pointers are equal.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static unsafe bool Equal(void* left, void* right) => left == right;

    /// <summary><c>ceq</c>: whether two references are to the same place.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool Equal<T>(ref T left, ref T right) where T : allows ref struct => Unsafe.AreSame(ref left, ref right);

    /// <summary><c>ceq</c>: whether two objects are the same one.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool Equal(object? left, object? right) => ReferenceEquals(left, right);

    /// <summary><c>clt</c>: whether the first of two signed or floating-point numbers is less; of what is not a number it is not.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool LessThan(int left, int right) => left < right;

    /// <inheritdoc cref="LessThan(int, int)"/>
    public static bool LessThan(long left, long right) => left < right;

    /// <inheritdoc cref="LessThan(int, int)"/>
    public static bool LessThan(nint left, nint right) => left < right;

    /// <inheritdoc cref="LessThan(int, int)"/>
    public static bool LessThan(float left, float right) => left < right;

    /// <inheritdoc cref="LessThan(int, int)"/>
    public static bool LessThan(double left, double right) => left < right;

    /// <summary><c>clt.un</c>: whether the first of two unsigned integers is less.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool LessThanUnsigned(uint left, uint right) => left < right;

    /// <inheritdoc cref="LessThanUnsigned(uint, uint)"/>
    public static bool LessThanUnsigned(ulong left, ulong right) => left < right;

    /// <inheritdoc cref="LessThanUnsigned(uint, uint)"/>
    public static bool LessThanUnsigned(nuint left, nuint right) => left < right;

    /// <summary><c>clt.un</c>: whether the first of two pointers is less.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static unsafe bool LessThanUnsigned(void* left, void* right) => left < right;

    /// <summary><c>clt.un</c>: whether the first of two references is less.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool LessThanUnsigned<T>(ref T left, ref T right) where T : allows ref struct => Unsafe.IsAddressLessThan(ref left, ref right);

    /// <summary><c>clt.un</c>: whether the first of two floating-point numbers is less, or one of them is not a number.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool LessThanUnordered(float left, float right) => !(left >= right);

    /// <inheritdoc cref="LessThanUnordered(float, float)"/>
    public static bool LessThanUnordered(double left, double right) => !(left >= right);

    /// <summary><c>cgt</c>: whether the first of two signed or floating-point numbers is greater; of what is not a number it is not.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool GreaterThan(int left, int right) => left > right;

    /// <inheritdoc cref="GreaterThan(int, int)"/>
    public static bool GreaterThan(long left, long right) => left > right;

    /// <inheritdoc cref="GreaterThan(int, int)"/>
    public static bool GreaterThan(nint left, nint right) => left > right;

    /// <inheritdoc cref="GreaterThan(int, int)"/>
    public static bool GreaterThan(float left, float right) => left > right;

    /// <inheritdoc cref="GreaterThan(int, int)"/>
    public static bool GreaterThan(double left, double right) => left > right;

    /// <summary><c>cgt.un</c>: whether the first of two unsigned integers is greater.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool GreaterThanUnsigned(uint left, uint right) => left > right;

    /// <inheritdoc cref="GreaterThanUnsigned(uint, uint)"/>
    public static bool GreaterThanUnsigned(ulong left, ulong right) => left > right;

    /// <inheritdoc cref="GreaterThanUnsigned(uint, uint)"/>
    public static bool GreaterThanUnsigned(nuint left, nuint right) => left > right;

    /// <summary><c>cgt.un</c>: whether the first of two pointers is greater.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static unsafe bool GreaterThanUnsigned(void* left, void* right) => left > right;

    /// <summary><c>cgt.un</c>: whether the first of two references is greater.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool GreaterThanUnsigned<T>(ref T left, ref T right) where T : allows ref struct => Unsafe.IsAddressGreaterThan(ref left, ref right);

    /// <summary><c>cgt.un</c>: whether an object is another one than <see langword="null"/>, as compilers write <c>!= null</c>.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool GreaterThanUnsigned(object? left, object? right) => !ReferenceEquals(left, right);

    /// <summary><c>cgt.un</c>: whether the first of two floating-point numbers is greater, or one of them is not a number.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool GreaterThanUnordered(float left, float right) => !(left <= right);

    /// <inheritdoc cref="GreaterThanUnordered(float, float)"/>
    public static bool GreaterThanUnordered(double left, double right) => !(left <= right);
}
