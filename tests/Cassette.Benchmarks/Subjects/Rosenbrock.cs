using System;
using System.Runtime.CompilerServices;
using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Subjects;

/// <summary>The Rosenbrock function, its squares by a helper; once with a helper that the JIT may inline, once with one that it may not.</summary>
public static class Rosenbrock
{
    public static double Square(double x) => x * x;

    public static double Cube(double x) => x * x * x;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SquareByCall(double x) => x * x;

    public static double Value(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
            sum += 100.0 * Square(x[i + 1] - Square(x[i])) + Square(1.0 - x[i]);
        return sum;
    }

    public static double ValueByCalls(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
            sum += 100.0 * SquareByCall(x[i + 1] - SquareByCall(x[i])) + SquareByCall(1.0 - x[i]);
        return sum;
    }

    /// <summary>Counting the calls of the helper by hand.</summary>
    public static double CountedValue(double[] x, Counter counter)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            counter.Calls++;
            double inner = Square(x[i]);
            counter.Calls++;
            double outer = Square(x[i + 1] - inner);
            counter.Calls++;
            sum += 100.0 * outer + Square(1.0 - x[i]);
        }

        return sum;
    }

    /// <summary>With the helper replaced in the source.</summary>
    public static double CubedValue(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length - 1; i++)
            sum += 100.0 * Cube(x[i + 1] - Cube(x[i])) + Cube(1.0 - x[i]);
        return sum;
    }

    public static double Norm(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
            sum += Math.Sqrt(x[i]);
        return sum;
    }

    /// <summary>With the square root replaced in the source.</summary>
    public static double AbsNorm(double[] x)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
            sum += Math.Abs(x[i]);
        return sum;
    }
}
