// expect: 10
// expect: 3 2 1
// expect: 2 3
// expect: 6
// expect: ell
// expect: 15
// expect: 7
// expect: 4 5
// count: Program.Sum 4
// count: Program.Slice 1
using System;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        Span<int> stack = stackalloc int[4];
        for (int i = 0; i < stack.Length; i++)
            stack[i] = i + 1;
        output.WriteLine(Sum(stack));
        Span<int> three = [1, 2, 3];
        three.Reverse();
        output.WriteLine(three[0] + " " + three[1] + " " + three[2]);
        ReadOnlySpan<int> middle = Slice([1, 2, 3, 4]);
        output.WriteLine(middle[0] + " " + middle[1]);
        output.WriteLine(Sum(stackalloc int[] { 1, 2, 3 }));
        output.WriteLine("hello".AsSpan(1, 3).ToString());
        output.WriteLine(Sum([4, 5, 6]));
        ref int first = ref stack[0];
        first = 7;
        output.WriteLine(Sum(stack[..1]));
        Memory<int> memory = new[] { 4, 5 };
        output.WriteLine(memory.Span[0] + " " + memory.Span[^1]);
    }

    static int Sum(ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    static ReadOnlySpan<int> Slice(ReadOnlySpan<int> values) => values[1..3];
}
