// expect: 5
// expect: 6
// expect: 12 3
// expect: 8
// count: Box.get_Value 5
// count: Box.set_Value 4
// count: Box.get_Shared 2
// count: Box.set_Shared 1
using System.IO;

public sealed class Box
{
    int field;

    public int Value
    {
        get => field;
        set => field = value;
    }

    public int Auto { get; set; } = 3;

    public static int Shared { get; set; }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var box = new Box { Value = 5 };
        output.WriteLine(box.Value);
        box.Value++;                       // one get, one set
        output.WriteLine(box.Value);
        box.Value *= 2;
        output.WriteLine(box.Value + " " + box.Auto);
        Box.Shared = 4;
        output.WriteLine(Box.Shared + Box.Shared);
        box.Value = 1;
    }
}
