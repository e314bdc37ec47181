// expect: cleared
// expect: 2
// expect: here
// expect: (1)
// expect: 3 3
// expect: less
// expect: 7
// expect: closed
// expect: True 1
// count: Program.Note 9
// carriers: 1
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public sealed class Noting(TextWriter output) : ICollection<int>
{
    public int Count => 2;

    public bool IsReadOnly => true;

    public void Add(int item) => throw new NotSupportedException();

    public void Clear() => Program.Note(output, "cleared");

    public bool Contains(int item) => true;

    public void CopyTo(int[] array, int arrayIndex) => throw new NotSupportedException();

    public bool Remove(int item) => false;

    public IEnumerator<int> GetEnumerator()
    {
        Program.Note(output, "2");
        yield return 2;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Program.Said("here");
}

public readonly struct Point(int x) : IComparable<Point>, IFormattable
{
    public int CompareTo(Point other) => Program.Said("less").Length;

    public string ToString(string? format, IFormatProvider? provider) => Program.Said("(" + x + ")");
}

public class Source(TextWriter output) : StringReader("")
{
    public override int Read() => Program.Said("seven").Length + 2;

    public override void Close() => Program.Note(output, "closed");
}

public sealed class Derived(TextWriter output) : Source(output)
{
    public override int Peek() => Program.Said("one").Length - 2;
}

/// <summary>Delegates over methods that are declared outside and that classes of the program implement or override.</summary>
public static class Program
{
    public static void Run(TextWriter output)
    {
        ICollection<int> noting = new Noting(output);
        Call(noting.Clear);
        Func<IEnumerator<int>> enumerate = noting.GetEnumerator;
        using (var numbers = enumerate())
            numbers.MoveNext();
        object thing = noting;
        Func<string> text = thing.ToString!;
        output.WriteLine(text());
        IFormattable point = new Point(1);
        Func<string?, IFormatProvider?, string> format = point.ToString;
        output.WriteLine(format(null, null));
        IComparable<Point> comparable = new Point(2);
        // Handed to the framework, which calls it.
        output.WriteLine(string.Join(' ', new[] { new Point(3), new Point(4) }.Select(comparable.CompareTo).Select(n => n - 1)));
        output.WriteLine(new string[] { "less" }.Single(new HashSet<string> { "less" }.Contains));
        TextReader reader = new Derived(output);
        Func<int> read = reader.Read;
        output.WriteLine(read());
        Action close = reader.Close;
        close();
        Func<int> peek = reader.Peek;
        output.WriteLine((peek.Target == reader) + " " + peek());
    }

    public static void Note(TextWriter output, string text) => output.WriteLine(text);

    public static string Said(string text)
    {
        Note(TextWriter.Null, text);
        return text;
    }

    static void Call(Action action) => action();
}
