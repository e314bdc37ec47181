// expect: 7
// expect: ab
// expect: 9
// expect: int
// expect: string
// expect: no member
// count: Thing..ctor 1
// count: Thing.Square 0
// count: Program.Kind 0
// more: 168 frames of the call of a delegate, which an exception records
using System.IO;
using Microsoft.CSharp.RuntimeBinder;

public sealed class Thing
{
    public int Square(int x) => x * x;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        dynamic a = 3, b = 4;
        output.WriteLine((object)(a + b));
        dynamic text = "a";
        output.WriteLine((object)(text + "b"));
        dynamic thing = new Thing();
        output.WriteLine((object)thing.Square(3));
        output.WriteLine(Kind((dynamic)1));
        output.WriteLine(Kind((dynamic)"x"));
        try
        {
            thing.Missing();
        }
        catch (RuntimeBinderException)
        {
            output.WriteLine("no member");
        }
    }

    public static string Kind(int x) => "int";

    public static string Kind(string x) => "string";
}
