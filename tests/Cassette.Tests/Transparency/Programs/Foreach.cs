// expect: 6
// expect: 21
// expect: abc
// expect: 1=one 2=two
// expect: 10
// expect: 3 disposed
// expect: 5
// count: Range.GetEnumerator 1
// count: RangeEnumerator.MoveNext 5
// count: RangeEnumerator.get_Current 4
using System;
using System.Collections.Generic;
using System.IO;

public readonly struct Range(int count)
{
    public RangeEnumerator GetEnumerator() => new(count);
}

public struct RangeEnumerator(int count)
{
    int at;

    public int Current => at;

    public bool MoveNext() => ++at <= count;
}

public sealed class Sequence(TextWriter output) : IEnumerable<int>, IEnumerator<int>
{
    int at;

    public int Current => at;

    object System.Collections.IEnumerator.Current => at;

    public IEnumerator<int> GetEnumerator() => this;

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => this;

    public bool MoveNext() => ++at <= 2;

    public void Reset() => at = 0;

    public void Dispose() => output.WriteLine("disposed");
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        int sum = 0;
        foreach (int x in new[] { 1, 2, 3 })
            sum += x;
        output.WriteLine(sum);
        sum = 0;
        foreach (int x in new int[,] { { 1, 2, 3 }, { 4, 5, 6 } })
            sum += x;
        output.WriteLine(sum);
        string text = "";
        foreach (char c in "abc")
            text += c;
        output.WriteLine(text);
        text = "";
        foreach (var (key, value) in new SortedDictionary<int, string> { [1] = "one", [2] = "two" })
            text += (text.Length == 0 ? "" : " ") + key + "=" + value;
        output.WriteLine(text);
        sum = 0;
        foreach (int x in new Range(4))
            sum += x;
        output.WriteLine(sum);
        sum = 0;
        foreach (int x in new Sequence(new Prefix(output)))
            sum += x;
        sum = 0;
        foreach (ref int x in new Span<int>([1, 2]))
            sum += ++x;
        output.WriteLine(sum);
    }

    sealed class Prefix(TextWriter output) : StringWriter
    {
        public override void WriteLine(string? text) => output.WriteLine("3 " + text);
    }
}
