using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Cassette.Runtime;

/// <summary>
/// Runs hooks when a task completes. Woven code calls it. The task that is given back completes after the hook, with
/// the same outcome: the result (unless the posthook replaces it), the exceptions, the cancellation. An exception of
/// the hook itself takes the outcome's place.
/// </summary>
[StackTraceHidden]
public static class AwaitedCall
{
    /// <summary>Follows a task.</summary>
    /// <typeparam name="TCall">The call that returned it.</typeparam>
    /// <param name="task">The task; <see langword="null"/> where the call returned none, and then there is nothing to follow.</param>
    /// <param name="call">The call.</param>
    /// <returns>What the caller is to wait for.</returns>
    public static Task? Follow<TCall>(Task? task, TCall call)
        where TCall : struct, IAwaitedCall<Nothing>
    {
        if (task is null)
            return null;
        if (task.IsCompleted)
            return End(task, ref call);
        return task.ContinueWith(
            static (done, state) => End(done, ref ((Kept<TCall>)state!).Call), new Kept<TCall>(call),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Follows a task with a result.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <typeparam name="TCall">The call that returned it.</typeparam>
    /// <param name="task">The task; <see langword="null"/> where the call returned none, and then there is nothing to follow.</param>
    /// <param name="call">The call.</param>
    /// <returns>What the caller is to wait for.</returns>
    public static Task<T>? Follow<T, TCall>(Task<T>? task, TCall call)
        where TCall : struct, IAwaitedCall<T>
    {
        if (task is null)
            return null;
        if (task.IsCompleted)
            return End(task, ref call);
        return task.ContinueWith(
            static (done, state) => End(done, ref ((Kept<TCall>)state!).Call), new Kept<TCall>(call),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Unwrap();
    }

    /// <inheritdoc cref="Follow{TCall}(Task, TCall)"/>
    public static ValueTask Follow<TCall>(ValueTask task, TCall call)
        where TCall : struct, IAwaitedCall<Nothing>
    {
        if (!task.IsCompletedSuccessfully)
            return new ValueTask(Follow(task.AsTask(), call)!);
        try
        {
            // A value task's outcome is taken once; a source that is used again counts on its being taken.
            task.GetAwaiter().GetResult();
            call.Completed(default);
            return default;
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    /// <inheritdoc cref="Follow{T, TCall}(Task{T}, TCall)"/>
    public static ValueTask<T> Follow<T, TCall>(ValueTask<T> task, TCall call)
        where TCall : struct, IAwaitedCall<T>
    {
        if (!task.IsCompletedSuccessfully)
            return new ValueTask<T>(Follow(task.AsTask(), call)!);
        try
        {
            return new ValueTask<T>(call.Completed(task.GetAwaiter().GetResult()));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<T>(exception);
        }
    }

    private static Task End<TCall>(Task task, ref TCall call)
        where TCall : struct, IAwaitedCall<Nothing>
    {
        try
        {
            if (task.IsCompletedSuccessfully)
                call.Completed(default);
            else
                call.Failed(ExceptionOf(task));
            return task;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    private static Task<T> End<T, TCall>(Task<T> task, ref TCall call)
        where TCall : struct, IAwaitedCall<T>
    {
        try
        {
            if (!task.IsCompletedSuccessfully)
            {
                call.Failed(ExceptionOf(task));
                return task;
            }

            T output = call.Completed(task.Result);
            return call.Replaces ? Task.FromResult(output) : task;
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <summary>What <c>await</c> throws: of several exceptions the first one, of a cancellation that with its token.</summary>
    private static Exception ExceptionOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            return exception;
        }

        throw new InvalidOperationException("The task did not fail.");
    }

    private sealed class Kept<TCall>(TCall call)
        where TCall : struct
    {
        public TCall Call = call;
    }
}
