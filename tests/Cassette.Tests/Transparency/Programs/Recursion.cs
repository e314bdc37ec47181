// expect: 55
// expect: 61
// expect: 8
// expect: 7
// count: Program.Fib 177
// count: Program.Even 6
// count: Tree.Sum 3
using System.IO;

public sealed class Tree(int value, Tree? left = null, Tree? right = null)
{
    public int Sum() => value + (left?.Sum() ?? 0) + (right?.Sum() ?? 0);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Fib(10));                 // 2 * fib(11) - 1 = 177 calls
        output.WriteLine(Ackermann(2, 29));
        output.WriteLine(new Tree(1, new Tree(3), new Tree(4)).Sum());
        output.WriteLine(Even(10) ? 7 : 0);
    }

    static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

    static int Ackermann(int m, int n) =>
        m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1));

    static bool Even(int n) => n == 0 || Odd(n - 1);

    static bool Odd(int n) => n != 0 && Even(n - 1);
}
