using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Async methods that complete at once and ones that are suspended, iterators, and async iterators.</summary>
/// <remarks>
/// What is measured is not inlined: what calls it natively would put the number of turns into the loop and, as the loop then surely runs, the look-up
/// of the current thread, which each async call makes, in front of it. No such thing can be done through an entry, which is made by a delegate.
/// </remarks>
public static class Machines
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfImmediate(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += Immediate(i).Result;
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfSuspended(int count)
    {
        var gate = new Gate();
        ValueTask<double> sum = SumLater(count, gate);
        gate.Run();
        return sum.Result;
    }

    /// <summary>Tasks that are complete when they are awaited, of methods that await what is complete.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfTasks(int count) => SumTasks(count).Result;

    /// <summary>Suspension by <c>Task.Yield</c>, on this thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfYields(int count)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var loop = new MessageLoop();
        SynchronizationContext.SetSynchronizationContext(loop);
        try
        {
            Task<double> sum = SumYields(count);
            loop.Run();
            return sum.Result;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Suspension until another completes a task.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfSources(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            var source = new TaskCompletionSource<int>();
            Task<double> later = HalfLater(source.Task);
            source.SetResult(i);
            sum += later.Result;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfStream(int count) => SumStream(count).Result;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfStreams(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += SumStream(2).Result;
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfIterator(int count)
    {
        double sum = 0;
        foreach (double x in Items(count))
            sum += x;
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfIterators(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            foreach (double x in Items(2))
                sum += x;
        }

        return sum;
    }

    /// <summary>An iterator that was handed over, many short ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfHandedIterators(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += Sum(Items(2));
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Sum(IEnumerable<double> items)
    {
        double sum = 0;
        foreach (double x in items)
            sum += x;
        return sum;
    }

    private static async ValueTask<double> Immediate(int i)
    {
        await Task.CompletedTask;
        return Half(i);
    }

    private static async ValueTask<double> SumLater(int count, Gate gate)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += await Later(i, gate);
        return sum;
    }

    private static async ValueTask<double> Later(int i, Gate gate)
    {
        await gate;
        return Half(i);
    }

    private static async Task<double> SumTasks(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += await HalfOfReady(i);
        return sum;
    }

    private static async Task<double> HalfOfReady(int i) => Half(await Ready(i));

    private static ValueTask<int> Ready(int i) => new(i);

    private static async Task<double> SumYields(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += await HalfAfterYield(i);
        return sum;
    }

    private static async Task<double> HalfAfterYield(int i)
    {
        await Task.Yield();
        return Half(i);
    }

    private static async Task<double> HalfLater(Task<int> later) => Half(await later);

    private static async Task<double> SumStream(int count)
    {
        double sum = 0;
        await foreach (double x in Stream(count))
            sum += x;
        return sum;
    }

    private static async IAsyncEnumerable<double> Stream(int count)
    {
        for (int i = 0; i < count; i++)
            yield return Half(await Ready(i));
    }

    private static IEnumerable<double> Items(int count)
    {
        for (int i = 0; i < count; i++)
            yield return Half(i);
    }

    private static double Half(int i) => i * 0.5;

    /// <summary>Suspends what awaits it until it is run, on the same thread.</summary>
    internal sealed class Gate : ICriticalNotifyCompletion
    {
        private Action? next;

        public bool IsCompleted => false;

        public Gate GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => next = continuation;

        public void UnsafeOnCompleted(Action continuation) => next = continuation;

        public void Run()
        {
            while (next is { } continuation)
            {
                next = null;
                continuation();
            }
        }
    }

    /// <summary>Runs what is posted to it when it is run, on the thread that runs it.</summary>
    internal sealed class MessageLoop : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = [];

        public override void Post(SendOrPostCallback d, object? state) => posted.Enqueue((d, state));

        public void Run()
        {
            while (posted.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
                next.Callback(next.State);
        }
    }
}
