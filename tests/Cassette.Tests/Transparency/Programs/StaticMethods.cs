// expect: 25
// expect: 3
// count: Program.Square 3
// count: Program.Add 1
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Add(Square(3), Square(4)));
        output.WriteLine(Square(1) + 2);
    }

    static int Square(int x) => x * x;

    static int Add(int x, int y) => x + y;
}
