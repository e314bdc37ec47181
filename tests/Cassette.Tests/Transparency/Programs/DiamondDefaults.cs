// expect: C over both
// expect: A
// expect: private helper 4
// expect: static in interface 5
// count: IA.Who 2
using System.IO;

public interface IA
{
    string Who() => "A";
}

public interface IB : IA
{
    string IA.Who() => "B";
}

public interface IC : IA
{
    string IA.Who() => "C";
}

public sealed class Both : IB, IC
{
    string IA.Who() => "C over both";
}

public sealed class Only : IA;

public interface IHelped
{
    int Twice(int x) => Helper(x);

    private int Helper(int x) => x + x;

    static int Add(int x, int y) => x + y;
}

public sealed class Helped : IHelped;

public static class Program
{
    public static void Run(TextWriter output)
    {
        IA both = new Both(), only = new Only();
        output.WriteLine(both.Who());
        output.WriteLine(only.Who());
        IHelped helped = new Helped();
        output.WriteLine("private helper " + helped.Twice(2));
        output.WriteLine("static in interface " + IHelped.Add(2, 3));
    }
}
