// expect: a b c
// expect: 3
// expect: 11
// expect: disposed
// expect: 5
// count: Splitter.MoveNext 4
// count: Splitter.get_Current 3
// count: Program.Size 2
using System;
using System.IO;

public ref struct Splitter(ReadOnlySpan<char> rest)
{
    ReadOnlySpan<char> rest = rest;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        if (rest.IsEmpty)
            return false;
        int comma = rest.IndexOf(',');
        Current = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return true;
    }

    public Splitter GetEnumerator() => this;
}

public ref struct Cell(ref int target)
{
    ref int target = ref target;

    public void Set(int value) => target = value;
}

public ref struct Scope(TextWriter output)
{
    public void Dispose() => output.WriteLine("disposed");
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        string text = "";
        foreach (ReadOnlySpan<char> part in new Splitter("a,b,c"))
            text += (text.Length == 0 ? "" : " ") + part.ToString();
        output.WriteLine(text);
        output.WriteLine(Size<ReadOnlySpan<char>>("abc".AsSpan(), static span => span.Length));
        int x = 1;
        new Cell(ref x).Set(11);
        output.WriteLine(x);
        using (new Scope(output))
            x++;
        output.WriteLine(Size(5, static value => value));
    }

    delegate int Measure<T>(T value) where T : allows ref struct;

    static int Size<T>(T value, Measure<T> measure) where T : allows ref struct => measure(value);
}
