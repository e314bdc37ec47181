using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class Intrinsic
{
    /// <summary>
    /// <c>conv</c>: a number as one of another type. An integer that has no room is cut off; what a floating-point number outside the
    /// range of the integer type becomes is for the runtime to say.
    /// </summary>
    /// <typeparam name="TFrom">
    /// What is converted: <c>int</c>, <c>uint</c>, <c>long</c>, <c>ulong</c>, <c>nint</c>, <c>nuint</c>, <c>float</c> or <c>double</c>. Where the
    /// instruction says whether it takes an integer with its sign (<c>conv.i8</c>, <c>conv.r8</c>) or without (<c>conv.u8</c>), that decides.
    /// </typeparam>
    /// <typeparam name="TTo">Any primitive number type.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="NotSupportedException">One of the types is no primitive number type.</exception>
    public static TTo Convert<TFrom, TTo>(TFrom value) where TFrom : struct where TTo : struct
    {
        if (IsFloat<TFrom>())
            return ToUnchecked<TTo>(AsDouble(value));
        return IsSigned<TFrom>() ? ToUnchecked<TTo>(AsInt64(value)) : ToUnchecked<TTo>(AsUInt64(value));
    }

    /// <summary><c>conv.r.un</c>: an unsigned integer as a floating-point number.</summary>
    /// <typeparam name="TFrom"><c>uint</c>, <c>ulong</c> or <c>nuint</c>.</typeparam>
    /// <typeparam name="TTo"><c>double</c>.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="NotSupportedException">One of the types is no primitive number type.</exception>
    public static TTo ConvertUnsigned<TFrom, TTo>(TFrom value) where TFrom : struct where TTo : struct => ToUnchecked<TTo>(AsUInt64(value));

    /// <summary><c>conv.ovf</c>: a signed integer or a floating-point number as an integer of another type.</summary>
    /// <typeparam name="TFrom"><c>int</c>, <c>long</c>, <c>nint</c>, <c>float</c> or <c>double</c>.</typeparam>
    /// <typeparam name="TTo">Any primitive integer type.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    /// <exception cref="NotSupportedException">One of the types is no primitive number type.</exception>
    public static TTo ConvertChecked<TFrom, TTo>(TFrom value) where TFrom : struct where TTo : struct =>
        IsFloat<TFrom>() ? ToChecked<TTo>(AsDouble(value)) : ToChecked<TTo>(AsInt64(value));

    /// <summary><c>conv.ovf.un</c>: an unsigned integer as an integer of another type.</summary>
    /// <typeparam name="TFrom"><c>uint</c>, <c>ulong</c> or <c>nuint</c>.</typeparam>
    /// <typeparam name="TTo">Any primitive integer type.</typeparam>
    /// <param name="value">The number.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    /// <exception cref="NotSupportedException">One of the types is no primitive number type.</exception>
    public static TTo ConvertCheckedUnsigned<TFrom, TTo>(TFrom value) where TFrom : struct where TTo : struct => ToChecked<TTo>(AsUInt64(value));

    private static bool IsFloat<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    private static bool IsSigned<T>() => typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(nint) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short);

    private static double AsDouble<T>(T value) where T : struct => typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    private static long AsInt64<T>(T value) where T : struct =>
        typeof(T) == typeof(sbyte) ? Unsafe.BitCast<T, sbyte>(value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<T, short>(value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<T, int>(value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<T, nint>(value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<T, long>(value)
        : throw NoNumber(typeof(T));

    private static ulong AsUInt64<T>(T value) where T : struct =>
        typeof(T) == typeof(bool) || typeof(T) == typeof(byte) ? Unsafe.BitCast<T, byte>(value)
        : typeof(T) == typeof(char) || typeof(T) == typeof(ushort) ? Unsafe.BitCast<T, ushort>(value)
        : typeof(T) == typeof(uint) ? Unsafe.BitCast<T, uint>(value)
        : typeof(T) == typeof(nuint) ? Unsafe.BitCast<T, nuint>(value)
        : typeof(T) == typeof(ulong) ? Unsafe.BitCast<T, ulong>(value)
        : throw NoNumber(typeof(T));

    private static T ToUnchecked<T>(long value) where T : struct => unchecked(
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(value)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value)
        : ToUnchecked<T>((ulong)value));

    private static T ToUnchecked<T>(ulong value) where T : struct => unchecked(
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(value)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value)
        : typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<short, T>((short)value)
        : typeof(T) == typeof(ushort) || typeof(T) == typeof(char) ? Unsafe.BitCast<ushort, T>((ushort)value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(uint) ? Unsafe.BitCast<uint, T>((uint)value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>((long)value)
        : typeof(T) == typeof(ulong) ? Unsafe.BitCast<ulong, T>(value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<nint, T>((nint)value)
        : typeof(T) == typeof(nuint) ? Unsafe.BitCast<nuint, T>((nuint)value)
        : throw NoNumber(typeof(T)));

    private static T ToUnchecked<T>(double value) where T : struct => unchecked(
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value)
        : typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<short, T>((short)value)
        : typeof(T) == typeof(ushort) || typeof(T) == typeof(char) ? Unsafe.BitCast<ushort, T>((ushort)value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(uint) ? Unsafe.BitCast<uint, T>((uint)value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>((long)value)
        : typeof(T) == typeof(ulong) ? Unsafe.BitCast<ulong, T>((ulong)value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<nint, T>((nint)value)
        : typeof(T) == typeof(nuint) ? Unsafe.BitCast<nuint, T>((nuint)value)
        : throw NoNumber(typeof(T)));

    private static T ToChecked<T>(long value) where T : struct => checked(
        typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<short, T>((short)value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>(value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<nint, T>((nint)value)
        : ToChecked<T>((ulong)value));

    private static T ToChecked<T>(ulong value) where T : struct => checked(
        typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<short, T>((short)value)
        : typeof(T) == typeof(ushort) || typeof(T) == typeof(char) ? Unsafe.BitCast<ushort, T>((ushort)value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(uint) ? Unsafe.BitCast<uint, T>((uint)value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>((long)value)
        : typeof(T) == typeof(ulong) ? Unsafe.BitCast<ulong, T>(value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<nint, T>((nint)value)
        : typeof(T) == typeof(nuint) ? Unsafe.BitCast<nuint, T>((nuint)value)
        : throw NoNumber(typeof(T)));

    private static T ToChecked<T>(double value) where T : struct => checked(
        typeof(T) == typeof(sbyte) ? Unsafe.BitCast<sbyte, T>((sbyte)value)
        : typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value)
        : typeof(T) == typeof(short) ? Unsafe.BitCast<short, T>((short)value)
        : typeof(T) == typeof(ushort) || typeof(T) == typeof(char) ? Unsafe.BitCast<ushort, T>((ushort)value)
        : typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value)
        : typeof(T) == typeof(uint) ? Unsafe.BitCast<uint, T>((uint)value)
        : typeof(T) == typeof(long) ? Unsafe.BitCast<long, T>((long)value)
        : typeof(T) == typeof(ulong) ? Unsafe.BitCast<ulong, T>((ulong)value)
        : typeof(T) == typeof(nint) ? Unsafe.BitCast<nint, T>((nint)value)
        : typeof(T) == typeof(nuint) ? Unsafe.BitCast<nuint, T>((nuint)value)
        : throw NoNumber(typeof(T)));

    private static NotSupportedException NoNumber(Type type) => new($"{type} is no primitive number type that this instruction converts.");
}
