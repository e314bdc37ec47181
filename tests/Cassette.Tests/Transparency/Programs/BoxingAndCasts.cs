// expect: 5 5
// expect: 6
// expect: True False
// expect: text
// expect: null
// expect: 3
// expect: System.Int32
// expect: unboxed mutation 8
// count: IBump.Bump 1
// count: Program.Unbox 1
using System;
using System.IO;

public interface IBump
{
    int Bump();
}

public struct Value : IBump
{
    public int X;

    public int Bump() => ++X;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        object boxed = 5;
        output.WriteLine(boxed + " " + (int)boxed);
        IComparable comparable = 6;
        output.WriteLine(comparable);
        output.WriteLine((boxed is int) + " " + (boxed is long));
        object text = "text";
        output.WriteLine((string)text);
        output.WriteLine(boxed as string ?? "null");
        output.WriteLine(Unbox<int>(3));
        output.WriteLine(boxed.GetType());
        IBump bump = new Value { X = 7 };
        bump.Bump();
        output.WriteLine("unboxed mutation " + ((Value)bump).X);
    }

    static T Unbox<T>(object value) => (T)value;
}
