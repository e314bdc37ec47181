// expect: 6
// expect: 6.5
// expect: 14
// expect: 120
// expect: 7.5
// count: Program.Sum 2
// count: Program.Horner 1
using System;
using System.Globalization;
using System.IO;
using System.Numerics;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Sum([1, 2, 3]));
        output.WriteLine(Sum([1.5, 2.0, 3.0]).ToString(CultureInfo.InvariantCulture));
        output.WriteLine(Dot<long>([1, 2, 3], [1, 2, 3]));
        output.WriteLine(Factorial<BigInteger>(5));
        output.WriteLine(Horner(2m, 0.5m, 1m, 1.25m).ToString("0.0", CultureInfo.InvariantCulture));
    }

    static T Sum<T>(T[] values) where T : INumber<T>
    {
        T sum = T.Zero;
        foreach (T value in values)
            sum += value;
        return sum;
    }

    static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : IMultiplyOperators<T, T, T>, IAdditiveIdentity<T, T>, IAdditionOperators<T, T, T>
    {
        T sum = T.AdditiveIdentity;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    static T Factorial<T>(int n) where T : INumber<T>
    {
        T result = T.One;
        for (int i = 2; i <= n; i++)
            result *= T.CreateChecked(i);
        return result;
    }

    static T Horner<T>(T x, params T[] coefficients) where T : INumber<T>
    {
        T result = T.Zero;
        for (int i = coefficients.Length - 1; i >= 0; i--)
            result = result * x + coefficients[i];
        return result;
    }
}
