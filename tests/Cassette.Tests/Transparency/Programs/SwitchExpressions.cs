// expect: zero small negative big 77
// expect: square 9
// expect: wide 4x2
// expect: nothing
// expect: fell through: System.Runtime.CompilerServices.SwitchExpressionException
// count: Program.Size 5
// count: Program.Name 3
// count: Program.Twice 2
using System;
using System.IO;

public abstract record Shape;

public sealed record Rect(int Width, int Height) : Shape;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine($"{Size(0)} {Size(3)} {Size(-5)} {Size(1000)} {Size(77)}");
        output.WriteLine(Name(new Rect(3, 3)));
        output.WriteLine(Name(new Rect(4, 2)));
        output.WriteLine(Name(null));
        try
        {
            Only(2);
        }
        catch (Exception exception)
        {
            output.WriteLine("fell through: " + exception.GetType());
        }
    }

    static string Size(int x) => x switch
    {
        0 => "zero",
        < 0 => "negative",
        > 0 and < 10 => "small",
        int n when Twice(n) > 1000 => "big",
        _ => x.ToString(),
    };

    static int Twice(int x) => x * 2;

    static string Name(Shape? shape) => shape switch
    {
        Rect { Width: var w, Height: var h } when w == h => "square " + w * h,
        Rect(var w, _) rect => "wide " + w + "x" + rect.Height,
        _ => "nothing",
    };

    static int Only(int x) => x switch
    {
        1 => 1,
    };
}
