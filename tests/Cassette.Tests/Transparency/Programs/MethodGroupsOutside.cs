// expect: 3, 5
// expect: 6, failed, 7
// expect: Square 4
// expect: gone
// expect: 2
// expect: 12
// count: Steps.Said 8
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public static class Steps
{
    public static T Said<T>(T value) => value;
}

public sealed class Last : IObserver<int>
{
    public int Value;

    public void OnNext(int value) => Value = Steps.Said(value);

    public void OnError(Exception error) { }

    public void OnCompleted() { }
}

public class Outer<T>
{
    public sealed class Inner : IObserver<T>, IDisposable
    {
        public List<string> Values { get; } = [];

        void IObserver<T>.OnNext(T value) => Values.Add(Steps.Said(value + ""));

        void IObserver<T>.OnError(Exception error) => Values.Add(Steps.Said("failed"));

        void IObserver<T>.OnCompleted() { }

        public void Dispose() => Values.Add(Steps.Said("gone"));
    }
}

public class Keeper<T>(Action<T> next, Action<Exception> failed)
{
    public void Run(T value, T other)
    {
        next(value);
        failed(new InvalidOperationException());
        next(other);
    }
}

public record Shape(int Size);

public sealed record Square(int Size) : Shape(Size)
{
    public override string ToString() => Steps.Said("Square " + Size);
}

public sealed class Backwards : IComparer<int>
{
    public int Compare(int left, int right) => Steps.Said(right - left);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var last = new Last();
        IObserver<int> observer = last;
        Action<int> next = observer.OnNext;
        next(3);
        int first = last.Value;
        Call(observer.OnNext, 5);
        output.WriteLine(first + ", " + last.Value);

        output.WriteLine(Generic(6, 7));
        object shape = new Square(4);
        Func<string> text = shape.ToString;
        output.WriteLine(text());
        var inner = new Outer<int>.Inner();
        Invoke(((IDisposable)inner).Dispose);
        output.WriteLine(inner.Values.Single());
        IComparer<int> comparer = new Backwards();
        Func<int, int, int> compare = comparer.Compare;
        output.WriteLine(compare(1, 3));
        Func<IEnumerator> of = new List<int> { 12 }.AsEnumerable().GetEnumerator;
        IEnumerator items = of();
        items.MoveNext();
        output.WriteLine(items.Current);
    }

    private static string Generic<T>(T first, T second)
    {
        var inner = new Outer<T>.Inner();
        IObserver<T> observer = inner;
        new Keeper<T>(observer.OnNext, observer.OnError).Run(first, second);
        return string.Join(", ", inner.Values);
    }

    private static void Call(Action<int> next, int value) => next(value);

    private static void Invoke(Action action) => action();
}
