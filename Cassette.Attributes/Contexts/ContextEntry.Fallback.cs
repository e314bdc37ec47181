using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class ContextEntry
{
    /// <summary>
    /// Calls <paramref name="f"/> as the context does where no primitive replaces it and no body can be
    /// run in the context: natively, or by the rule marked <see cref="FallbackAttribute"/> that matches.
    /// The seeds' <c>fallback</c>.
    /// </summary>
    /// <remarks>Nothing below the call is intercepted, unless the fallback rule enters a context itself.</remarks>
    /// <param name="context">The context whose fallback is asked for.</param>
    /// <param name="f">What to call: a lambda, a method group or any delegate. It may be <c>async</c>.</param>
    /// <returns>What <paramref name="f"/> or the fallback rule returned.</returns>
    /// <exception cref="NotWovenException">The calling assembly was not woven.</exception>
    /// <example>
    /// <code>
    /// public readonly record struct QuietCtx : IContext
    /// {
    ///     [Overdub(typeof(Log), nameof(Log.Write))]
    ///     static void Write(QuietCtx ctx, string text)
    ///     {
    ///         if (text.Length > 0)
    ///             ctx.Fallback(Log.Write, text);
    ///     }
    /// }
    /// </code>
    /// </example>
    public static TResult Fallback<TContext, TResult>(this TContext context, Func<TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, TResult>(this TContext context, Func<T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, TResult>(
        this TContext context, Func<T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext>(this TContext context, Action f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1>(this TContext context, Action<T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2>(this TContext context, Action<T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3>(
        this TContext context, Action<T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3, T4>(
        this TContext context, Action<T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, TResult>(this TContext context, Func<TContext, TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, TResult>(
        this TContext context, Func<TContext, T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, TResult>(
        this TContext context, Func<TContext, T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext>(this TContext context, Action<TContext> f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1>(this TContext context, Action<TContext, T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2>(this TContext context, Action<TContext, T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3>(
        this TContext context, Action<TContext, T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3, T4>(
        this TContext context, Action<TContext, T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));

    /// <inheritdoc cref="Fallback{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Fallback<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Fallback));
}
