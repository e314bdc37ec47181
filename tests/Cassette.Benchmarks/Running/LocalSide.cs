using System;
using System.Threading;

namespace Cassette.Benchmarks.Running;

/// <summary>A benchmark in this process.</summary>
internal sealed class LocalSide(string name, Func<double> action) : Side(name)
{
    private const double TurnMilliseconds = 1.0;

    private int repeats = 1;

    /// <remarks>The JIT's counters need calls, its back end time.</remarks>
    public override void Prepare()
    {
        for (int phase = 0; phase < 8; phase++)
        {
            long end = ThreadClock.Nanoseconds + 20_000_000;
            int calls = 0;
            while (calls++ < 60 || ThreadClock.Nanoseconds < end)
                action();
            Thread.Sleep(250);
        }

        while (Time() < TurnMilliseconds * 1e6)
            repeats *= 2;
    }

    public override double Turn() => Time() / repeats;

    public override long CountBytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private double Time()
    {
        long start = ThreadClock.Nanoseconds;
        for (int i = 0; i < repeats; i++)
            action();
        return ThreadClock.Nanoseconds - start;
    }
}
