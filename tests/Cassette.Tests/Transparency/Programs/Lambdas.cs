// expect: 7
// expect: 10
// expect: 0 1 2
// expect: 3 3 3
// expect: 16
// expect: captured this 6
// expect: same True
// expect: 9
// count: System.Func`2.Invoke 8
using System;
using System.IO;

public sealed class Holder
{
    int field = 5;

    public Func<int> Maker() => () => ++field;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Func<int, int> addTwo = x => x + 2;                       // cached static lambda
        output.WriteLine(addTwo(5));

        int captured = 3;
        Func<int, int> addCaptured = x => x + captured;
        captured = 5;
        output.WriteLine(addCaptured(5));

        var fresh = new Func<int, int>[3];
        int last = 0;
        var shared = new Func<int, int>[3];
        for (int i = 0; i < 3; i++)
        {
            int own = i;
            fresh[i] = _ => own;
            shared[i] = _ => last;
            last++;
        }

        output.WriteLine(fresh[0](0) + " " + fresh[1](0) + " " + fresh[2](0));
        output.WriteLine(shared[0](0) + " " + last + " " + last);

        Func<int, Func<int>> nested = a => () => a * a;
        output.WriteLine(nested(4)());

        output.WriteLine("captured this " + new Holder().Maker()());

        output.WriteLine("same " + ReferenceEquals(Static(), Static()));

        Func<int, int> group = Square;
        output.WriteLine(group(3));
    }

    static Func<int, int> Static() => x => x;

    static int Square(int x) => x * x;
}
