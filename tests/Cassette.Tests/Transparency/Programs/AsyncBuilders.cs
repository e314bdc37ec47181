// expect: pooled 4 9
// expect: own 11 started 1 set 1
// expect: failed: own failure
// expect: 42 7
// count: Program.Pooled 2
// count: Program.Square 2
// count: Program.Own 2
// count: Program.Ten 1
// count: Program.Awaits 1
// count: Builder`1.Start 0
// count: Builder`1.SetResult 0
// count: Delayed.GetAwaiter 0
// allocates unevenly
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

[AsyncMethodBuilder(typeof(Builder<>))]
public sealed class Promise<T>
{
    readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public void Set(T value) => source.SetResult(value);

    public void Set(Exception exception) => source.SetException(exception);

    public TaskAwaiter<T> GetAwaiter() => Task.GetAwaiter();
}

public struct Builder<T>
{
    public static int Started, SetCount;

    public static Builder<T> Create() => new() { Task = new Promise<T>() };

    public Promise<T> Task { get; private set; }

    public void Start<TMachine>(ref TMachine machine) where TMachine : IAsyncStateMachine
    {
        Started++;
        machine.MoveNext();
    }

    public void SetStateMachine(IAsyncStateMachine machine) { }

    public void SetResult(T result)
    {
        SetCount++;
        Task.Set(result);
    }

    public void SetException(Exception exception) => Task.Set(exception);

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion where TMachine : IAsyncStateMachine
    {
        IAsyncStateMachine boxed = machine;
        awaiter.OnCompleted(boxed.MoveNext);
    }

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion where TMachine : IAsyncStateMachine
    {
        IAsyncStateMachine boxed = machine;
        awaiter.UnsafeOnCompleted(boxed.MoveNext);
    }
}

public readonly struct Delayed(int value)
{
    public DelayedAwaiter GetAwaiter() => new(value);
}

public readonly struct DelayedAwaiter(int value) : INotifyCompletion
{
    public bool IsCompleted => value == 7;

    public int GetResult() => value;

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Builder<int>.Started = Builder<int>.SetCount = 0;
        output.WriteLine("pooled " + Pooled(2, true).AsTask().Result + " " + Pooled(3, false).Result);
        output.WriteLine("own " + Own(1).Task.Result + " started " + Builder<int>.Started + " set " + Builder<int>.SetCount);
        try
        {
            Own(0).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException exception)
        {
            output.WriteLine("failed: " + exception.Message);
        }

        output.WriteLine(Awaits().Result);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> Pooled(int x, bool yields)
    {
        if (yields)
            await Task.Yield();
        return Square(x);
    }

    static async Promise<int> Own(int x)
    {
        await Task.Yield();
        if (x == 0)
            throw new InvalidOperationException("own failure");
        return x + Ten();
    }

    static async Task<string> Awaits() => await new Delayed(42) + " " + await new Delayed(7);

    static int Ten() => 10;

    static int Square(int x) => x * x;
}
