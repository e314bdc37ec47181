using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class Intrinsic
{
    /// <summary><c>and</c>: the bits that both operands have. Two <c>bool</c>s are taken as such.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool And(bool left, bool right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static int And(int left, int right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static uint And(uint left, uint right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static long And(long left, long right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static ulong And(ulong left, ulong right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static nint And(nint left, nint right) => left & right;

    /// <inheritdoc cref="And(bool, bool)"/>
    public static nuint And(nuint left, nuint right) => left & right;

    /// <summary><c>or</c>: the bits that any of the operands has. Two <c>bool</c>s are taken as such.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool Or(bool left, bool right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static int Or(int left, int right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static uint Or(uint left, uint right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static long Or(long left, long right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static ulong Or(ulong left, ulong right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static nint Or(nint left, nint right) => left | right;

    /// <inheritdoc cref="Or(bool, bool)"/>
    public static nuint Or(nuint left, nuint right) => left | right;

    /// <summary><c>xor</c>: the bits that one of the operands has. Two <c>bool</c>s are taken as such.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static bool Xor(bool left, bool right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static int Xor(int left, int right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static uint Xor(uint left, uint right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static long Xor(long left, long right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static ulong Xor(ulong left, ulong right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static nint Xor(nint left, nint right) => left ^ right;

    /// <inheritdoc cref="Xor(bool, bool)"/>
    public static nuint Xor(nuint left, nuint right) => left ^ right;

    /// <summary><c>not</c>: the complement of all bits.</summary>
    /// <param name="value">The operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int Not(int value) => ~value;

    /// <inheritdoc cref="Not(int)"/>
    public static uint Not(uint value) => ~value;

    /// <inheritdoc cref="Not(int)"/>
    public static long Not(long value) => ~value;

    /// <inheritdoc cref="Not(int)"/>
    public static ulong Not(ulong value) => ~value;

    /// <inheritdoc cref="Not(int)"/>
    public static nint Not(nint value) => ~value;

    /// <inheritdoc cref="Not(int)"/>
    public static nuint Not(nuint value) => ~value;

    /// <summary><c>shl</c>: the bits moved up. By more than it has bits the instruction does whatever the processor does; this does what C# does.</summary>
    /// <param name="value">The operand.</param>
    /// <param name="count">How far.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int ShiftLeft(int value, int count) => value << count;

    /// <inheritdoc cref="ShiftLeft(int, int)"/>
    public static uint ShiftLeft(uint value, int count) => value << count;

    /// <inheritdoc cref="ShiftLeft(int, int)"/>
    public static long ShiftLeft(long value, int count) => value << count;

    /// <inheritdoc cref="ShiftLeft(int, int)"/>
    public static ulong ShiftLeft(ulong value, int count) => value << count;

    /// <inheritdoc cref="ShiftLeft(int, int)"/>
    public static nint ShiftLeft(nint value, int count) => value << count;

    /// <inheritdoc cref="ShiftLeft(int, int)"/>
    public static nuint ShiftLeft(nuint value, int count) => value << count;

    /// <summary><c>shr</c>: the bits moved down, the sign moving in. By more than it has bits the instruction does whatever the processor does; this does what C# does.</summary>
    /// <param name="value">The operand.</param>
    /// <param name="count">How far.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int ShiftRight(int value, int count) => value >> count;

    /// <inheritdoc cref="ShiftRight(int, int)"/>
    public static long ShiftRight(long value, int count) => value >> count;

    /// <inheritdoc cref="ShiftRight(int, int)"/>
    public static nint ShiftRight(nint value, int count) => value >> count;

    /// <summary><c>shr.un</c>: the bits moved down, zeros moving in. By more than it has bits the instruction does whatever the processor does; this does what C# does.</summary>
    /// <param name="value">The operand.</param>
    /// <param name="count">How far.</param>
    /// <returns>What the instruction leaves.</returns>
    public static uint ShiftRightUnsigned(uint value, int count) => value >> count;

    /// <inheritdoc cref="ShiftRightUnsigned(uint, int)"/>
    public static ulong ShiftRightUnsigned(ulong value, int count) => value >> count;

    /// <inheritdoc cref="ShiftRightUnsigned(uint, int)"/>
    public static nuint ShiftRightUnsigned(nuint value, int count) => value >> count;
}
