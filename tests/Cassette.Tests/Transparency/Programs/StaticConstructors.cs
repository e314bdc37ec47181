// expect: before
// expect: 42
// expect: 42
// expect: lazy 5
// count: Precise.Get 1
// count: Precise.Compute 0
using System.IO;

public static class Log
{
    public static TextWriter Output = TextWriter.Null;
}

public static class Precise
{
    public static readonly int Value;

    static Precise()
    {
        Value = Compute(6);
    }

    static int Compute(int x) => x * 7;

    public static int Get() => Value;
}

public sealed class Lazy
{
    public static readonly Lazy Instance = new Lazy(5);
    readonly int x;

    Lazy(int x)
    {
        this.x = x;
    }

    public override string ToString() => "lazy " + x;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Log.Output = output;
        output.WriteLine("before");
        output.WriteLine(Precise.Get());
        output.WriteLine(Precise.Value);
        output.WriteLine(Lazy.Instance);
    }
}
