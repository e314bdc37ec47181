using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace Cassette.Tests.RoundTrip;

/// <summary>The processor time of the calling thread where the system tells it (Linux), otherwise the time on the wall: on a busy machine they differ tenfold.</summary>
internal static class ThreadClock
{
    private const string Statistics = "/proc/thread-self/schedstat";

    public static TimeSpan Now => File.Exists(Statistics)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Statistics).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0)
        : Stopwatch.GetElapsedTime(0);
}
