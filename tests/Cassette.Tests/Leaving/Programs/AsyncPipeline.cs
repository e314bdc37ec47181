// A pipeline of asynchronous stages: channels, async iterators, cancellation, retries over a failing source, a custom awaitable, timers and
// continuations, a semaphore, and an async-disposable stage.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

public static class Program
{
    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        await using (var log = new Log(output))
        {
            var source = new Source(failures: 2);
            var channel = Channel.CreateBounded<Item>(2);
            Task reading = Read(source, channel.Writer, log);
            var totals = new Dictionary<Topic, int>();
            await foreach (Item item in Transform(channel.Reader))
                totals[item.Topic] = totals.GetValueOrDefault(item.Topic) + item.Weight;
            await reading;
            foreach ((Topic topic, int total) in totals.OrderBy(pair => pair.Key))
                log.Add($"{topic}: {total}");
        }

        output.WriteLine(await Cancelled());
        output.WriteLine(await Fan());
        output.WriteLine(await Raced());
        output.WriteLine(await Throttled(6));
        output.WriteLine(await new Ready(5) + await new Later(6));
        try
        {
            await Task.WhenAll(Fails("a", 0), Fails("b", 1));
        }
        catch (PipelineException error)
        {
            output.WriteLine(error.Message);
        }

        var completion = new TaskCompletionSource<int>();
        using (new Timer(state => ((TaskCompletionSource<int>)state!).TrySetResult(Doubled(4)), completion, 1, Timeout.Infinite))
            output.WriteLine(await completion.Task);
        output.WriteLine(await Task.Run(() => Doubled(5)).ContinueWith(task => Doubled(task.Result), TaskScheduler.Default));
        output.WriteLine(await new ValueTask<int>(7) + await Immediately(1));
    }

    private static async Task Read(Source source, ChannelWriter<Item> writer, Log log)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                foreach (Item item in source.Items().Skip(source.Taken))
                {
                    await writer.WriteAsync(item);
                    source.Taken++;
                }

                writer.Complete();
                return;
            }
            catch (PipelineException error) when (attempt < 5)
            {
                log.Add($"{error.Message}, attempt {attempt}");
                await Task.Delay(1);
            }
        }
    }

    private static async IAsyncEnumerable<Item> Transform(ChannelReader<Item> reader, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (Item item in reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (item.Weight > 1)
                yield return await Heavier(item);
        }
    }

    private static async ValueTask<Item> Heavier(Item item)
    {
        await Task.Yield();
        return item with { Weight = Doubled(item.Weight) };
    }

    private static int Doubled(int x) => 2 * x;

    private static ValueTask<int> Immediately(int x) => new(Doubled(x));

    private static async Task<string> Cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using CancellationTokenRegistration registration = cancellation.Token.Register(() => Doubled(1));
        Task waiting = Wait(cancellation.Token);
        cancellation.CancelAfter(1);
        try
        {
            await waiting;
            return "not cancelled";
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }

        static async Task Wait(CancellationToken token)
        {
            while (true)
                await Task.Delay(1, token);
        }
    }

    private static async Task<int> Fan() => (await Task.WhenAll(Enumerable.Range(1, 5).Select(async i =>
    {
        await Task.Yield();
        return Doubled(i);
    }))).Sum();

    private static async Task<int> Raced()
    {
        Task<int> first = await Task.WhenAny(Slow(), Task.FromResult(3));
        return await first;

        static async Task<int> Slow()
        {
            await Task.Delay(50);
            return 0;
        }
    }

    private static async Task<int> Throttled(int count)
    {
        using var gate = new SemaphoreSlim(2);
        int running = 0, most = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), async (i, token) =>
        {
            await gate.WaitAsync(token);
            try
            {
                int now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                await Task.Yield();
            }
            finally
            {
                Interlocked.Decrement(ref running);
                gate.Release();
            }
        });
        return most <= 2 ? count : -1;
    }

    private static async Task Fails(string name, int delay)
    {
        await Task.Delay(delay);
        throw new PipelineException(name);
    }
}

public sealed class PipelineException(string stage) : Exception
{
    public override string Message => $"stage {stage} failed";
}

public readonly record struct Topic(string Name) : IComparable<Topic>
{
    public int CompareTo(Topic other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => "#" + Name;
}

public sealed record Item(Topic Topic, int Weight);

public sealed class Source(int failures)
{
    private int left = failures;

    public int Taken { get; set; }

    public IEnumerable<Item> Items()
    {
        for (int i = 0; i < 12; i++)
        {
            if (i == 5 && left-- > 0)
                throw new PipelineException("source");
            yield return new Item(new Topic(i % 3 == 0 ? "fizz" : "other"), i % 4);
        }
    }
}

public sealed class Log(TextWriter output) : IAsyncDisposable
{
    private readonly List<string> lines = [];

    public void Add(string line) => lines.Add(line);

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        foreach (string line in lines)
            output.WriteLine(line);
    }
}

/// <summary>An awaitable that is its own awaiter and is ready at once.</summary>
public readonly struct Ready(int result) : INotifyCompletion
{
    public Ready GetAwaiter() => this;

    public bool IsCompleted => true;

    public int GetResult() => result;

    public void OnCompleted(Action continuation) => continuation();
}

/// <summary>An awaitable whose awaiter resumes on the pool.</summary>
public sealed class Later(int result)
{
    public Awaiter GetAwaiter() => new(result);

    public sealed class Awaiter(int result) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public int GetResult() => result;

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
    }
}
