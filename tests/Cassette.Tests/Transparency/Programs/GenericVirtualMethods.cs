// expect: base Int32 1
// expect: derived Int32 1
// expect: derived String x
// expect: face Double
// count: Shape.Show 3
// count: IFace.Tell 1
using System.IO;

public class Shape
{
    public virtual string Show<T>(T value) => "base " + typeof(T).Name + " " + value;
}

public class Round : Shape
{
    public override string Show<T>(T value) => "derived " + typeof(T).Name + " " + value;
}

public interface IFace
{
    string Tell<T>();
}

public sealed class Face : IFace
{
    string IFace.Tell<T>() => "face " + typeof(T).Name;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Shape shape = new Shape(), round = new Round();
        output.WriteLine(shape.Show(1));
        output.WriteLine(round.Show(1));
        output.WriteLine(round.Show("x"));
        IFace face = new Face();
        output.WriteLine(face.Tell<double>());
    }
}
