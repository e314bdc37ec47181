using System;
using System.Runtime.CompilerServices;

namespace Cassette;

/// <summary>
/// The ways into a context: <c>Overdub</c>, <c>Recurse</c>, <c>Fallback</c> and the question
/// <c>CanRecurse</c>, as extension methods on the context. The weaver replaces each call; in an assembly
/// that was not woven they throw <see cref="NotWovenException"/>.
/// </summary>
/// <remarks>
/// Delegates with the context as their first parameter come second in overload resolution: a group of methods
/// that has an overload for either, such as <c>Console.WriteLine</c>, is then called with the arguments alone.
/// </remarks>
public static partial class ContextEntry
{
    /// <summary>
    /// Runs <paramref name="f"/> in <paramref name="context"/>: every call below it is intercepted by the
    /// context's rules. Of <paramref name="f"/> itself no hook hears; a primitive that names it runs in its
    /// place. The seeds' <c>overdub</c>, <c>@overdub</c> and the older <c>@execute</c>.
    /// </summary>
    /// <remarks>
    /// The weaver replaces this call. What the context does not intercept runs as it would have run without
    /// it, with the same result, exceptions and order of evaluation.
    /// </remarks>
    /// <param name="context">The context that <paramref name="f"/> runs in.</param>
    /// <param name="f">What to run: a lambda, a method group or any delegate. It may be <c>async</c>.</param>
    /// <returns>What <paramref name="f"/> returned, or what a rule of the context made of it.</returns>
    /// <exception cref="NotWovenException">The calling assembly was not woven.</exception>
    /// <exception cref="OverdubNestingException">Entries into contexts are nested too deeply.</exception>
    /// <example>
    /// <code>
    /// public readonly record struct CountCtx(int[] Metadata) : IContext&lt;int[]&gt;
    /// {
    ///     [Prehook]
    ///     static void Before(CountCtx ctx, JoinPoint f) => ctx.Metadata[0]++;
    /// }
    ///
    /// double y = new CountCtx(new int[1]).Overdub(Math.Sqrt, 2.0);
    /// </code>
    /// The delegate may take the context first, to use it inside:
    /// <code>
    /// int calls = new CountCtx(new int[1]).Overdub((ctx, x) => { Math.Sqrt(x); return ctx.Metadata[0]; }, 2.0);
    /// </code>
    /// </example>
    public static TResult Overdub<TContext, TResult>(this TContext context, Func<TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, TResult>(this TContext context, Func<T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, TResult>(
        this TContext context, Func<T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext>(this TContext context, Action f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1>(this TContext context, Action<T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2>(this TContext context, Action<T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3>(
        this TContext context, Action<T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3, T4>(
        this TContext context, Action<T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, TResult>(this TContext context, Func<TContext, TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, TResult>(
        this TContext context, Func<TContext, T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, TResult>(
        this TContext context, Func<TContext, T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext>(this TContext context, Action<TContext> f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1>(this TContext context, Action<TContext, T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2>(this TContext context, Action<TContext, T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3>(
        this TContext context, Action<TContext, T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3, T4>(
        this TContext context, Action<TContext, T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));

    /// <inheritdoc cref="Overdub{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Overdub<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Overdub));
}
