// expect: <b>
// expect: 3 1 2
// expect: list 2
// expect: custom message 7
// expect: 1 2 3
// expect: key b
// count: Bracketed..ctor 1
// count: Backwards..ctor 1
// count: Key..ctor 2
// count: Key.Equals 0
// count: CustomException..ctor 1
// count: CustomException.get_Code 1
// count: System.Collections.ObjectModel.Collection`1.Add 2
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;

public sealed class Bracketed(TextWriter inner) : StringWriter
{
    public override void WriteLine(string? text) => inner.WriteLine("<" + text + ">");
}

public sealed class Backwards : IComparer<int>
{
    public int Compare(int x, int y) => x == 3 ? (y == 3 ? 0 : -1) : y == 3 ? 1 : x.CompareTo(y);
}

public sealed class Watched : Collection<int>
{
    public int Inserted;

    protected override void InsertItem(int index, int item)
    {
        Inserted++;
        base.InsertItem(index, item);
    }
}

public sealed class CustomException(int code) : Exception("custom message")
{
    public int Code => code;
}

public readonly struct Key(string name) : IEquatable<Key>
{
    readonly string name = name;

    public bool Equals(Key other) => name == other.name;

    public override bool Equals(object? other) => other is Key key && Equals(key);

    public override int GetHashCode() => name.GetHashCode();
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        new Bracketed(output).WriteLine("b");
        int[] numbers = [1, 2, 3];
        Array.Sort(numbers, new Backwards());
        output.WriteLine(numbers[0] + " " + numbers[1] + " " + numbers[2]);
        var watched = new Watched { 1, 2 };
        output.WriteLine("list " + watched.Inserted);
        try
        {
            throw new CustomException(7);
        }
        catch (CustomException exception)
        {
            output.WriteLine(exception.Message + " " + exception.Code);
        }

        Array.Sort(numbers, (x, y) => x - y);
        output.WriteLine(numbers[0] + " " + numbers[1] + " " + numbers[2]);
        var table = new Dictionary<Key, string> { [new Key("a")] = "key b" };
        output.WriteLine(table[new Key("a")]);
    }
}
