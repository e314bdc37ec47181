// expect: 10
// expect: 2 3
// expect: 7
// count: Program.Sum 1
using System;
using System.IO;
using System.Runtime.CompilerServices;

[InlineArray(4)]
public struct Four
{
    int first;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var four = new Four();
        for (int i = 0; i < 4; i++)
            four[i] = i + 1;
        output.WriteLine(Sum(four));
        Span<int> middle = four[1..3];
        output.WriteLine(middle[0] + " " + middle[1]);
        Set(ref four, 7);
        output.WriteLine(four[^1]);
    }

    static int Sum(in Four four)
    {
        int sum = 0;
        foreach (int x in four)
            sum += x;
        return sum;
    }

    static void Set(ref Four four, int value) => four[3] = value;
}
