// expect: NullReferenceException
// expect: IndexOutOfRangeException
// expect: DivideByZeroException
// expect: InvalidCastException
// expect: OverflowException
// expect: ArrayTypeMismatchException
// expect: OverflowException
// expect: NullReferenceException
// count: Program.Report 8
// count: Program.Nothing 2
// count: Program.Two 4
// count: Program.Pair 1
// count: Program.Text 1
// count: Node.Get 1
// count: System.Func`1.Invoke 8
// more: 672 frames of the call of a delegate, which exceptions record
// more optimised: 592 a frame more each, where the call finds out which delegate is likely
using System;
using System.IO;

public sealed class Node
{
    public int Value;

    public int Get() => Value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Report(output, () => Nothing()!.Value);
        Report(output, () => Pair()[Two()]);
        Report(output, () => 1 / (Two() - 2));
        Report(output, () => ((Node)(object)Text()).Value);
        Report(output, () => checked(int.MaxValue - 1 + Two()));
        Report(output, () =>
        {
            object[] strings = new string[1];
            strings[0] = new object();
            return 0;
        });
        Report(output, () => new int[1 - Two()].Length);
        Report(output, () => Nothing()!.Get());
    }

    static Node? Nothing() => null;

    static int Two() => 2;

    static int[] Pair() => new int[2];

    static string Text() => "text";

    static void Report(TextWriter output, Func<int> f)
    {
        try
        {
            output.WriteLine(f());
        }
        catch (Exception exception)
        {
            output.WriteLine(exception.GetType().Name);
        }
    }
}
