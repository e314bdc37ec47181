// expect: 6
// expect: 7
// expect: base 3, derived 4
// expect: 12
// count: Accumulator.Next 2
using System.IO;

public sealed class Accumulator(int start)
{
    readonly int initial = start;

    public int Next() => ++start;

    public int Moved => start - initial;
}

public class Named(string name)
{
    public string Name { get; } = name;
}

public sealed class Sub(int a, int b) : Named("base " + a)
{
    public override string ToString() => Name + ", derived " + b;
}

public struct Area(int w, int h)
{
    public readonly int Value => w * h;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var accumulator = new Accumulator(5);
        output.WriteLine(accumulator.Next());
        output.WriteLine(accumulator.Next());
        output.WriteLine(new Sub(3, 4).ToString());
        output.WriteLine(new Area(3, 4).Value);
    }
}
