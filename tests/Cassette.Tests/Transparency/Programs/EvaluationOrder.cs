// expect: a b c = 6
// expect: target index value
// expect: left right
// expect: short
// expect: receiver argument call
// expect: i0 i1 7
// expect: named second first
// count: Program.Note 16
using System;
using System.IO;

public sealed class Box
{
    public int[] Cells = new int[3];

    public Box Touch(int x)
    {
        Program.Note("call", 0);
        return this;
    }
}

public static class Program
{
    static string trace = "";
    static readonly Box TheBox = new();

    public static void Run(TextWriter output)
    {
        int sum = Add(Note("a", 1), Note("b", 2), Note("c", 3));
        output.WriteLine(Flush() + " = " + sum);
        Get("target").Cells[Note("index", 1)] = Note("value", 5);
        output.WriteLine(Flush());
        _ = Note("left", 1) + Note("right", 2) * 3;
        output.WriteLine(Flush());
        _ = Note("short", 0) == 1 && Note("never", 1) == 1;
        output.WriteLine(Flush());
        Get("receiver").Touch(Note("argument", 1));
        output.WriteLine(Flush());
        int i = 0;
        int[] numbers = new int[3];
        numbers[Note("i0", i++)] = Note("i1", i++) + 6;
        output.WriteLine(Flush() + " " + numbers[0]);
        Named(second: Note("second", 2), first: Note("first", 1));
        output.WriteLine("named " + Flush());
    }

    public static int Note(string name, int value)
    {
        trace += (trace.Length == 0 ? "" : " ") + name;
        return value;
    }

    static Box Get(string name)
    {
        Note(name, 0);
        return TheBox;
    }

    static string Flush()
    {
        string text = trace;
        trace = "";
        return text;
    }

    static int Add(int x, int y, int z) => x + y + z;

    static void Named(int first, int second)
    {
    }
}
