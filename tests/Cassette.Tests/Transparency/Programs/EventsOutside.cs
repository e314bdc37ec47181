// expect: changed 1
// expect: changed 2
// expect: changed 2
// expect: none
// expect: static
// expect: static none
// expect: two: 1 0
// expect: property x
// expect: property y
// count: Program.Mark 8
// more: 744 the delegates that carry the context, and the table that finds them again
using System;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.ComponentModel;
using System.IO;

public sealed class Counter
{
    public int Count;

    public void OnChanged(object? sender, NotifyCollectionChangedEventArgs change) => Count += Program.Mark(1);
}

public sealed class Model : INotifyPropertyChanged
{
    public event PropertyChangedEventHandler? PropertyChanged;

    public void Change(string name) => PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(name));
}

public static class Program
{
    static TextWriter? writer;

    public static void Run(TextWriter output)
    {
        writer = output;
        var list = new ObservableCollection<int>();
        list.CollectionChanged += Changed;
        list.Add(1);                                // 1
        list.CollectionChanged += Changed;
        list.Add(2);                                // 3
        list.CollectionChanged -= Changed;
        list.CollectionChanged -= Changed;
        list.Add(3);
        output.WriteLine("none");

        // A static event; its handler is removed by an equal delegate.
        Console.CancelKeyPress += Cancel;
        Console.CancelKeyPress -= Cancel;
        ResolveEventHandler resolve = (_, _) =>
        {
            output.WriteLine(Mark("static"));
            return null;
        };
        AppDomain.CurrentDomain.AssemblyResolve += resolve;
        Type.GetType("A, NoSuchAssembly" + Guid.NewGuid().ToString("N"));   // 4
        AppDomain.CurrentDomain.AssemblyResolve -= resolve;
        Type.GetType("A, NoSuchAssembly" + Guid.NewGuid().ToString("N"));
        output.WriteLine("static none");

        // Handlers with targets: only the equal one goes.
        Counter a = new(), b = new();
        list.CollectionChanged += a.OnChanged;
        list.CollectionChanged += b.OnChanged;
        list.CollectionChanged -= b.OnChanged;
        list.Clear();                               // 5
        list.CollectionChanged -= a.OnChanged;
        list.Add(1);
        output.WriteLine("two: " + a.Count + " " + b.Count);

        // An event that an interface outside declares, of a type of the program and of one outside.
        var model = new Model();
        INotifyPropertyChanged notifier = model;
        notifier.PropertyChanged += PropertyChanged;
        model.Change("x");                          // 6
        model.Change("y");                          // 7
        notifier.PropertyChanged -= PropertyChanged;
        model.Change("z");
        int changes = 0;
        PropertyChangedEventHandler count = (_, _) => changes += Mark(1);
        notifier = list;
        notifier.PropertyChanged += count;
        list[0] = 4;                                // 8
        notifier.PropertyChanged -= count;
        list[0] = 5;
        if (changes != 1)
            output.WriteLine("changes " + changes);
    }

    static void Changed(object? sender, NotifyCollectionChangedEventArgs change) => writer!.WriteLine(Mark("changed ") + change.NewItems![0]);

    static void PropertyChanged(object? sender, PropertyChangedEventArgs change) => writer!.WriteLine(Mark("property ") + change.PropertyName);

    static void Cancel(object? sender, ConsoleCancelEventArgs e)
    {
    }

    public static T Mark<T>(T value) => value;
}
