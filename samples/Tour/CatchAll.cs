using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cassette;

namespace Tour;

/// <summary>A primitive for every call gets the call itself, and hands another context to what is below.</summary>
readonly record struct TreeCtx(List<string> Metadata, int Depth = 0) : IContext<List<string>>
{
    [Overdub]
    static TResult Any<TCall, TResult>(TreeCtx ctx, TCall call) where TCall : struct, ICall<TResult>
    {
        ctx.Metadata.Add(new string('.', ctx.Depth) + call.JoinPoint.Name + call.Arguments);
        return call.CanRecurse ? call.Recurse(ctx with { Depth = ctx.Depth + 1 }) : call.Fallback();
    }
}

/// <summary>The arguments as a typed tuple: nothing is boxed.</summary>
readonly record struct WideCtx(int[] Metadata) : IContext<int[]>
{
    [Overdub]
    static TResult Any<TCall, TArgs, TResult>(WideCtx ctx, TCall call)
        where TCall : struct, ICall<TArgs, TResult>
        where TArgs : struct, ITuple
    {
        TArgs args = call.Arguments;
        ctx.Metadata[0] = Math.Max(ctx.Metadata[0], args.Length);
        return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
    }
}

/// <summary>A fallback makes those calls that leave the context.</summary>
readonly record struct SandboxCtx : IContext
{
    [Fallback]
    static TResult Native<TCall, TResult>(SandboxCtx ctx, TCall call) where TCall : struct, ICall<TResult> =>
        call.JoinPoint.DeclaringType == "System.Environment"
            ? throw new UnauthorizedAccessException(call.JoinPoint.Signature)
            : call.Fallback();
}
