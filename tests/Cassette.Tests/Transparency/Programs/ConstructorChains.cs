// expect: field Derived
// expect: field Base
// expect: Base 7
// expect: Derived 7
// expect: Derived default
// expect: 0 5
// expect: 3 9
// expect: struct 4
// count: Derived..ctor 1
// count: Program.Field 2
// count: Span2..ctor 2
using System.IO;

public class Base
{
    protected readonly TextWriter Output;
    readonly int field;

    protected Base(TextWriter output, int x)
    {
        Output = output;
        field = Program.Field(output, "Base");
        output.WriteLine("Base " + x);
    }
}

public sealed class Derived : Base
{
    static TextWriter? shared;
    readonly int own = Program.Field(shared!, "Derived");

    public Derived() : this(7) => Output.WriteLine("Derived default");

    Derived(int x) : base(shared!, x) => Output.WriteLine("Derived " + x);

    public static TextWriter Shared { set => shared = value; }
}

public struct Span2(int from, int to)
{
    public int From = from;
    public int To = to;

    public Span2(int to) : this(0, to)
    {
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Derived.Shared = output;
        _ = new Derived();
        var span = new Span2(5);
        output.WriteLine(span.From + " " + span.To);
        span = new Span2(3, 9);
        output.WriteLine(span.From + " " + span.To);
        output.WriteLine("struct " + new Span2[4].Length);
    }

    public static int Field(TextWriter output, string name)
    {
        output.WriteLine("field " + name);
        return 1;
    }
}
