// expect: 0 1 2 | 0 1 2 | 0 10
// expect: 5 4 3
// expect: a1 a2
// expect: open 1 close
// expect: open 1 2 close
// expect: inner outer thrown
// expect: 3 3 True
// expect: x x y y
// expect: not supported
// count: Program.Step 11
// count: Program.Enter 2
// count: Program.Leave 2
// count: Counter.Down 1
// count: Pair.Parts 1
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

public sealed class Counter(int start) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = start; i > start - 3; i--)
            yield return i;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public IEnumerable Down()
    {
        foreach (int i in this)
            yield return i;
    }
}

public struct Pair(string name)
{
    public IEnumerable<string> Parts()
    {
        yield return name + "1";
        name += "!";
        yield return name.TrimEnd('!') + "2";
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        IEnumerable<int> steps = Steps(3, 1);
        string other = "";
        var thread = new Thread(() => other = string.Join(" ", steps.Take(2).Select(x => x * 10)));
        string first = string.Join(" ", steps);
        string second = string.Join(" ", steps);
        thread.Start();
        thread.Join();
        output.WriteLine(first + " | " + second + " | " + other);
        output.WriteLine(string.Join(" ", new Counter(5).Down().Cast<int>()));
        output.WriteLine(string.Join(" ", new Pair("a").Parts()));
        foreach (int x in Guarded(output))
        {
            output.Write(" " + x);
            break;
        }

        output.WriteLine();
        foreach (int x in Guarded(output))
            output.Write(" " + x);
        output.WriteLine();
        try
        {
            foreach (int x in Throws(output))
                output.Write(x);
        }
        catch (InvalidOperationException exception)
        {
            output.WriteLine(exception.Message);
        }

        using (IEnumerator<int> one = Steps(4, 1).GetEnumerator())
        {
            int count = 0;
            one.MoveNext();
            while (one.MoveNext())
                count++;
            output.WriteLine(one.Current + " " + count + " " + !one.MoveNext());
        }

        output.WriteLine(string.Join(" ", Doubled(new[] { "x", "y" })));
        try
        {
            Steps(1, 1).GetEnumerator().Reset();
        }
        catch (NotSupportedException)
        {
            output.WriteLine("not supported");
        }
    }

    static IEnumerable<int> Steps(int count, int by)
    {
        for (int i = 0; i < count; i = Step(i, by))
            yield return i;
    }

    static int Step(int i, int by) => i + by;

    static IEnumerable<int> Guarded(TextWriter output)
    {
        Enter(output);
        try
        {
            yield return 1;
            yield return 2;
        }
        finally
        {
            output.Write(" ");
            Leave(output);
        }
    }

    static void Enter(TextWriter output) => output.Write("open");

    static void Leave(TextWriter output) => output.Write("close");

    static IEnumerable<int> Throws(TextWriter output)
    {
        try
        {
            try
            {
                if (output != null)
                    throw new InvalidOperationException("thrown");
                yield return 1;
            }
            finally
            {
                output!.Write("inner ");
            }
        }
        finally
        {
            output!.Write("outer ");
        }
    }

    static IEnumerable<T> Doubled<T>(IEnumerable<T> items) where T : class
    {
        foreach (T item in items)
        {
            yield return item;
            yield return item;
        }
    }
}
