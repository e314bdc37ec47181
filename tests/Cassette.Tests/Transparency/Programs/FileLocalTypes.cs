// expect: hidden 2
// expect: 6
// count: Program.Use 1
using System.IO;

file interface IHidden
{
    int Times(int x);
}

file sealed class Hidden(int factor) : IHidden
{
    public int Times(int x) => x * factor;

    public override string ToString() => "hidden " + factor;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var hidden = new Hidden(2);
        output.WriteLine(hidden.ToString());
        output.WriteLine(Use(3));
    }

    static int Use(int x)
    {
        IHidden hidden = new Hidden(2);
        return hidden.Times(x);
    }
}
