// expect: 0 1 4 9
// expect: started 1 finally
// expect: 3 2 1
// expect: 1 2 3 5 8
// count: Program.Squares 1
// count: Program.Square 4
// count: Program.WithFinally 1
// count: Program.Tree 4
// count: Program.Fibonacci 1
using System.Collections.Generic;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(string.Join(" ", Squares(4)));
        foreach (int x in WithFinally(output))
        {
            output.Write(x + " ");
            break;
        }

        output.WriteLine();
        output.WriteLine(string.Join(" ", Tree(3)));
        var taken = new List<int>();
        foreach (int x in Fibonacci())
        {
            taken.Add(x);
            if (taken.Count == 5)
                break;
        }

        output.WriteLine(string.Join(" ", taken));
    }

    static IEnumerable<int> Squares(int count)
    {
        for (int i = 0; i < count; i++)
            yield return Square(i);
    }

    static int Square(int x) => x * x;

    static IEnumerable<int> WithFinally(TextWriter output)
    {
        output.Write("started ");
        try
        {
            yield return 1;
            yield return 2;
        }
        finally
        {
            output.Write("finally");
        }
    }

    static IEnumerable<int> Tree(int depth)
    {
        if (depth == 0)
            yield break;
        yield return depth;
        foreach (int x in Tree(depth - 1))
            yield return x;
    }

    static IEnumerable<int> Fibonacci()
    {
        for (int a = 1, b = 2; ; (a, b) = (b, a + b))
            yield return a;
    }
}
