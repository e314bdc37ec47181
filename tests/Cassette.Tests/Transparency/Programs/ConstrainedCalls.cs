// expect: 2 0
// expect: 3
// expect: p1
// expect: True 5
// expect: 6
// count: ICount.Up 4
// count: Program.Raise 1
using System;
using System.IO;

public interface ICount
{
    int Up();

    int Twice() => Up() + Up();
}

public struct Cell(int start) : ICount
{
    public int Value = start;

    public int Up() => ++Value;

    public override string ToString() => "p" + Value;
}

public readonly struct Id(int value) : IEquatable<Id>
{
    public bool Equals(Id other) => true;

    public override int GetHashCode() => value;
}

public sealed class Heap : ICount
{
    int value = 5;

    public int Up() => ++value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var cell = new Cell(0);
        output.WriteLine(Raise(ref cell) + " " + new Cell(0).Value);
        output.WriteLine(cell.Value + 1);
        output.WriteLine(Text(new Cell(1)));
        output.WriteLine(Same(new Id(5), new Id(6)) + " " + Hash(new Id(5)));
        output.WriteLine(Once(new Heap()));
        Once(new Cell(0));
    }

    static int Raise<T>(ref T item) where T : ICount
    {
        item.Up();
        return item.Up();
    }

    static string? Text<T>(T item) => item!.ToString();

    static bool Same<T>(T a, T b) where T : IEquatable<T> => a.Equals(b);

    static int Hash<T>(T item) => item!.GetHashCode();

    static int Once<T>(T item) where T : ICount => item.Up();
}
