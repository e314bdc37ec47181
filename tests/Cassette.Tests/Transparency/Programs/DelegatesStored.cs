// expect: 9
// expect: 8
// expect: 27
// expect: 4
// expect: open 5
// expect: closed x!
// expect: 6
// count: Program.Apply 2
// count: Program.Inner 5
using System;
using System.Collections.Generic;
using System.IO;

public delegate int Custom(ref int x);

public static class Program
{
    static Func<int, int> field = Square;
    static readonly Func<int, int>[] Array = [Square, Cube];
    static readonly Dictionary<string, Func<int, int>> Table = new() { ["cube"] = Cube };

    public static void Run(TextWriter output)
    {
        output.WriteLine(Apply(field, 3));
        output.WriteLine(Apply(Array[1], 2));
        output.WriteLine(Table["cube"](3));
        Custom custom = Double;
        int x = 2;
        custom(ref x);
        output.WriteLine(x);
        var open = (Func<string, int>)Delegate.CreateDelegate(typeof(Func<string, int>), typeof(string).GetProperty("Length")!.GetMethod!);
        output.WriteLine("open " + open("12345"));
        Func<string> closed = "x".Shout;
        output.WriteLine("closed " + closed());
        Func<int, int, int> add = int (a, b) => a + b;
        output.WriteLine(add.Invoke(2, 4));
    }

    static int Apply(Func<int, int> f, int x) => f(x);

    static int Square(int x) => Inner(x) * x;

    // Inner is called twice for each cube, once for each square.
    static int Cube(int x) => Inner(x) * Inner(x) * x;

    static int Inner(int x) => x;

    static int Double(ref int x) => x *= 2;

    static string Shout(this string text) => text + "!";
}
