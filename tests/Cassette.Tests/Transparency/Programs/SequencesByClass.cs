// expect: 6 10 0 6 False True False -1 12 6 4 18 -1.-2.-3.
// expect: 1;2;3;9 6 186 31
// expect: 6 0 0 6 False True False -1 12 6 4 18 3.2.1.
// expect: 3;2;1;9 6 436 0
// expect: 3 10 0 3 False True False -1 6 3 4 9 2.1.
// expect: 2;1;5 3 31 14
// expect: 9 0 0 9 False True False -1 18 9 9 27 4.5.
// expect: 4;5;11 9 205 0
// expect: 6 0 0 6 False True False -1 12 6 6 18 6.
// expect: 6;7 6 30 0
// expect: 6 10 0 6 False True False -1 12 6 4 18 1.2.3.
// expect: 1;2;3;9 6 186 31
// expect: 15 0 0 15 False True False -1 30 15 15 45 7.8.
// expect: 7;8;17 15 355 0
// expect: 0 31 1
// expect: 0321 abc x 5;4;
// expect: p,q,r;s,t;
// expect: a.b.c.d.e.1.3.1.f.g.
// expect: 6 4 5
// expect: s1s11 2 1,2
// expect: 447
// count: Program.Mark 447
// count: Program.Sum 14
// count: Program.Watch 2
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

// Sequences of the program's own behind interfaces of the framework's: what reads their enumerators may be there once more for each class of these.
public class Numbers(int count) : IEnumerable<int>
{
    public virtual IEnumerator<int> GetEnumerator() => new Walker(Program.Mark(count));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected sealed class Walker(int count) : IEnumerator<int>
    {
        int at;

        public int Current => Program.Mark(at);

        object IEnumerator.Current => -Program.Mark(at);

        public bool MoveNext() => Program.Mark(++at) <= count;

        public void Reset() => at = 0;

        public void Dispose() => Program.Mark(100);
    }
}

public class Backwards(int count) : Numbers(count)
{
    readonly int count = count;

    public override IEnumerator<int> GetEnumerator()
    {
        for (int i = count; i > 0; i--)
            yield return Program.Mark(i);
    }
}

public sealed class Further(int count) : Backwards(count);

public sealed class Either(bool isEmpty) : IEnumerable<long>
{
    public IEnumerator<long> GetEnumerator() => isEmpty ? new Nothing() : new Pair(5);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class Nothing : IEnumerator<long>
    {
        public long Current => throw new InvalidOperationException();

        object IEnumerator.Current => Current;

        public bool MoveNext() => Program.Mark(0) != 0;

        public void Reset() => throw new NotSupportedException();

        public void Dispose() => Program.Mark(200);
    }

    struct Pair(int left) : IEnumerator<long>
    {
        public long Current => Program.Mark(left);

        object IEnumerator.Current => Current;

        public bool MoveNext() => Program.Mark(left -= 2) > 0;

        public void Reset() => throw new NotSupportedException();

        public void Dispose() => Program.Mark(300);
    }
}

public readonly struct Digits(int number) : IEnumerable<char>
{
    public Walker GetEnumerator() => new(number);

    IEnumerator<char> IEnumerable<char>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Walker(int number) : IEnumerator<char>
    {
        int rest = number;

        public char Current { get; private set; }

        object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (Program.Mark(rest) == 0)
                return false;
            Current = (char)('0' + rest % 10);
            rest /= 10;
            return true;
        }

        public void Reset() => rest = number;

        public void Dispose() => Program.Mark(rest);
    }
}

public class Bag<T>(params T[] items) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator() => new Taker(items);

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    sealed class Taker(T[] items) : IEnumerator<T>
    {
        int at = -1;

        public T Current => items[at];

        object? IEnumerator.Current => Current;

        public bool MoveNext() => Program.Mark(++at) < items.Length;

        public void Reset() => at = -1;

        public void Dispose() => Program.Mark(400);
    }
}

public sealed class Words(string text) : IEnumerable
{
    public IEnumerator GetEnumerator() => text.Length > 2 ? new Open(text) : new Closed(text);

    sealed class Open(string text) : IEnumerator
    {
        int at = -1;

        public object Current => text[at];

        public bool MoveNext() => Program.Mark(++at) < text.Length;

        public void Reset() => at = -1;
    }

    sealed class Closed(string text) : IEnumerator, IDisposable
    {
        int at = -1;

        public object Current => text[at];

        public bool MoveNext() => Program.Mark(++at) < text.Length;

        public void Reset() => at = -1;

        public void Dispose() => Program.Mark(500);
    }
}

public sealed class Itself(int count) : IEnumerable<short>, IEnumerator<short>
{
    short at;

    public short Current => at;

    object IEnumerator.Current => at;

    public IEnumerator<short> GetEnumerator() => this;

    IEnumerator IEnumerable.GetEnumerator() => this;

    public bool MoveNext() => Program.Mark(++at) <= count;

    public void Reset() => at = 0;

    public void Dispose() => at = 0;
}

public sealed class Source(int first) : IObservable<int>
{
    public IDisposable Subscribe(IObserver<int> observer)
    {
        observer.OnNext(Program.Mark(first));
        return new Subscription(first);
    }

    sealed class Subscription(int first) : IDisposable
    {
        public void Dispose() => Program.Mark(first * 10);

        public override string ToString() => "s" + Program.Mark(first);
    }
}

public sealed class Sink(List<int> seen) : IObserver<int>
{
    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void OnNext(int value) => seen.Add(Program.Mark(value));
}

public static class Program
{
    static int marks;

