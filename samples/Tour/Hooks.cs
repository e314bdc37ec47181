using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cassette;

namespace Tour;

/// <summary>Every call, with its arguments unboxed, and how it ended.</summary>
readonly record struct TraceCtx(List<string> Metadata) : IContext<List<string>>
{
    [Prehook]
    static void Before<TArgs>(TraceCtx ctx, JoinPoint f, TArgs args) where TArgs : struct, ITuple =>
        ctx.Metadata.Add($"> {f.Name} with {args.Length}");

    [Posthook]
    static void After<T>(TraceCtx ctx, T output, JoinPoint f) => ctx.Metadata.Add($"< {f.Name} {output}");

    [Throwhook]
    static void Thrown(TraceCtx ctx, Exception exception, JoinPoint f) =>
        ctx.Metadata.Add($"! {f.Name}: {exception.Message}");
}

/// <summary>Hooks that wait for the task that a call returns.</summary>
readonly record struct WaitCtx(List<string> Metadata) : IContext<List<string>>
{
    [Posthook(Await = true)]
    static void Done<T>(WaitCtx ctx, T output, JoinPoint f) => ctx.Metadata.Add($"< {f.Name} {output}");

    [Throwhook(Await = true)]
    static void Failed(WaitCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Add($"! {f.Name}: {exception.Message}");
}

/// <summary>Typed arguments: the receiver first.</summary>
readonly record struct LimitCtx(int Metadata) : IContext<int>
{
    [Prehook(typeof(Account), nameof(Account.Withdraw))]
    static void Before(LimitCtx ctx, Account account, int amount)
    {
        if (amount > ctx.Metadata)
            throw new InvalidOperationException($"{account.Owner} may take {ctx.Metadata} at once");
    }
}

/// <summary>A posthook that returns a value replaces the output.</summary>
readonly record struct RoundCtx(int Metadata) : IContext<int>
{
    [Posthook(typeof(Fees), nameof(Fees.Of))]
    static int After(RoundCtx ctx, int output) => output / ctx.Metadata * ctx.Metadata;
}

/// <summary>A prehook that returns false stops overdubbing below the call.</summary>
readonly record struct ShallowCtx(List<string> Metadata) : IContext<List<string>>
{
    [Prehook]
    static bool Before(ShallowCtx ctx, JoinPoint f)
    {
        ctx.Metadata.Add(f.Name);
        return f.DeclaringType != "Tour.Fees";
    }
}
