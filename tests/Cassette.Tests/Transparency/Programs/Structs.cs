// expect: 3 10
// expect: 3 unchanged
// expect: 5
// expect: 6 7
// expect: 25
// expect: 0
// expect: 4 8
// count: Point.Moved 1
// count: Point.Move 2
// count: Frozen.Norm 1
using System.IO;

public struct Point
{
    public int X, Y;

    public Point(int x, int y)
    {
        X = x;
        Y = y;
    }

    public void Move(int dx) => X += dx;

    public readonly Point Moved(int dx) => new(X + dx, Y);
}

public readonly struct Frozen(int x, int y)
{
    readonly int x = x, y = y;

    public int Norm() => x * x + y * y;
}

public struct Nested
{
    public Point Inner;
}

public static class Program
{
    static readonly Point ReadOnly = new(0, 0);

    public static void Run(TextWriter output)
    {
        var point = new Point(3, 10);
        output.WriteLine(point.X + " " + point.Y);
        Point copy = point.Moved(2);
        output.WriteLine(point.X + " unchanged");
        output.WriteLine(copy.X);
        point.X = 6;
        var nested = new Nested { Inner = point };
        nested.Inner.Move(1);
        output.WriteLine(point.X + " " + nested.Inner.X);
        output.WriteLine(new Frozen(3, 4).Norm());
        ReadOnly.Move(1);                        // moves a copy
        output.WriteLine(ReadOnly.X);
        Point[] points = [new(4, 0), default];
        points[1].X = points[0].X * 2;
        output.WriteLine(points[0].X + " " + points[1].X);
    }
}
