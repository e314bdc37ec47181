// expect: -1 1
// expect: 1 0
// expect: disposed a
// expect: disposed c
// expect: disposed b
// expect: 0 1 2
// expect: 10 11
// expect: 3
// expect: True 4
// expect: 1
// expect: a b
// expect: explicit
// expect: derived 2
// count: Program.Mark 35
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;

public sealed class Weight(int grams) : IComparable<Weight>, IComparable
{
    public int CompareTo(Weight? other) => Program.Mark(grams.CompareTo(other!.Grams));

    int IComparable.CompareTo(object? other) => Program.Mark(CompareTo((Weight)other!));

    public int Grams => grams;
}

public struct Height(int metres) : IComparable<Height>, IEquatable<Height>
{
    public int CompareTo(Height other) => Program.Mark(metres.CompareTo(other.Metres));

    public readonly int Metres => metres;

    public readonly bool Equals(Height other) => Program.Mark(other.Metres == Metres);
}

public class Resource(string name, TextWriter output) : IDisposable
{
    public void Dispose() => output.WriteLine(Program.Mark("disposed " + name));
}

public struct Scope(TextWriter output) : IDisposable
{
    public readonly void Dispose() => output.WriteLine(Program.Mark("disposed c"));
}

public sealed class Numbers(int count) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => new Walker(Program.Mark(count));

    IEnumerator IEnumerable.GetEnumerator() => Program.Mark(GetEnumerator());

    sealed class Walker(int count) : IEnumerator<int>
    {
        int at = -1;

        public int Current => Program.Mark(at);

        object IEnumerator.Current => Current;

        public bool MoveNext() => Program.Mark(++at < count);

        public void Reset() => at = -1;

        public void Dispose() => Program.Mark(0);
    }
}

public sealed class Pairs : IReadOnlyList<int>
{
    public int this[int index] => Program.Mark(index + 10);

    public int Count => Program.Mark(2);

    public IEnumerator<int> GetEnumerator() => throw new NotSupportedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class Modulo : IEqualityComparer<int>
{
    public bool Equals(int x, int y) => Program.Mark(x % 10 == y % 10);

    public int GetHashCode(int x) => Program.Mark(x % 10);
}

public sealed class ByLength : Comparer<string>
{
    public override int Compare(string? x, string? y) => Program.Mark(x!.Length - y!.Length);
}

public sealed class Words : IEnumerable<string>
{
    public IEnumerator<string> GetEnumerator() => Program.Mark(((IEnumerable<string>)["a", "b"]).GetEnumerator());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public sealed class Formatted : IFormattable
{
    string IFormattable.ToString(string? format, IFormatProvider? provider) => Program.Mark("explicit");
}

public class Base : ICloneable
{
    public virtual object Clone() => Program.Mark(1);
}

public sealed class Derived : Base
{
    public override object Clone() => Program.Mark("derived ") + Program.Mark(2);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        IComparable<Weight> light = new Weight(1);
        IComparable heavy = new Weight(2);
        output.WriteLine(light.CompareTo(new Weight(2)) + " " + heavy.CompareTo(new Weight(1)));        // 1 + 2
        output.WriteLine(Max(new Height(1), new Height(0)) + " " + (Same(new Height(1), new Height(2)) ? 1 : 0)); // 5
        using (IDisposable a = new Resource("a", output))                                               // 6
        {
        }

        using (new Resource("b", output))                                                               // 8
        using (new Scope(output))                                                                       // 7
            output.Write("");
        IEnumerable<int> numbers = new Numbers(3);
        output.WriteLine(Join(numbers));                            // 1 + 4 MoveNext + 3 Current + Dispose: 17
        IReadOnlyList<int> pairs = new Pairs();
        for (int i = 0; i < pairs.Count; i++)                       // 3 Count, 2 items: 22
            output.Write((i > 0 ? " " : "") + pairs[i]);
        output.WriteLine();
        IEqualityComparer<int> modulo = new Modulo();
        output.WriteLine(modulo.GetHashCode(13));                                                       // 23
        output.WriteLine(modulo.Equals(14, 4) + " " + modulo.GetHashCode(4));                           // 25
        IComparer<string> byLength = new ByLength();
        output.WriteLine(byLength.Compare("ab", "c"));                                                  // 26
        // Seen as what it is no exact instance of.
        IEnumerable<object> words = new Words();
        output.WriteLine(Join(words));                                                                  // 27
        IFormattable formatted = new Formatted();
        output.WriteLine(formatted.ToString(null, null));                                               // 28
        ICloneable cloneable = new Derived();
        output.WriteLine(cloneable.Clone());                                                            // 30
        foreach (int x in (IEnumerable)numbers)                     // 1 + 1 + 4 MoveNext + 3 Current ... as below
            break;
    }

    static int Max<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b);                             // 4

    static bool Same<T>(T a, T b) where T : IEquatable<T> => a.Equals(b);

    static string Join<T>(IEnumerable<T> values)
    {
        string text = "";
        foreach (T value in values)
            text += (text == "" ? "" : " ") + value;
        return text;
    }

    public static T Mark<T>(T value) => value;
}
