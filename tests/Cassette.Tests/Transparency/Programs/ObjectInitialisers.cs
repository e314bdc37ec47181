// expect: 1 2 3
// expect: 4,5
// expect: a=1 b=2
// expect: 7 8
// expect: 9
// count: Outer..ctor 1
// count: Outer.set_Id 1
// count: Bag.Add 2
// count: Inner.set_X 1
// count: Inner.set_Y 1
// count: Grid.set_Item 2
using System.Collections;
using System.Collections.Generic;
using System.IO;

public sealed class Inner
{
    public int X { get; set; }

    public int Y { get; set; }
}

public sealed class Outer
{
    public int Id { get; set; }

    public Inner Nested { get; } = new();
}

public sealed class Bag : IEnumerable
{
    public readonly List<int> Items = [];

    public void Add(int x) => Items.Add(x);

    public IEnumerator GetEnumerator() => Items.GetEnumerator();
}

public sealed class Grid
{
    readonly Dictionary<string, int> cells = [];

    public int this[string name]
    {
        get => cells[name];
        set => cells[name] = value;
    }
}

public struct Pair
{
    public int A;
    public int B;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var outer = new Outer { Id = 1, Nested = { X = 2, Y = 3 } };
        output.WriteLine(outer.Id + " " + outer.Nested.X + " " + outer.Nested.Y);
        output.WriteLine(string.Join(",", new Bag { 4, 5 }.Items));
        var grid = new Grid { ["a"] = 1, ["b"] = 2 };
        output.WriteLine("a=" + grid["a"] + " b=" + grid["b"]);
        var pair = new Pair { A = 7, B = 8 };
        output.WriteLine(pair.A + " " + pair.B);
        Pair[] pairs = [new() { A = 9 }, pair with { B = 0 }];
        output.WriteLine(pairs[0].A + pairs[1].B);
    }
}
