using System;
using System.Runtime.CompilerServices;

namespace Cassette;

/// <summary>
/// The instructions of the program as methods, so that rules can name them: what the seeds' built-ins and intrinsics
/// (<c>getfield</c>, <c>arrayref</c>, <c>mul_float</c>) are to Julia.
/// </summary>
/// <remarks>
/// <para>A rule whose target is one of these methods, or this type, applies to the matching instructions in overdubbed code. Rules without
/// such a target see calls only. The parameters are the instruction's operands with their static types, and rules are selected by them
/// as by those of a call: <c>byte</c>, <c>short</c>, <c>char</c> and the like are <c>int</c> in arithmetic, as everywhere on the evaluation
/// stack, an enum is its underlying type, and where one operand is unsigned the other one counts as such.</para>
/// <para>A branch that compares is presented as the comparison, which the instruction set has as <c>ceq</c>, <c>clt</c>,
/// <c>cgt</c> and their unsigned or unordered forms: <c>a &gt;= b</c> of two integers is <c>!LessThan(a, b)</c>, of two floating-point
/// numbers <c>!LessThanUnordered(a, b)</c>.</para>
/// <para>The methods can be called: each does what its instruction does. Those that depend on more than their operands (which field, which
/// constructor, whose stack frame) throw <see cref="NotSupportedException"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// public readonly record struct FlopCtx(int[] Metadata) : IContext&lt;int[]&gt;
/// {
///     [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
///     static void Add(FlopCtx ctx, double a, double b) => ctx.Metadata[0]++;
///
///     [Overdub(typeof(Intrinsic), nameof(Intrinsic.Divide))]
///     static int Divide(FlopCtx ctx, int a, int b) => b == 0 ? 0 : Intrinsic.Divide(a, b);
/// }
/// </code>
/// </example>
public static partial class Intrinsic
{
    /// <summary><c>add</c>: the sum of two numbers, which wraps around where integers have no room for it.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int Add(int left, int right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static uint Add(uint left, uint right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static long Add(long left, long right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static ulong Add(ulong left, ulong right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static nint Add(nint left, nint right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static nuint Add(nuint left, nuint right) => unchecked(left + right);

    /// <inheritdoc cref="Add(int, int)"/>
    public static float Add(float left, float right) => left + right;

    /// <inheritdoc cref="Add(int, int)"/>
    public static double Add(double left, double right) => left + right;

    /// <summary><c>add</c>: a pointer moved up by a number of bytes.</summary>
    /// <param name="address">The pointer.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other pointer.</returns>
    public static unsafe void* Add(void* address, nint bytes) => (byte*)address + bytes;

    /// <summary><c>add</c>: a reference moved up by a number of bytes.</summary>
    /// <param name="address">The reference.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other reference.</returns>
    public static ref T Add<T>(ref T address, nint bytes) where T : allows ref struct => ref Unsafe.AddByteOffset(ref address, bytes);

    /// <summary><c>add</c>: a pointer moved up by a number of bytes, which comes first.</summary>
    /// <param name="bytes">How far.</param>
    /// <param name="address">The pointer.</param>
    /// <returns>The other pointer.</returns>
    public static unsafe void* Add(nint bytes, void* address) => (byte*)address + bytes;

    /// <summary><c>add</c>: a reference moved up by a number of bytes, which comes first.</summary>
    /// <param name="bytes">How far.</param>
    /// <param name="address">The reference.</param>
    /// <returns>The other reference.</returns>
    public static ref T Add<T>(nint bytes, ref T address) where T : allows ref struct => ref Unsafe.AddByteOffset(ref address, bytes);

    /// <summary><c>add.ovf</c>: the sum of two signed integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static int AddChecked(int left, int right) => checked(left + right);

    /// <inheritdoc cref="AddChecked(int, int)"/>
    public static long AddChecked(long left, long right) => checked(left + right);

    /// <inheritdoc cref="AddChecked(int, int)"/>
    public static nint AddChecked(nint left, nint right) => checked(left + right);

    /// <summary><c>add.ovf.un</c>: the sum of two unsigned integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static uint AddCheckedUnsigned(uint left, uint right) => checked(left + right);

    /// <inheritdoc cref="AddCheckedUnsigned(uint, uint)"/>
    public static ulong AddCheckedUnsigned(ulong left, ulong right) => checked(left + right);

    /// <inheritdoc cref="AddCheckedUnsigned(uint, uint)"/>
    public static nuint AddCheckedUnsigned(nuint left, nuint right) => checked(left + right);

