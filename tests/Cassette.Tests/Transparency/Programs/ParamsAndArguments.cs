// expect: 6
// expect: 0
// expect: 10
// expect: 9
// expect: a=1 b=5 c=3
// expect: a=1 b=2 c=9
// expect: b then a: 2-1
// expect: Run
// expect: x + 1
// count: Program.Sum 3
// count: Program.SumSpan 1
// count: Program.Named 2
using System;
using System.IO;
using System.Runtime.CompilerServices;

public static class Program
{
    static string order = "";

    public static void Run(TextWriter output)
    {
        output.WriteLine(Sum(1, 2, 3));
        output.WriteLine(Sum());
        output.WriteLine(Sum([4, 6]));
        output.WriteLine(SumSpan(2, 3, 4));
        output.WriteLine(Named(1, b: 5));
        output.WriteLine(Named(c: 9, a: 1));
        order = "";
        int difference = Pair(b: Note("b", 2), a: Note("a", 1));
        output.WriteLine(order[..1] + " then " + order[1..] + ": " + difference / 10 + "-" + difference % 10);
        output.WriteLine(Caller());
        int x = 1;
        output.WriteLine(Expression(x + 1));
    }

    static int Sum(params int[] values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    static int SumSpan(params ReadOnlySpan<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    static string Named(int a, int b = 2, int c = 3) => "a=" + a + " b=" + b + " c=" + c;

    static int Note(string name, int value)
    {
        order += name;
        return value;
    }

    static int Pair(int a, int b) => b * 10 + a;

    static string Caller([CallerMemberName] string name = "") => name;

    static string Expression(int value, [CallerArgumentExpression(nameof(value))] string text = "") => text;
}
