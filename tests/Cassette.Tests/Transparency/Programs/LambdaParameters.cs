// expect: 3 5
// expect: 12
// expect: 6
// expect: True 8
// expect: 1
// count: Program.Apply 1
using System;
using System.IO;

public static class Program
{
    delegate bool Parse(string text, out int value);

    delegate void Change(ref int value);

    public static void Run(TextWriter output)
    {
        var add = (int x, int y = 2) => x + y;
        output.WriteLine(add(1) + " " + add(1, 4));
        var sum = (params int[] values) =>
        {
            int total = 0;
            foreach (int value in values)
                total += value;
            return total;
        };
        output.WriteLine(sum(3, 4, 5));
        Change triple = (ref x) => x *= 3;
        int number = 2;
        triple(ref number);
        output.WriteLine(number);
        Parse parse = (text, out value) => int.TryParse(text, out value);
        output.WriteLine(parse("8", out int parsed) + " " + parsed);
        output.WriteLine(Apply(static (_, _) => 1));
    }

    static int Apply(Func<int, int, int> f) => f(0, 0);
}