    /// <summary><c>add.ovf.un</c>: a pointer moved up by a number of bytes.</summary>
    /// <param name="address">The pointer.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other pointer.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static unsafe void* AddCheckedUnsigned(void* address, nuint bytes) => (void*)checked((nuint)address + bytes);

    /// <summary><c>sub</c>: the difference of two numbers, which wraps around where integers have no room for it.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int Subtract(int left, int right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static uint Subtract(uint left, uint right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static long Subtract(long left, long right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static ulong Subtract(ulong left, ulong right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static nint Subtract(nint left, nint right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static nuint Subtract(nuint left, nuint right) => unchecked(left - right);

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static float Subtract(float left, float right) => left - right;

    /// <inheritdoc cref="Subtract(int, int)"/>
    public static double Subtract(double left, double right) => left - right;

    /// <summary><c>sub</c>: a pointer moved down by a number of bytes.</summary>
    /// <param name="address">The pointer.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other pointer.</returns>
    public static unsafe void* Subtract(void* address, nint bytes) => (byte*)address - bytes;

    /// <summary><c>sub</c>: a reference moved down by a number of bytes.</summary>
    /// <param name="address">The reference.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other reference.</returns>
    public static ref T Subtract<T>(ref T address, nint bytes) where T : allows ref struct => ref Unsafe.SubtractByteOffset(ref address, bytes);

    /// <summary><c>sub</c>: the distance between two pointers, in bytes.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static unsafe nint Subtract(void* left, void* right) => (nint)((byte*)left - (byte*)right);

    /// <summary><c>sub</c>: the distance between two references, in bytes.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static nint Subtract<T>(ref T left, ref T right) where T : allows ref struct => Unsafe.ByteOffset(ref right, ref left);

    /// <summary><c>sub.ovf</c>: the difference of two signed integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static int SubtractChecked(int left, int right) => checked(left - right);

    /// <inheritdoc cref="SubtractChecked(int, int)"/>
    public static long SubtractChecked(long left, long right) => checked(left - right);

    /// <inheritdoc cref="SubtractChecked(int, int)"/>
    public static nint SubtractChecked(nint left, nint right) => checked(left - right);

    /// <summary><c>sub.ovf.un</c>: the difference of two unsigned integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static uint SubtractCheckedUnsigned(uint left, uint right) => checked(left - right);

    /// <inheritdoc cref="SubtractCheckedUnsigned(uint, uint)"/>
    public static ulong SubtractCheckedUnsigned(ulong left, ulong right) => checked(left - right);

    /// <inheritdoc cref="SubtractCheckedUnsigned(uint, uint)"/>
    public static nuint SubtractCheckedUnsigned(nuint left, nuint right) => checked(left - right);

    /// <summary><c>sub.ovf.un</c>: a pointer moved down by a number of bytes.</summary>
    /// <param name="address">The pointer.</param>
    /// <param name="bytes">How far.</param>
    /// <returns>The other pointer.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static unsafe void* SubtractCheckedUnsigned(void* address, nuint bytes) => (void*)checked((nuint)address - bytes);

    /// <summary><c>mul</c>: the product of two numbers, which wraps around where integers have no room for it.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int Multiply(int left, int right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static uint Multiply(uint left, uint right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static long Multiply(long left, long right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static ulong Multiply(ulong left, ulong right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static nint Multiply(nint left, nint right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static nuint Multiply(nuint left, nuint right) => unchecked(left * right);

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static float Multiply(float left, float right) => left * right;

    /// <inheritdoc cref="Multiply(int, int)"/>
    public static double Multiply(double left, double right) => left * right;

    /// <summary><c>mul.ovf</c>: the product of two signed integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static int MultiplyChecked(int left, int right) => checked(left * right);

    /// <inheritdoc cref="MultiplyChecked(int, int)"/>
    public static long MultiplyChecked(long left, long right) => checked(left * right);

    /// <inheritdoc cref="MultiplyChecked(int, int)"/>
    public static nint MultiplyChecked(nint left, nint right) => checked(left * right);

    /// <summary><c>mul.ovf.un</c>: the product of two unsigned integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="OverflowException">There is no room for it.</exception>
    public static uint MultiplyCheckedUnsigned(uint left, uint right) => checked(left * right);

