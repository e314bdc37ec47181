// expect: 1 2 3
// expect: boxed 1 2
// expect: original 0
// expect: constrained 2
// expect: p
// expect: True
// count: Program.Bump 3
// count: ICounter.Next 7
using System;
using System.IO;

public interface ICounter
{
    int Next();
}

public struct Counter : ICounter
{
    public int Value;

    public int Next() => ++Value;

    public override string ToString() => "p";

    public override bool Equals(object? other) => other is Counter counter && counter.Value == Value;

    public override int GetHashCode() => Value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var counter = new Counter();
        output.WriteLine(Bump(ref counter) + " " + Bump(ref counter) + " " + Bump(ref counter));
        var start = new Counter();
        ICounter boxed = start;
        output.WriteLine("boxed " + boxed.Next() + " " + boxed.Next());
        output.WriteLine("original " + start.Value);
        var second = new Counter();
        Twice(ref second);
        output.WriteLine("constrained " + second.Value);
        output.WriteLine(Text(second));
        output.WriteLine(Equal(second, new Counter { Value = 2 }));
    }

    static int Bump<T>(ref T counter) where T : ICounter => counter.Next();

    static void Twice<T>(ref T counter) where T : struct, ICounter
    {
        counter.Next();
        counter.Next();
    }

    static string Text<T>(T value) where T : struct => value.ToString()!;

    static bool Equal<T>(T a, T b) where T : struct => a.Equals(b);
}
