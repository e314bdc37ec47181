// A simulation driven by events: a priority queue of the framework with a comparer of the program, events and delegates, observers, a class
// derived from a framework collection, weak references and finalisers, a stream and a text writer of its own, properties that notify, pooled
// buffers, static state that is initialised on first use.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;

public static class Program
{
    public static void Run(TextWriter output)
    {
        var counting = new CountingWriter();
        var simulation = new Simulation(counting);
        simulation.Happened += (_, what) => output.WriteLine($"{what.Time}: {what}");
        simulation.Happened += simulation.Statistics.Note;
        var station = new Station("north", capacity: 2);
        station.PropertyChanged += (sender, change) => counting.WriteLine($"{sender} {change.PropertyName}");
        using IDisposable watching = station.Subscribe(new Watcher(output));
        for (int i = 0; i < 5; i++)
        {
            var passenger = new Passenger("p" + i);
            simulation.Schedule(i * 2 % 5, new Arrival(passenger, station));
            simulation.Schedule(i + 6, new Departure(passenger, station));
        }

        simulation.Run();
        output.WriteLine(simulation.Statistics);
        output.WriteLine(counting.Lines + " lines, " + station.Waiting.Added + " added");
        output.WriteLine(Registry.Describe("Arrival"));
        output.WriteLine(Drop(output));
        output.WriteLine(Checksum("some text to sum up"));
    }

    private static string Drop(TextWriter output)
    {
        Make();
        for (int i = 0; i < 10 && Resource.Finalised == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Resource.Finalised > 0 ? "finalised" : "never";

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Make() => new Resource().Touch();
    }

    private static int Checksum(string text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64);
        try
        {
            using var stream = new SummingStream();
            using (var writer = new StreamWriter(stream, new UTF8Encoding(false), 16, leaveOpen: true))
                writer.Write(text);
            stream.Write(buffer, 0, 0);
            return stream.Sum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

public abstract class Happening : EventArgs
{
    public int Time { get; set; }

    public abstract void Take(Simulation simulation);
}

public sealed class Arrival(Passenger passenger, Station station) : Happening
{
    public override void Take(Simulation simulation)
    {
        if (!station.Enter(passenger))
            simulation.Schedule(Time + 1, new Arrival(passenger, station));
    }

    public override string ToString() => $"{passenger} arrives at {station}";
}

public sealed class Departure(Passenger passenger, Station station) : Happening
{
    public override void Take(Simulation simulation) => station.Leave(passenger);

    public override string ToString() => $"{passenger} leaves {station}";
}

public readonly record struct Due(int Time, int Order);

public sealed class Sooner : IComparer<Due>
{
    public int Compare(Due x, Due y) => x.Time != y.Time ? x.Time - y.Time : x.Order - y.Order;
}

public sealed class Simulation(TextWriter log)
{
    private readonly PriorityQueue<Happening, Due> queue = new(new Sooner());
    private int order;

    public event EventHandler<Happening>? Happened;

    public Statistics Statistics { get; } = new();

    public void Schedule(int time, Happening happening)
    {
        happening.Time = time;
        queue.Enqueue(happening, new Due(time, order++));
    }

    public void Run()
    {
        while (queue.TryDequeue(out Happening? happening, out Due due) && due.Time < 30)
        {
            happening.Take(this);
            log.WriteLine(happening);
            Happened?.Invoke(this, happening);
        }
    }
}

public sealed class Statistics
{
    private readonly SortedDictionary<string, int> counts = new(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));

    public void Note(object? sender, Happening happening)
    {
        string name = happening.GetType().Name;
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    public override string ToString() => string.Join(", ", counts.Select(pair => pair.Key + " " + pair.Value));
}

public sealed class Passenger(string name)
{
    public override string ToString() => name;

    public override bool Equals(object? obj) => obj is Passenger other && other.ToString() == name;

    public override int GetHashCode() => name.Length;
}

public sealed class Queue : Collection<Passenger>
{
    public int Added { get; private set; }

    protected override void InsertItem(int index, Passenger item)
    {
        Added++;
        base.InsertItem(index, item);
    }
}

public sealed class Station(string name, int capacity) : INotifyPropertyChanged, IObservable<int>
{
    private readonly List<IObserver<int>> observers = [];

    public event PropertyChangedEventHandler? PropertyChanged;

    public Queue Waiting { get; } = [];

    public bool Enter(Passenger passenger)
    {
        if (Waiting.Count == capacity || Waiting.Contains(passenger))
            return false;
        Waiting.Add(passenger);
        Changed();
        return true;
    }

    public void Leave(Passenger passenger)
    {
        if (Waiting.Remove(passenger))
            Changed();
    }

    public IDisposable Subscribe(IObserver<int> observer)
    {
        observers.Add(observer);
        return new Subscription(() => observers.Remove(observer));
    }

    public override string ToString() => name;

    private void Changed()
    {
        PropertyChanged?.Invoke(this, new PropertyChangedEventArgs(nameof(Waiting)));
        observers.ForEach(observer => observer.OnNext(Waiting.Count));
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}

public sealed class Watcher(TextWriter output) : IObserver<int>
{
    public void OnNext(int value) => output.WriteLine("waiting: " + value);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => throw error;
}

public static class Registry
{
    private static readonly Dictionary<string, string> Known = Load();

    public static string Describe(string name) => Known.TryGetValue(name, out string? text) ? text : "unknown";

    private static Dictionary<string, string> Load() => new() { ["Arrival"] = Article("arrival") };

    private static string Article(string noun) => "an " + noun;
}

public sealed class Resource
{
    private static int finalised;

    public static int Finalised => Volatile.Read(ref finalised);

    public void Touch() => GC.KeepAlive(this);

    ~Resource() => Count();

    private static void Count() => Interlocked.Increment(ref finalised);
}

public sealed class CountingWriter : TextWriter
{
    public int Lines { get; private set; }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n')
            Lines++;
    }
}

public sealed class SummingStream : Stream
{
    public int Sum { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        foreach (byte value in buffer.AsSpan(offset, count))
            Sum = Add(Sum, value);
    }

    private static int Add(int sum, byte value) => sum * 31 % 65521 + value;
}
