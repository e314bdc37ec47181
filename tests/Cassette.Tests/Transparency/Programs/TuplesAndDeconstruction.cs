// expect: 1 two
// expect: 3 4
// expect: 2 1
// expect: (1, (2, x))
// expect: True
// expect: 10 20
// count: Program.Both 1
// count: Program+Pair.Deconstruct 1
using System.IO;

public static class Program
{
    public sealed class Pair
    {
        public void Deconstruct(out int a, out int b)
        {
            a = 3;
            b = 4;
        }
    }

    public static void Run(TextWriter output)
    {
        (int number, string word) = Both();
        output.WriteLine(number + " " + word);
        var (a, b) = new Pair();
        output.WriteLine(a + " " + b);
        int x = 1, y = 2;
        (x, y) = (y, x);
        output.WriteLine(x + " " + y);
        var nested = (1, (2, "x"));
        output.WriteLine(nested.ToString());
        output.WriteLine((1, "a") == (1, "a"));
        (int X, int Y) named = (10, 20);
        output.WriteLine(named.X + " " + named.Y);
    }

    static (int, string) Both() => (1, "two");
}
