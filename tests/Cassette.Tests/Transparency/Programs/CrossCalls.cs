// expect: 42
// expect: key=value
// expect: 6
// expect: done 3
// count: Registry.Resolve 3
// count: Handler`1.Handle 2
using System;
using System.Collections.Generic;
using System.IO;

public abstract class Handler<T>
{
    public virtual T Handle(T value) => value;
}

public sealed class Doubler : Handler<int>
{
    public override int Handle(int value) => base.Handle(value) * 2;
}

public sealed class Registry
{
    readonly Dictionary<Type, object> items = [];

    public Registry Register<T>(T item) where T : notnull
    {
        items[typeof(T)] = item;
        return this;
    }

    public T Resolve<T>() where T : notnull => (T)items[typeof(T)];
}

public readonly struct Option<T>(T value)
{
    readonly bool some = true;
    readonly T value = value;

    public TResult Match<TResult>(Func<T, TResult> onSome, Func<TResult> onNone) => some ? onSome(value) : onNone();

    public Option<U> Map<U>(Func<T, U> f) => some ? new Option<U>(f(value)) : default;
}

public readonly record struct Entry2(string Key, string Value);

public static class Program
{
    public static void Run(TextWriter output)
    {
        Registry registry = new Registry().Register(new Doubler()).Register("value").Register(new Entry2("key", "value"));
        output.WriteLine(registry.Resolve<Doubler>().Handle(21));
        output.WriteLine(registry.Resolve<Entry2>().Key + "=" + registry.Resolve<string>());
        // A struct with two fields through generic delegates of two and of one parameter.
        output.WriteLine(new Option<Entry2>(new Entry2("abc", "def")).Map(entry => entry.Key.Length + entry.Value.Length).Match(x => x, () => -1));
        var queue = new Queue<Func<int>>();
        for (int i = 0; i < 3; i++)
        {
            int own = i;
            queue.Enqueue(() => own);
        }

        int sum = 0;
        while (queue.Count > 0)
            sum += queue.Dequeue()();
        output.WriteLine("done " + sum);
    }
}
