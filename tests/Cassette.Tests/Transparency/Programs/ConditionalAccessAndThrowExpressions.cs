// expect: 3 -1
// expect: set
// expect: none
// expect: caught arg
// expect: a,b
// count: Node.get_Next 4
using System;
using System.IO;

public sealed class Node
{
    public Node? Next { get; set; }

    public string? Name { get; set; }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        string? some = "abc", none = null;
        output.WriteLine((some?.Length ?? -1) + " " + (none?.Length ?? -1));
        var node = new Node { Next = new Node() };
        node.Next?.Name = "set";
        output.WriteLine(node.Next.Name);
        output.WriteLine(node.Next.Next?.Name ?? "none");
        try
        {
            Require(null);
        }
        catch (ArgumentNullException exception)
        {
            output.WriteLine("caught " + exception.ParamName);
        }

        string[]? parts = ["a", "b"];
        output.WriteLine(parts?[0] + "," + parts![^1]);
    }

    static string Require(string? arg) => arg ?? throw new ArgumentNullException(nameof(arg));
}
