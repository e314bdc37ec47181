// expect: 9
// expect: 8
// expect: 3
// expect: generic x
// expect: by ref 6
using System.IO;

public static unsafe class Program
{
    public static void Run(TextWriter output)
    {
        delegate*<int, int> square = &Square;
        output.WriteLine(square(3));
        output.WriteLine(Apply(&Cube, 2));
        delegate*<int, int>[] table = [&Square, &Negate];
        output.WriteLine(table[1](-3));
        delegate*<string, string> show = &Show<string>;
        output.WriteLine(show("x"));
        delegate*<ref int, void> twice = &Twice;
        int x = 3;
        twice(ref x);
        output.WriteLine("by ref " + x);
    }

    static int Apply(delegate*<int, int> f, int x) => f(x);

    static int Square(int x) => x * x;

    static int Cube(int x) => x * x * x;

    static int Negate(int x) => -x;

    static string Show<T>(T value) => "generic " + value;

    static void Twice(ref int x) => x *= 2;
}
