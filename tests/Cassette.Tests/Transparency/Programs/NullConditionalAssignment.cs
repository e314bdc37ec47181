// expect: 3
// expect: not evaluated
// expect: 5
// expect: evaluated 2
// expect: rung
// count: Node.set_Value 2
// count: Node.get_Value 3
// count: Program.Next 2
using System;
using System.IO;

public sealed class Node
{
    public int Value { get; set; }

    public int[]? Items;

    public event Action? Rung;

    public void Ring() => Rung?.Invoke();
}

public static class Program
{
    static int evaluated;

    public static void Run(TextWriter output)
    {
        evaluated = 0;
        Node? node = new();
        Node? none = null;
        node?.Value = Next(3);
        output.WriteLine(node!.Value);
        none?.Value = Next(4);
        output.WriteLine(evaluated == 1 ? "not evaluated" : "evaluated");
        node?.Value += 2;
        output.WriteLine(node!.Value);
        node?.Items?[0] = Next(9);
        node!.Items = new int[1];
        node?.Items?[0] = Next(7);
        output.WriteLine("evaluated " + evaluated);
        node?.Rung += () => output.WriteLine("rung");
        none?.Rung += () => output.WriteLine("never");
        node!.Ring();
    }

    static int Next(int value)
    {
        evaluated++;
        return value;
    }
}