    public static int Mark(int x)
    {
        marks++;
        return x;
    }

    static int Sum(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int x in values)
            sum += x;
        return sum;
    }

    static int Leaving(IEnumerable<int> values, int until)
    {
        int sum = 0;
        foreach (int x in values)
        {
            if (x == 2)
                continue;
            if (x == until)
                break;
            if (x > until)
                return -sum;
            sum += x * 10;
        }
        return sum;
    }

    static int Crossing(IEnumerable<int> rows, IEnumerable<int> columns)
    {
        int sum = 0;
        foreach (int row in rows)
        {
            foreach (int column in columns)
            {
                if (column > row)
                    break;
                sum = sum * 3 + row * column;
            }
        }
        return sum;
    }

    static long Total(IEnumerable<long> values)
    {
        long sum = 0;
        foreach (long x in values)
            sum = sum * 10 + x;
        return sum;
    }

    static string Text(IEnumerable<char> letters)
    {
        string text = "";
        foreach (char letter in letters)
            text += letter;
        return text;
    }

    static string All<T>(IEnumerable<T> items)
    {
        string text = "";
        foreach (T item in items)
            text += item + ";";
        return text;
    }

    static string Strings(IEnumerable<string> items)
    {
        string text = "";
        foreach (string item in items)
            text += item + ",";
        return text;
    }

    static string Untyped(IEnumerable items)
    {
        string text = "";
        foreach (object item in items)
            text += item + ".";
        return text;
    }

    static int Shorts(IEnumerable<short> values)
    {
        int sum = 0;
        foreach (short x in values)
            sum += x;
        return sum;
    }

    static string ByHand(IEnumerable<int> values)
    {
        IEnumerator<int> e = values.GetEnumerator();
        int sum = 0;
        while (e.MoveNext())
            sum += e.Current;
        string after = e.MoveNext() + " " + (e is IDisposable) + " " + ReferenceEquals(e, values);
        return sum + " " + after + " " + Rest(e);
    }

    static int Rest(IEnumerator<int> e) => e.MoveNext() ? e.Current : -1;

    static int Twice(IEnumerable<int> values)
    {
        int sum = 0;
        IEnumerator<int> e = values.GetEnumerator();
        for (int i = 0; i < 2; i++)
        {
            while (e.MoveNext())
                sum += e.Current;
            e = values.GetEnumerator();
        }
        return sum;
    }

    static int Captured(IEnumerable<int> values)
    {
        using IEnumerator<int> e = values.GetEnumerator();
        Func<int> next = () => e.MoveNext() ? e.Current : 0;
        int sum = 0;
        while (next() is > 0 and var x)
            sum += x;
        return sum;
    }

    static int Referred(IEnumerable<int> values)
    {
        IEnumerator<int> e = values.GetEnumerator();
        int sum = 0;
        while (e.MoveNext())
        {
            sum += e.Current;
            if (sum == 3)
                Swap(ref e, new Numbers(1));
        }
        return sum;
    }

    static void Swap(ref IEnumerator<int> e, IEnumerable<int> other) => e = other.GetEnumerator();

    static int WithLambda(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int x in values)
            sum += new[] { 1, 2 }.Sum(y => y * x);
        return sum;
    }

    static string Watch(IObservable<int> source, List<int> seen, int turns)
    {
        string text = "";
        using (IDisposable subscription = source.Subscribe(new Sink(seen)))
        {
            for (int i = 0; i < turns; i++)
                text += subscription;
        }
        return text + seen.Count;
    }

    static IEnumerable<int> Yielding(IEnumerable<int> values)
    {
        foreach (int x in values)
            yield return x + 1;
    }

    static async Task<int> Later(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int x in values)
        {
            await Task.CompletedTask;
            sum += x;
        }
        return sum;
    }

    public static void Run(TextWriter output)
    {
        marks = 0;
        IEnumerable<int>[] sequences = [new Numbers(3), new Backwards(3), new Further(2), new List<int> { 4, 5 }, new[] { 6 }, Enumerable.Range(1, 3), new Bag<int>(7, 8)];
        foreach (IEnumerable<int> values in sequences)
        {
            output.WriteLine(Sum(values) + " " + Leaving(values, 3) + " " + Leaving(values, 1) + " " + ByHand(values) + " " + Twice(values) + " " + Captured(values)
                + " " + Referred(values) + " " + WithLambda(values) + " " + Untyped(values));
            output.WriteLine(All(values) + Sum(Yielding(values)) + " " + Later(values).Result + " " + Crossing(values, new Numbers(2)) + " " + Crossing(new Backwards(2), values));
        }
        output.WriteLine(Total(new Either(true)) + " " + Total(new Either(false)) + " " + Total(new long[] { 1 }));
        output.WriteLine(Text(new Digits(1230)) + " " + Text("abc") + " " + Text(new Bag<char>('x')) + " " + All(new Digits(45)));
        output.WriteLine(Strings(new Bag<string>("p", "q")) + All(new Bag<string>("r")) + Strings(["s"]) + All(new Bag<object>("t")));
        output.WriteLine(Untyped(new Words("abc")) + Untyped(new Words("de")) + Untyped(new Bag<int>(1)) + Untyped(new Either(false)) + Untyped("fg"));
        output.WriteLine(Shorts(new Itself(3)) + " " + Shorts(new Bag<short>(4)) + " " + Shorts(new List<short> { 5 }));
        var seen = new List<int>();
        output.WriteLine(Watch(new Source(1), seen, 2) + " " + Watch(new Source(2), seen, 0) + " " + string.Join(",", seen));
        output.WriteLine(marks);
    }
}
