// expect: P(1,2)
// expect: P(1,2)
// expect: P(3,4)
// expect: N(5)
// expect: leaf of N(6)
// expect: S(7)
// expect: S(7)
// expect: S(7)
// expect: True False
// expect: 3
// expect: 12 text
// expect: R { X = 8 }
// expect: System.NullReferenceException
// expect: Hidden
// count: Program.Mark 12
// count: System.Object.ToString 13
using System;
using System.IO;

public class Point(int x, int y)
{
    public override string ToString() => Program.Mark("P(" + x + "," + y + ")");

    public override bool Equals(object? other) => other is Point point && Program.Mark(point.X) == x;

    public override int GetHashCode() => Program.Mark(x + y);

    int X => x;
}

public class Node(int value)
{
    public override string ToString() => Program.Mark("N(" + value + ")");
}

public sealed class Leaf(int value) : Node(value)
{
    public override string ToString() => Program.Mark("leaf of ") + base.ToString();
}

public struct Small(int value)
{
    public override string ToString() => Program.Mark("S(" + value + ")");
}

public abstract class Shape;

public sealed class Hidden : Shape
{
    public override string ToString() => Program.Mark("Hidden");
}

public sealed record R(int X);

public static class Program
{
    public static void Run(TextWriter output)
    {
        object o = new Point(1, 2);
        output.WriteLine(o.ToString());                     // a test of the type
        output.WriteLine(Text(o));
        output.WriteLine(new Point(3, 4).ToString());       // the class's own slot
        Node node = new Node(5);
        output.WriteLine(node.ToString());
        node = new Leaf(6);
        output.WriteLine(node.ToString());                  // two marks
        var small = new Small(7);
        output.WriteLine(small.ToString());                 // exact
        output.WriteLine(Text(small));                      // by a type parameter
        o = small;
        output.WriteLine(o.ToString());                     // boxed
        o = new Point(1, 2);
        output.WriteLine(o.Equals(new Point(1, 5)) + " " + o.Equals("text"));
        output.WriteLine(new Point(1, 2).GetHashCode());
        output.WriteLine(Text(12) + " " + Text("text"));    // no method of the program
        output.WriteLine(new R(8).ToString());
        try
        {
            o = null!;
            o.ToString();
        }
        catch (NullReferenceException exception)
        {
            output.WriteLine(exception.GetType());
        }

        Shape shape = new Hidden();
        output.WriteLine(shape.ToString());
    }

    static string? Text<T>(T value) => value!.ToString();

    public static T Mark<T>(T value) => value;
}
