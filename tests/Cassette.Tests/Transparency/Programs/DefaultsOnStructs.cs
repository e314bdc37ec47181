// expect: 3 3 True
// expect: 1 3
// expect: Double77
// expect: 9
// expect: 6
// expect: 3
// expect: 1 0
// expect: using
// expect: 6
// expect: x
// expect: y
// expect: showndrawnshowndrawn
// expect: 4
// count: Program.Mark 37
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public interface ICounter
{
    int N { get; }

    ICounter Me => this;

    void Inc();

    void Twice()
    {
        Inc();
        Program.Mark(1);
        Inc();
    }
}

public interface IAdder<in T> : ICounter
{
    int Add(T _)
    {
        Twice();
        Inc();
        return Program.Mark(N);
    }

    string Named<U>(T item, U other) => Program.Mark(typeof(U).Name) + Add(item);
}

public struct Plain : ICounter
{
    private int n;

    public readonly int N => n;

    public void Inc() => n++;
}

public struct Adder<T> : IAdder<T>
{
    private int n;

    public readonly int N => n;

    public void Inc() => n++;
}

public interface ICleaned : IDisposable
{
    int N { get; }

    void Inc();

    void IDisposable.Dispose()
    {
        Program.Mark(2);
        Inc();
    }
}

public struct Resource : ICleaned
{
    private int n;

    public readonly int N => n;

    public void Inc() => n += Program.Mark(1);
}

public interface ISequence<T> : IEnumerable<T>
{
    T[] Items { get; }

    IEnumerator<T> IEnumerable<T>.GetEnumerator()
    {
        foreach (T item in Items)
            yield return Program.Mark(item);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public readonly struct Sequence<T>(T[] items) : ISequence<T>
{
    public T[] Items => items;
}

public interface INamed
{
    string Name() => Program.Mark("named");
}

public interface IShown : INamed
{
    string INamed.Name() => Program.Mark("shown");
}

public interface IDrawn : IShown
{
    string INamed.Name() => Program.Mark("drawn");
}

public struct Shown : IShown;

public struct Drawn : IShown, IDrawn;

public sealed class Host<T>
{
    private interface IHidden
    {
        int Put(T item)
        {
            Take(item);
            return Count();
        }

        void Take(T item);

        int Count();
    }

    private struct Hidden : IHidden
    {
        private int n;

        public void Take(T item) => n++;

        public readonly int Count() => Program.Mark(n);
    }

    public static int Go(T item)
    {
        IHidden hidden = new Hidden();
        hidden.Put(item);
        return hidden.Put(item);
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        // What runs on the box changes the box, whoever has it.
        ICounter counter = new Plain();
        counter.Twice();
        ICounter me = counter.Me;
        me.Inc();
        output.WriteLine($"{counter.N} {me.N} {ReferenceEquals(counter, me)}");

        // A call on a type parameter boxes a copy.
        var plain = new Plain();
        output.WriteLine(ByReference(ref plain) + " " + Boxed(plain));

        IAdder<string> adder = new Adder<string>();
        adder.Add("a");
        adder.Inc();
        output.WriteLine(adder.Named("b", 1.0) + adder.Me.N);
        Action twice = adder.Twice;
        twice();
        output.WriteLine(adder.N);
        IAdder<string> variant = new Adder<object>();
        output.WriteLine(variant.Add("c") + variant.N);

        ICleaned cleaned = new Resource();
        using (cleaned)
            cleaned.Dispose();
        ((IDisposable)cleaned).Dispose();
        output.WriteLine(cleaned.N);
        var resource = new Resource();
        output.WriteLine(Cleaned(resource) + " " + resource.N);
        using (new Resource())
            output.WriteLine("using");

        output.WriteLine(Sum(new Sequence<int>([1, 2, 3])));
        foreach (string item in (ISequence<string>)new Sequence<string>(["x", "y"]))
            output.WriteLine(item);

        output.WriteLine(Name(new Shown()) + Name(new Drawn()) + ((INamed)new Shown()).Name() + ((IShown)new Drawn()).Name());
        output.WriteLine(Host<string>.Go("x") + Host<DayOfWeek>.Go(DayOfWeek.Friday));
    }

    static int ByReference<T>(ref T counter)
        where T : ICounter
    {
        counter.Twice();
        counter.Inc();
        return counter.N;
    }

    static int Boxed<T>(T counter)
        where T : ICounter
    {
        ICounter boxed = counter;
        boxed.Twice();
        return boxed.N;
    }

    static int Cleaned<T>(T resource)
        where T : struct, ICleaned
    {
        resource.Inc();
        using (resource)
            resource.Dispose();
        return resource.N;
    }

    static int Sum<T>(T items)
        where T : IEnumerable<int>
    {
        int sum = 0;
        foreach (int item in items)
            sum += item;
        return sum;
    }

    static string Name<T>(T named)
        where T : INamed => named.Name();

    public static T Mark<T>(T x) => x;
}
