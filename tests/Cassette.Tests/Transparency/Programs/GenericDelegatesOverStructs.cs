// expect: 3
// expect: (1, x)
// expect: 7 8
// expect: 9
// expect: text
// expect: 12
// count: Program.Apply 4
using System;
using System.IO;

public struct Pair
{
    public int A;
    public string B;

    public readonly int Length() => A + B.Length;

    public override readonly string ToString() => "(" + A + ", " + B + ")";
}

public delegate TResult Over<T, TResult>(T value);

public delegate void ByRef<T>(ref T value);

public static class Program
{
    public static void Run(TextWriter output)
    {
        var pair = new Pair { A = 1, B = "xy" };
        output.WriteLine(Apply(pair, p => p.Length()));
        output.WriteLine(Apply(new Pair { A = 1, B = "x" }, Show));
        ByRef<Pair> bump = (ref Pair p) => p.A += 6;
        bump(ref pair);
        output.WriteLine(pair.A + " " + (Func<int>)(() => 8) switch { var f => f() });
        Func<Pair> bound = new Holder { Value = new Pair { A = 9, B = "" } }.Get;
        output.WriteLine(bound().A);
        output.WriteLine(Apply("text", s => s));
        // Closed over a boxed struct.
        Func<int> closed = new Pair { A = 10, B = "zz" }.Length;
        output.WriteLine(Apply(closed, f => f()));
    }

    sealed class Holder
    {
        public Pair Value;

        public Pair Get() => Value;
    }

    static string Show(Pair pair) => pair.ToString();

    static TResult Apply<T, TResult>(T value, Over<T, TResult> f) => f(value);
}
