// expect: 0 1 2 3 9
// expect: 3
// expect: 6 abc
// expect: b a
// count: Program.Total 2
// count: Program.Middle 1
using System;
using System.Collections.Generic;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        List<int> middle = Middle();
        int[] all = [0, .. middle, 9];
        output.WriteLine(string.Join(" ", all));
        output.WriteLine(Total([1, 2]));
        ReadOnlySpan<char> letters = ['a', 'b', 'c'];
        output.WriteLine(Total(1, 2, 3) + " " + letters.ToString());
        HashSet<string> set = ["b", "a", "b"];
        output.WriteLine(string.Join(" ", set));
    }

    static List<int> Middle() => [1, 2, 3];

    static int Total(params ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }
}
