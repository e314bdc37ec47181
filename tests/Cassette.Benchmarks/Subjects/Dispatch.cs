using System;
using System.Runtime.CompilerServices;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Virtual, interface and delegate calls in loops.</summary>
public static class Dispatch
{
    internal static int SumOfInternal(InternalShape[] shapes)
    {
        int sum = 0;
        foreach (InternalShape shape in shapes)
            sum += shape.Sides(sum);
        return sum;
    }

    public static int SumOfPublic(PublicShape[] shapes)
    {
        int sum = 0;
        foreach (PublicShape shape in shapes)
            sum += shape.Sides(sum);
        return sum;
    }

    internal static int SumOfInterface(IShape[] shapes)
    {
        int sum = 0;
        foreach (IShape shape in shapes)
            sum += shape.Corners(sum);
        return sum;
    }

    /// <summary>A closure made here and called in a loop.</summary>
    public static int SumOfClosure(int count, int factor)
    {
        Func<int, int> step = x => (x ^ 5) * factor;
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += step(i);
        return sum;
    }

    /// <summary>A lambda without state.</summary>
    public static int SumOfLambda(int count)
    {
        Func<int, int> step = x => (x ^ 5) * 3;
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += step(i);
        return sum;
    }

    /// <summary>A closure called by a method that does not know where it comes from.</summary>
    public static int SumOfPassedClosure(int count, int factor) => Sum(x => (x ^ 5) * factor, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum(Func<int, int> step, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += step(i);
        return sum;
    }

    /// <summary>More lambdas of one type than are compared with where the call is.</summary>
    public static Func<long, long>[] Steps { get; } = [x => x ^ 1, x => x + 2, x => x - 3, x => x * 4, x => x | 5, x => x & 6, x => x << 1, x => x >> 1];

    /// <summary>Delegates called in turns.</summary>
    public static long SumOfSteps(Func<long, long>[] steps, int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
            sum += steps[i & (steps.Length - 1)](i);
        return sum;
    }

    /// <summary>Few enough lambdas of one type to be compared with where the call is.</summary>
    public static Func<int, long>[] FewSteps { get; } = [x => x ^ 1, x => x + 2, x => x - 3, x => x * 4];

    /// <summary>The same with these.</summary>
    public static long SumOfFewSteps(Func<int, long>[] steps, int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
            sum += steps[i & (steps.Length - 1)](i);
        return sum;
    }

    /// <summary>One of many lambdas, called by a method that does not know which.</summary>
    public static long SumOfPassed(int number, int count) => SumOfBytes(s_bytes[number], count);

    private static readonly Func<int, byte>[] s_bytes = [x => (byte)(x ^ 1), x => (byte)(x + 2), x => (byte)(x - 3), x => (byte)(x * 4), x => (byte)(x | 5), x => (byte)(x & 6), x => (byte)(x << 1), x => (byte)(x >> 1)];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long SumOfBytes(Func<int, byte> step, int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
            sum += step(i);
        return sum;
    }
}
