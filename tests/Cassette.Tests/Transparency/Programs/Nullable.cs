// expect: 5 none
// expect: 7
// expect: True False
// expect: null 3
// expect: 4
// expect: 0
// expect: boxed 6 null
// expect: text? -
// expect: set once
// count: Program.Show 2
// count: Node..ctor 1
// count: System.Int32.ToString 1
using System.IO;

public sealed class Node
{
    public Node? Next;
    public string? Name;
    public int Length => Name?.Length ?? 0;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Show(5) + " " + Show(null));
        int? a = 3, b = 4, none = null;
        output.WriteLine(a + b);
        output.WriteLine((a < b) + " " + (a < none));
        output.WriteLine(((a + none)?.ToString() ?? "null") + " " + (none ?? a));
        output.WriteLine(b!.Value);
        output.WriteLine(none.GetValueOrDefault());
        object? boxed = (int?)6, empty = none;
        output.WriteLine("boxed " + boxed + " " + (empty ?? "null"));
        var node = new Node { Name = "text?" };
        output.WriteLine(node.Name + " " + (node.Next?.Next?.Name ?? "-"));
        string? late = null;
        late ??= "set once";
        late ??= "set twice";
        node.Next?.Name = "never";
        output.WriteLine(late);
    }

    static string Show(int? x) => x is { } value ? value.ToString() : "none";
}
