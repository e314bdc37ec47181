// expect: 36
// expect: 10 20 30 40
// expect: 55
// expect: 4.5
// count: Program.Nine 1
// count: Program.Build 1
// count: Program.Mixed 1
using System.Globalization;
using System.IO;

public struct Block
{
    public long A, B, C, D;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Nine(0, 1, 2, 3, 4, 5, 6, 7, 8));
        Block block = Build(10);
        output.WriteLine(block.A + " " + block.B + " " + block.C + " " + block.D);
        output.WriteLine(Sum(block, block.A, 5) - 60);
        output.WriteLine(Mixed(1, 2.5f, 'a', 0.5, true, 0.5m).ToString(CultureInfo.InvariantCulture));
    }

    static int Nine(int a, int b, int c, int d, int e, int f, int g, int h, int i) => a + b + c + d + e + f + g + h + i;

    static Block Build(long x) => new() { A = x, B = 2 * x, C = 3 * x, D = 4 * x };

    static long Sum(Block block, long x, int y) => block.A + block.B + block.C + block.D + x + y;

    static double Mixed(byte a, float b, char c, double d, bool e, decimal f) => a + b + (c - 'a') + d + (e ? 0 : 1) + (double)f;
}
