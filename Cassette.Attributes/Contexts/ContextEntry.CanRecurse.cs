using System;

namespace Cassette;

public static partial class ContextEntry
{
    /// <summary>
    /// Whether <see cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/> would run the body of
    /// <paramref name="f"/> in <paramref name="context"/>, rather than its fallback. The answer is
    /// known when weaving, so a test on it costs nothing at run time where <paramref name="f"/> is a method
    /// group or a lambda; a delegate held in a variable is looked up. The seeds' <c>canrecurse</c>,
    /// and the older <c>canoverdub</c>.
    /// </summary>
    /// <remarks>
    /// It is <see langword="false"/> for methods without a body (externs, run-time intrinsics, code made at
    /// run time) and for those that were excluded or not selected. A method group needs its argument
    /// types: pass the arguments after it, as to <c>Overdub</c>, or name the types.
    /// Arguments are evaluated and otherwise ignored.
    /// </remarks>
    /// <param name="context">The context in question.</param>
    /// <param name="f">The method in question: a lambda, a method group or any delegate. It is not run.</param>
    /// <returns><see langword="true"/> if the body of <paramref name="f"/> has a clone for the context.</returns>
    /// <exception cref="NotWovenException">The calling assembly was not woven.</exception>
    /// <example>
    /// <code>
    /// [Overdub]
    /// static double Any(NumericCtx ctx, double x, double y) =>
    ///     ctx.CanRecurse(Math.Atan2, x, y) ? ctx.Recurse(Math.Atan2, x, y) : ctx.Fallback(Math.Atan2, x, y);
    /// </code>
    /// </example>
    public static bool CanRecurse<TContext, TResult>(this TContext context, Func<TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, TResult>(this TContext context, Func<T1, TResult> f)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, TResult>(this TContext context, Func<T1, T2, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, TResult>(this TContext context, Func<T1, T2, T3, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<T1, T2, T3, T4, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext>(this TContext context, Action f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1>(this TContext context, Action<T1> f)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2>(this TContext context, Action<T1, T2> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3>(this TContext context, Action<T1, T2, T3> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4>(this TContext context, Action<T1, T2, T3, T4> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5>(this TContext context, Action<T1, T2, T3, T4, T5> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7, T8> f)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, TResult>(this TContext context, Func<T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, TResult>(
        this TContext context, Func<T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1>(this TContext context, Action<T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2>(this TContext context, Action<T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3>(
        this TContext context, Action<T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4>(
        this TContext context, Action<T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));

    /// <inheritdoc cref="CanRecurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static bool CanRecurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(CanRecurse));
}
