using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Cassette.Fody.Editing;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Passes;

/// <summary>One run of a pass over one body: on a thread of its own, so that one that does not end can be left behind.</summary>
internal sealed class PassRun
{
    /// <summary>Trees are as deep as the author's longest expression; a pass that recurses over one needs more than a thread usually has.</summary>
    private const int StackSize = 16 << 20;

    private PassRun()
    {
    }

    public PassResult? Result { get; private set; }

    public Exception? Exception { get; private set; }

    public bool IsTimedOut { get; private set; }

    public static PassRun Of(LoadedPass pass, Reflection reflection, PassGuard guard, TimeSpan limit, CancellationToken cancellation)
    {
        var run = new PassRun();
        PassResult? result = null;
        Exception? thrown = null;
        var thread = new Thread(Run, StackSize) { IsBackground = true, Name = pass.Name, CurrentCulture = CultureInfo.InvariantCulture };
        thread.Start();
        var clock = Stopwatch.StartNew();
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            var isCancelled = cancellation.IsCancellationRequested;
            if (!isCancelled && clock.Elapsed < limit)
                continue;
            guard.Stop();
            // One that edits in its loop ends at its next edit; any other goes on until the process ends, and nothing of it is used.
            thread.Join(TimeSpan.FromSeconds(1));
            cancellation.ThrowIfCancellationRequested();
            run.IsTimedOut = true;
            return run;
        }
        run.Result = result;
        run.Exception = thrown;
        return run;

        void Run()
        {
            try
            {
                result = pass.Pass.Run(reflection.Context!, reflection);
            }
            // Whatever a pass throws is the pass's error, told with its line; a thread that lets it through would end the build without a word.
            catch (Exception exception)
            {
                thrown = exception;
            }
        }
    }

    /// <summary>The pass's own line in an exception's trace: the innermost frame of the pass's assembly, where its symbols are at hand.</summary>
    public static SourcePosition? LineOf(Exception exception, LoadedPass pass)
    {
        var assembly = pass.Pass.GetType().Assembly;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames() ?? [])
        {
            if (frame.GetMethod()?.Module.Assembly == assembly && frame.GetFileName() is { } file)
                return new SourcePosition(file, frame.GetFileLineNumber(), Math.Max(1, frame.GetFileColumnNumber()));
        }
        return null;
    }
}