    /// <inheritdoc cref="MultiplyCheckedUnsigned(uint, uint)"/>
    public static ulong MultiplyCheckedUnsigned(ulong left, ulong right) => checked(left * right);

    /// <inheritdoc cref="MultiplyCheckedUnsigned(uint, uint)"/>
    public static nuint MultiplyCheckedUnsigned(nuint left, nuint right) => checked(left * right);

    /// <summary><c>div</c>: the quotient of two signed integers, cut off towards 0, or of two floating-point numbers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="DivideByZeroException">The second operand is an integer and 0.</exception>
    /// <exception cref="OverflowException">There is no room for the quotient of the smallest integer and -1.</exception>
    public static int Divide(int left, int right) => left / right;

    /// <inheritdoc cref="Divide(int, int)"/>
    public static long Divide(long left, long right) => left / right;

    /// <inheritdoc cref="Divide(int, int)"/>
    public static nint Divide(nint left, nint right) => left / right;

    /// <inheritdoc cref="Divide(int, int)"/>
    public static float Divide(float left, float right) => left / right;

    /// <inheritdoc cref="Divide(int, int)"/>
    public static double Divide(double left, double right) => left / right;

    /// <summary><c>div.un</c>: the quotient of two unsigned integers.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="DivideByZeroException">The second operand is an integer and 0.</exception>
    public static uint DivideUnsigned(uint left, uint right) => left / right;

    /// <inheritdoc cref="DivideUnsigned(uint, uint)"/>
    public static ulong DivideUnsigned(ulong left, ulong right) => left / right;

    /// <inheritdoc cref="DivideUnsigned(uint, uint)"/>
    public static nuint DivideUnsigned(nuint left, nuint right) => left / right;

    /// <summary><c>rem</c>: what a division leaves, with the sign of the first operand.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="DivideByZeroException">The second operand is an integer and 0.</exception>
    /// <exception cref="OverflowException">There is no room for the quotient of the smallest integer and -1.</exception>
    public static int Remainder(int left, int right) => left % right;

    /// <inheritdoc cref="Remainder(int, int)"/>
    public static long Remainder(long left, long right) => left % right;

    /// <inheritdoc cref="Remainder(int, int)"/>
    public static nint Remainder(nint left, nint right) => left % right;

    /// <inheritdoc cref="Remainder(int, int)"/>
    public static float Remainder(float left, float right) => left % right;

    /// <inheritdoc cref="Remainder(int, int)"/>
    public static double Remainder(double left, double right) => left % right;

    /// <summary><c>rem.un</c>: what a division of unsigned integers leaves.</summary>
    /// <param name="left">The first operand.</param>
    /// <param name="right">The second operand.</param>
    /// <returns>What the instruction leaves.</returns>
    /// <exception cref="DivideByZeroException">The second operand is an integer and 0.</exception>
    public static uint RemainderUnsigned(uint left, uint right) => left % right;

    /// <inheritdoc cref="RemainderUnsigned(uint, uint)"/>
    public static ulong RemainderUnsigned(ulong left, ulong right) => left % right;

    /// <inheritdoc cref="RemainderUnsigned(uint, uint)"/>
    public static nuint RemainderUnsigned(nuint left, nuint right) => left % right;

    /// <summary><c>neg</c>: the number with the other sign, which wraps around for the smallest integer.</summary>
    /// <param name="value">The operand.</param>
    /// <returns>What the instruction leaves.</returns>
    public static int Negate(int value) => unchecked(-value);

    /// <inheritdoc cref="Negate(int)"/>
    public static long Negate(long value) => unchecked(-value);

    /// <inheritdoc cref="Negate(int)"/>
    public static nint Negate(nint value) => unchecked(-value);

    /// <inheritdoc cref="Negate(int)"/>
    public static float Negate(float value) => -value;

    /// <inheritdoc cref="Negate(int)"/>
    public static double Negate(double value) => -value;

    /// <summary><c>ckfinite</c>: the number, if it is finite.</summary>
    /// <param name="value">The operand.</param>
    /// <returns>The operand.</returns>
    /// <exception cref="OverflowException">It is infinite or not a number; the CLI asks for an <see cref="ArithmeticException"/>, which this is one of.</exception>
    public static float CheckFinite(float value) => float.IsFinite(value) ? value : throw new OverflowException("The number is " + value + ".");

    /// <inheritdoc cref="CheckFinite(float)"/>
    public static double CheckFinite(double value) => double.IsFinite(value) ? value : throw new OverflowException("The number is " + value + ".");
}
