// expect: 0
// expect: 1001
// expect: 1002
// expect: 3
// expect: True
// expect: False
// expect: True
// expect: False
// expect: 1
// expect: 2
// expect: 3
// expect: 5
// expect: 5
// expect: 0
// expect: 0
// expect: -9
// expect: 992
// expect: 993
// expect: -6
// expect: 2314
// expect: 5
// expect: 67
// expect: 89
// expect: 10
// expect: 122
// expect: abcdefg
// expect: Tree
// expect: Bush
// expect: Boxed
// expect: String
// expect: 2 boxed 2
// expect: 1 boxed 1
// expect: True 2
// expect: 52zb
// expect: 3
// expect: 49
// expect: 50
// expect: 50
// expect: 51
// expect: 49
// count: Program.Mark 59
// count: System.Object.GetHashCode 5
// count: System.IDisposable.Dispose 18
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

// Families rooted outside with few classes in each: objects' classes are compared with these, one by one.
public class Weight(int grams) : IComparable<Weight>, IEquatable<Weight>
{
    public int Grams => grams;

    public virtual int CompareTo(Weight? other) => Program.Mark(grams - other!.Grams);

    public bool Equals(Weight? other) => Program.Mark(other?.Grams == grams);

    public override int GetHashCode() => Program.Mark(grams);
}

public class Heavy(int grams) : Weight(grams)
{
    public override int CompareTo(Weight? other) => Program.Mark(1000) + base.CompareTo(other);
}

public sealed class Heaviest(int grams) : Heavy(grams), IEquatable<Weight>
{
    public new bool Equals(Weight? other) => Program.Mark(other != null);

    public new int GetHashCode() => -1;
}

public class Kept(int grams) : Weight(grams)
{
    public new int CompareTo(Weight? other) => -5;

    public override int GetHashCode() => Program.Mark(base.GetHashCode() + 1);
}

public struct Boxed(int start) : IEnumerator<int>, ICloneable
{
    int at = start;

    public int Current => Program.Mark(at);

    readonly object IEnumerator.Current => "boxed " + at;

    public bool MoveNext() => Program.Mark(--at > 0);

    public void Reset() => at = Program.Mark(3);

    public void Dispose() => Program.Mark("dispose boxed");

    public readonly object Clone() => Program.Mark(new Boxed(at));
}

public class Tree(int value, Tree? left, Tree? right) : IEnumerable<int>, ICloneable
{
    public virtual IEnumerator<int> GetEnumerator() => Program.Mark(new Walker(this));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public virtual Tree Clone() => Program.Mark(new Tree(value, left, right));

    object ICloneable.Clone() => Clone();

    private sealed class Walker : IEnumerator<int>
    {
        readonly Stack<Tree> ahead = new();

        public Walker(Tree root) => Push(root);

        public int Current { get; private set; }

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (!ahead.TryPop(out var tree))
                return Program.Mark(false);
            Current = tree.Value;
            Push(tree.Right);
            return Program.Mark(true);
        }

        public void Reset() => throw new NotSupportedException();

        void IDisposable.Dispose() => Program.Mark("dispose walker");

        void Push(Tree? tree)
        {
            for (; tree != null; tree = tree.Left)
                ahead.Push(tree);
        }
    }

    int Value => value;

    Tree? Left => left;

    Tree? Right => right;
}

public sealed class Bush(int value) : Tree(value, null, null)
{
    public override Bush Clone() => Program.Mark(new Bush(9));
}

public class Pair<T>(T first, T second) : IEnumerable<T>, IProgress<T>
{
    public IEnumerator<T> GetEnumerator() => Program.Mark(((IEnumerable<T>)[first, second]).GetEnumerator());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void IProgress<T>.Report(T value) => first = Program.Mark(value);
}

public sealed class Named : Pair<string>, IComparer<object>
{
    public Named() : base("a", "b")
    {
    }

    public int Compare(object? x, object? y) => Program.Mark(x!.ToString()!.Length - y!.ToString()!.Length);
}

public abstract class Reader : TextReader
{
    public abstract override int Read();
}

public sealed class Ones : Reader, IDisposable
{
    int left = 2;

    public override int Read() => Program.Mark(left-- > 0 ? '1' : -1);

    void IDisposable.Dispose() => Program.Mark("dispose ones");
}

public class Twos : Reader
{
    public override int Read() => Program.Mark((int)'2');

    protected override void Dispose(bool disposing) => Program.Mark("dispose twos " + disposing);
}

public sealed class Threes : Twos;

public static class Program
{
    public static void Run(TextWriter output)
    {
        Weight[] weights = [new Weight(1), new Heavy(2), new Heaviest(3), new Kept(4)];
        foreach (IComparable<Weight> comparable in weights)
            output.WriteLine(comparable.CompareTo(weights[0]));
        foreach (IEquatable<Weight> equatable in weights)
            output.WriteLine(equatable.Equals(weights[0]));
        object[] objects = [.. weights, 5, "", new Boxed(6)];
        foreach (object o in objects)
            output.WriteLine(o is int or Weight ? o.GetHashCode() : 0);
        // A comparable of a base class stands in for one of a derived class.
        foreach (IComparable<Heavy> comparable in weights)
            output.WriteLine(comparable.CompareTo(new Heavy(10)));

        Tree tree = new(1, new Tree(2, null, new Tree(3, null, null)), new Bush(4));
        IEnumerable<int>[] sequences = [tree, new Bush(5), new Pair<int>(6, 7), new[] { 8, 9 }, new List<int> { 10 }, Enumerable.Range(11, 2)];
        foreach (var sequence in sequences)
            output.WriteLine(Sum(sequence));
        output.WriteLine(Join(new Named()) + Join(new Pair<object>("c", 'd')) + Join(new Pair<string>("e", "f")) + Join(["g"]));
        ICloneable[] cloneables = [tree, new Bush(1), new Boxed(2), "text"];
        foreach (var cloneable in cloneables)
            output.WriteLine(cloneable.Clone().GetType().Name);

        IEnumerator<int> boxed = new Boxed(3);
        var same = boxed;
        while (boxed.MoveNext())
            output.WriteLine(boxed.Current + " " + ((IEnumerator)same).Current);
        same.Reset();
        output.WriteLine(boxed.MoveNext() + " " + boxed.Current);
        boxed.Dispose();

        var numbers = new Pair<int>(1, 2);
        Report(numbers, 5);
        IProgress<string> progress = new Named();
        progress.Report("z");
        output.WriteLine(Sum(numbers) + Join((Named)progress));
        IComparer<string> comparer = new Named();
        output.WriteLine(comparer.Compare("long", "s"));

        TextReader[] readers = [new Ones(), new Twos(), new Threes(), new StringReader("3")];
        foreach (var reader in readers)
        {
            output.WriteLine(reader.Read());
            ((IDisposable)reader).Dispose();
        }
        using (var ones = new Ones())
            output.WriteLine(ones.Read());
    }

    static int Sum(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum = 10 * sum + value;
        return sum;
    }

    static string Join(IEnumerable<object> values)
    {
        string all = "";
        foreach (object value in values)
            all += value;
        return all;
    }

    static void Report<T>(IProgress<T> progress, T value) => progress.Report(value);

    public static T Mark<T>(T value) => value;
}
