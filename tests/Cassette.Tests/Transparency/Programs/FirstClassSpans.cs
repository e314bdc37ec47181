// expect: 6
// expect: 2
// expect: True
// expect: 5
// count: Program.Sum 3
// count: Extensions.Last 1
using System;
using System.IO;

public static class Extensions
{
    public static T Last<T>(this ReadOnlySpan<T> span) => span[^1];
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        int[] numbers = [1, 2, 3];
        output.WriteLine(Sum(numbers));
        Span<int> some = numbers.AsSpan(0, 1);
        output.WriteLine(Sum(some) + Sum(numbers[..1]));
        output.WriteLine("abc".StartsWith("ab") && "abc".AsSpan() is "abc");
        output.WriteLine(numbers.Last() + 2);
    }

    static int Sum(ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }
}
