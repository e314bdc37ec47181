// expect: sum 4, yes 4, later 5, source 6, used, pooled 6, fired 5
// count: Program.Inside 15
// count: Program.Outside 0
// allocates unevenly
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

public struct Sum : IAsyncStateMachine
{
    private AsyncTaskMethodBuilder<int> builder;
    private TaskAwaiter waiting;
    private int state;
    private int total;

    public static Task<int> Of(int first)
    {
        var machine = new Sum { builder = AsyncTaskMethodBuilder<int>.Create(), total = Program.Inside(first) };
        machine.builder.Start(ref machine);
        return machine.builder.Task;
    }

    public void MoveNext()
    {
        try
        {
            if (state == 0)
            {
                waiting = Task.Delay(1).GetAwaiter();
                state = 1;
                if (!waiting.IsCompleted)
                {
                    builder.AwaitUnsafeOnCompleted(ref waiting, ref this);
                    return;
                }
            }

            waiting.GetResult();
            total += Program.Outside(1);
        }
        catch (Exception exception)
        {
            builder.SetException(exception);
            return;
        }

        builder.SetResult(total);
    }

    public void SetStateMachine(IAsyncStateMachine machine) => builder.SetStateMachine(machine);
}

public sealed class Yes(int value) : ICriticalNotifyCompletion
{
    public bool IsCompleted => Program.Inside(value) < 0;

    public Yes GetAwaiter() => Program.Inside(this);

    public int GetResult() => Program.Inside(value);

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    // Called by the builder.
    public void UnsafeOnCompleted(Action continuation)
    {
        Program.Outside(value);
        ThreadPool.QueueUserWorkItem(_ => continuation());
    }
}

public readonly struct Later(int value) : INotifyCompletion
{
    public bool IsCompleted => false;

    public Later GetAwaiter() => this;

    public int GetResult() => Program.Inside(value);

    public void OnCompleted(Action continuation)
    {
        Program.Outside(value);
        Task.Run(continuation);
    }
}

public sealed class Source : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> core;

    public ValueTask<int> Start(int value)
    {
        core.Reset();
        var task = new ValueTask<int>(this, core.Version);
        ThreadPool.QueueUserWorkItem(_ => core.SetResult(Program.Inside(value)));
        return task;
    }

    public int GetResult(short token) => Program.Outside(core.GetResult(token));

    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => core.OnCompleted(continuation, state, token, flags);
}

public sealed class Resource : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Program.Inside(9);
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(All().GetAwaiter().GetResult());
    }

    static async Task<string> All()
    {
        string text = "sum " + await Sum.Of(3);                 // inside 1
        text += ", yes " + await new Yes(4);                    // inside 3
        text += ", later " + await new Later(5);                // inside 1
        text += ", source " + await new Source().Start(6);      // inside 1
        await using (new Resource())                            // inside 1
            text += ", used";
        text += ", pooled " + await Pooled(3);                  // inside 4
        var done = new TaskCompletionSource<int>();
        Fire(done);                                             // inside 4
        text += ", fired " + await done.Task;
        return text;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> Pooled(int n)
    {
        if (Inside(n) == 0)
            return 0;
        await Task.Yield();
        return n + await Pooled(n - 1).ConfigureAwait(false);
    }

    static async void Fire(TaskCompletionSource<int> done)
    {
        int result = 0;
        try
        {
            await Task.Delay(1).ConfigureAwait(false);
            throw new InvalidOperationException(Inside("thrown"));
        }
        catch (InvalidOperationException) when (Inside(true))
        {
            await Task.Yield();
            result = Inside(5);
        }
        finally
        {
            await Task.Yield();
            done.SetResult(Inside(result));
        }
    }

    public static T Inside<T>(T x) => x;

    public static T Outside<T>(T x) => x;
}
