using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Some of <see cref="Machines"/> as an author writes it who hands a reference along: what a state machine that keeps one more costs in any case.</summary>
public static class MachinesByHand
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfSuspended(int count, Counter counter)
    {
        var gate = new Machines.Gate();
        ValueTask<double> sum = SumLater(count, gate, counter);
        gate.Run();
        return sum.Result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfYields(int count, Counter counter)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var loop = new Machines.MessageLoop();
        SynchronizationContext.SetSynchronizationContext(loop);
        try
        {
            Task<double> sum = SumYields(count, counter);
            loop.Run();
            return sum.Result;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double SumOfIterators(int count, Counter counter)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            foreach (double x in Items(2, counter))
                sum += x;
        }

        return sum;
    }

    private static async ValueTask<double> SumLater(int count, Machines.Gate gate, Counter counter)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += await Later(i, gate, counter);
        return sum;
    }

    private static async ValueTask<double> Later(int i, Machines.Gate gate, Counter counter)
    {
        await gate;
        return Half(i, counter);
    }

    private static async Task<double> SumYields(int count, Counter counter)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += await HalfAfterYield(i, counter);
        return sum;
    }

    private static async Task<double> HalfAfterYield(int i, Counter counter)
    {
        await Task.Yield();
        return Half(i, counter);
    }

    private static IEnumerable<double> Items(int count, Counter counter)
    {
        for (int i = 0; i < count; i++)
            yield return Half(i, counter);
    }

#pragma warning disable IDE0060 // It is handed along, as a context is.
    private static double Half(int i, Counter counter) => i * 0.5;
#pragma warning restore IDE0060
}
