// expect: 9
// expect: 8
// expect: 3
// expect: generic x
// expect: by ref 6
// expect: 5
// expect: True
// expect: y
// count: Program.Mark 4
// count: Program.MarkAny 1
// count: Program.MarkName 1
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
        delegate* unmanaged<int, int> pure = &Unmanaged;
        output.WriteLine(pure(4));
        output.WriteLine((nint)square == (nint)(delegate*<int, int>)&Square);
        delegate*<object, object> varied = (delegate*<object, object>)(delegate*<object, string>)&Name;
        output.WriteLine(varied("y"));
    }

    static int Apply(delegate*<int, int> f, int x) => f(x);

    static int Square(int x) => Mark(x) * x;

    static int Cube(int x) => Mark(x) * x * x;

    static int Negate(int x) => -Mark(x);

    static string Show<T>(T value) => "generic " + MarkAny(value);

    static void Twice(ref int x) => x = Mark(x) * 2;

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    static int Unmanaged(int x) => x + 1;

    static string Name(object o) => (string)MarkName(o);

    static T Mark<T>(T x) => x;

    static T MarkAny<T>(T x) => x;

    static object MarkName(object x) => x;
}
