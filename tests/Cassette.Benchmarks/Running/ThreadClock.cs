using System;
using System.Runtime.InteropServices;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// The processor time of this thread. Unlike a stopwatch it does not run while other processes have the processor; where the system has no
/// such clock, a stopwatch has to do.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static long Nanoseconds =>
        OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out Time time) == 0
            ? time.Seconds * 1_000_000_000 + time.Nanoseconds
            : (long)(System.Diagnostics.Stopwatch.GetTimestamp() * (1e9 / System.Diagnostics.Stopwatch.Frequency));

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out Time time);

    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
