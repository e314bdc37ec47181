// expect: 12 3
// expect: Square 2
// expect: hidden base
// expect: hidden derived
// expect: sealed Leaf
// expect: base then leaf
// count: Shape.Area 2
// count: Shape.Name 2
// count: Hiding.Who 1
// count: HidingMore.Who 1
// count: Shape.Chain 2
using System.IO;

public abstract class Shape
{
    public abstract int Area();

    public virtual string Name() => GetType().Name;

    public virtual string Chain() => "base";
}

public class Square(int side) : Shape
{
    public override int Area() => side * side;

    public override string Name() => "Square " + side;
}

public class Rectangle(int a, int b) : Square(a)
{
    public override int Area() => a * b;
}

public class Leaf : Shape
{
    public sealed override int Area() => 3;

    public sealed override string Name() => "sealed Leaf";

    public override string Chain() => base.Chain() + " then leaf";
}

public class Hiding
{
    public virtual string Who() => "hidden base";
}

public class HidingMore : Hiding
{
    public new virtual string Who() => "hidden derived";
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Shape first = new Rectangle(3, 4), second = new Leaf();
        output.WriteLine(first.Area() + " " + second.Area());
        output.WriteLine(new Square(2).Name());
        Hiding hiding = new HidingMore();
        output.WriteLine(hiding.Who());
        output.WriteLine(((HidingMore)hiding).Who());
        output.WriteLine(second.Name());
        output.WriteLine(second.Chain());
    }
}
