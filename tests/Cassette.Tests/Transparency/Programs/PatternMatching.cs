// expect: int 5
// expect: string of 3
// expect: circle 2
// expect: square 9
// expect: point on x
// expect: small
// expect: mid
// expect: list 1..3
// expect: empty
// expect: starts ab
// expect: not null
// expect: other
// count: Program.Describe 12
// count: Shape.get_Kind 1
using System;
using System.IO;

public abstract class Shape
{
    public string Kind => "unknown";
}

public sealed class Circle(int radius) : Shape
{
    public int Radius { get; } = radius;
}

public sealed class Square(int side) : Shape
{
    public int Side { get; } = side;

    public void Deconstruct(out int area, out int perimeter)
    {
        area = Side * Side;
        perimeter = 4 * Side;
    }
}

public readonly record struct Point(int X, int Y);

public sealed class Blob : Shape;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Describe(5));
        output.WriteLine(Describe("abc"));
        output.WriteLine(Describe(new Circle(2)));
        output.WriteLine(Describe(new Square(3)));
        output.WriteLine(Describe(new Point(4, 0)));
        output.WriteLine(Describe(1.5));
        output.WriteLine(Describe(50.0));
        output.WriteLine(Describe(new[] { 1, 2, 3 }));
        output.WriteLine(Describe(Array.Empty<int>()));
        output.WriteLine(Describe("abzz"));
        output.WriteLine(Describe(new object()));
        output.WriteLine(Describe(new Blob()));
    }

    static string Describe(object value)
    {
        if (value is Blob { Kind: "unknown" })
            return "other";
        return value switch
        {
            int n and > 3 => "int " + n,
            string { Length: 3 } text => "string of " + text.Length,
            string text when text.AsSpan() is ['a', 'b', ..] => "starts ab",
            Circle { Radius: var radius } => "circle " + radius,
            Square (var area, _) => "square " + area,
            Point(_, 0) => "point on x",
            double d and < 10 => "small",
            double and >= 10 and <= 99 => "mid",
            int[] and [var first, .., var last] => "list " + first + ".." + last,
            int[] and [] => "empty",
            not null => "not null",
        };
    }
}
