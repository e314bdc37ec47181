using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// A benchmark in a process of its own, which takes its turns when it is told to. What sides share in one process (the framework's code, with what the
/// JIT saw there first) is no side's here.
/// </summary>
internal sealed class RemoteSide(string type, string method) : Side(method)
{
    /// <summary>The first argument of a process that is the other end.</summary>
    public const string Verb = "--side";

    private const string Turning = "turn";
    private const string Counting = "bytes";

    private Process? process;

    public override void Prepare()
    {
        process = ChildProcess.Start([Verb, type, Name], isTalkedTo: true);
        Read();
    }

    public override double Turn() => double.Parse(Ask(Turning), CultureInfo.InvariantCulture);

    public override long CountBytes() => long.Parse(Ask(Counting), CultureInfo.InvariantCulture);

    public override void Dispose()
    {
        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
    }

    /// <summary>The other end: answers each line, until there are no more.</summary>
    public static void Serve(string type, string method)
    {
        Type found = typeof(RemoteSide).Assembly.GetTypes().Single(t => t.FullName == type);
        var side = new LocalSide(method, found.GetMethod(method)!.CreateDelegate<Func<double>>(Activator.CreateInstance(found)));
        side.Prepare();
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            if (line == Counting)
            {
                Console.WriteLine(side.CountBytes());
                continue;
            }

            // The other processes had the caches since the last turn.
            side.Turn();
            Console.WriteLine(side.Turn().ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private string Ask(string what)
    {
        process!.StandardInput.WriteLine(what);
        process.StandardInput.Flush();
        return Read();
    }

    private string Read() => process!.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The process of {Name} ended.");
}
