using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Async methods that complete at once and ones that are suspended, and iterators.</summary>
public static class Machines
{
    public static double SumOfImmediate(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += Immediate(i).Result;
        return sum;
    }

    public static double SumOfSuspended(int count)
    {
        var gate = new Gate();
        ValueTask<double> sum = SumLater(count, gate);
        gate.Run();
        return sum.Result;
    }

    public static double SumOfIterator(int count)
    {
        double sum = 0;
        foreach (double x in Items(count))
            sum += x;
        return sum;
    }

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

    private static IEnumerable<double> Items(int count)
    {
        for (int i = 0; i < count; i++)
            yield return Half(i);
    }

    private static double Half(int i) => i * 0.5;

    /// <summary>Suspends what awaits it until it is run, on the same thread.</summary>
    private sealed class Gate : ICriticalNotifyCompletion
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
}
