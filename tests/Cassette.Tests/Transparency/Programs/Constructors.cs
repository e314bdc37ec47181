// expect: field 1
// expect: field 2
// expect: base 3
// expect: inner 3
// expect: derived 3 4
// expect: field 1
// expect: field 2
// expect: base 9
// expect: inner 9
// expect: derived 9 10
// expect: default
// count: Log.Note 10
using System.IO;

public static class Log
{
    public static TextWriter Output = TextWriter.Null;

    public static int Note(string text, int value)
    {
        Output.WriteLine(value == 0 ? text : text + " " + value);
        return value;
    }
}

public class Base
{
    readonly int second = Log.Note("field", 2);
    protected readonly int X;

    protected Base(int x)
    {
        X = x;
        Log.Note("base", x);
    }

    public int Second => second;
}

public sealed class Derived : Base
{
    // A derived type's field initialisers run before the base's, so this one is first.
    readonly int first = Log.Note("field", 1);
    readonly int y;

    public Derived(int x, int y)
        : base(x)
    {
        Log.Note("inner", X);
        this.y = y;
        Log.Note("derived " + X, y);
    }

    public Derived()
        : this(9, 10)
    {
    }

    public int Sum => first + y;
}

public sealed class Plain
{
    public override string ToString() => "default";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Log.Output = output;
        _ = new Derived(3, 4);
        _ = new Derived();
        output.WriteLine(new Plain());
    }
}
