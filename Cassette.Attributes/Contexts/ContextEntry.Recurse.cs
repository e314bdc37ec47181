using System;
using System.Runtime.CompilerServices;

namespace Cassette;

public static partial class ContextEntry
{
    /// <summary>
    /// Runs the body of <paramref name="f"/> in <paramref name="context"/> without asking whether a primitive
    /// of the context replaces <paramref name="f"/> itself: the calls inside it are intercepted, it is not.
    /// The seeds' <c>recurse</c>, and the older <c>OverdubInstead</c>.
    /// </summary>
    /// <remarks>
    /// This is how a primitive goes on with the original, which <c>Overdub</c> would make it call itself for.
    /// Where <paramref name="f"/> has no body to run in the context (<c>CanRecurse</c> is
    /// <see langword="false"/>), the fallback runs.
    /// </remarks>
    /// <param name="context">The context that the body of <paramref name="f"/> runs in.</param>
    /// <param name="f">What to run: a lambda, a method group or any delegate. It may be <c>async</c>.</param>
    /// <returns>What <paramref name="f"/> returned.</returns>
    /// <exception cref="NotWovenException">The calling assembly was not woven.</exception>
    /// <exception cref="OverdubNestingException">Entries into contexts are nested too deeply.</exception>
    /// <example>
    /// <code>
    /// public readonly record struct DepthCtx(int Metadata) : IContext&lt;int&gt;
    /// {
    ///     [Overdub(typeof(Tree), nameof(Tree.Count))]
    ///     static int Count(DepthCtx ctx, Tree tree) =>
    ///         ctx.Metadata == 0 ? 0 : (ctx with { Metadata = ctx.Metadata - 1 }).Recurse(Tree.Count, tree);
    /// }
    /// </code>
    /// </example>
    public static TResult Recurse<TContext, TResult>(this TContext context, Func<TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, TResult>(this TContext context, Func<T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, TResult>(
        this TContext context, Func<T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext>(this TContext context, Action f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1>(this TContext context, Action<T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2>(this TContext context, Action<T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3>(
        this TContext context, Action<T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3, T4>(
        this TContext context, Action<T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, TResult>(this TContext context, Func<TContext, TResult> f)
        where TContext : IContext where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, TResult>(
        this TContext context, Func<TContext, T1, TResult> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, TResult>(
        this TContext context, Func<TContext, T1, T2, TResult> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, TResult> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, T4, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static TResult Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this TContext context, Func<TContext, T1, T2, T3, T4, T5, T6, T7, T8, TResult> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct
        where TResult : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext>(this TContext context, Action<TContext> f)
        where TContext : IContext =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1>(this TContext context, Action<TContext, T1> f, T1 arg1)
        where TContext : IContext where T1 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2>(this TContext context, Action<TContext, T1, T2> f, T1 arg1, T2 arg2)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3>(
        this TContext context, Action<TContext, T1, T2, T3> f, T1 arg1, T2 arg2, T3 arg3)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3, T4>(
        this TContext context, Action<TContext, T1, T2, T3, T4> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3, T4, T5>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6, T7>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));

    /// <inheritdoc cref="Recurse{TContext, TResult}(TContext, Func{TResult})"/>
    [OverloadResolutionPriority(-1)]
    public static void Recurse<TContext, T1, T2, T3, T4, T5, T6, T7, T8>(
        this TContext context, Action<TContext, T1, T2, T3, T4, T5, T6, T7, T8> f, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6, T7 arg7, T8 arg8)
        where TContext : IContext where T1 : allows ref struct where T2 : allows ref struct
        where T3 : allows ref struct where T4 : allows ref struct where T5 : allows ref struct
        where T6 : allows ref struct where T7 : allows ref struct where T8 : allows ref struct =>
        throw NotWovenException.AtEntry<TContext>(nameof(Recurse));
}
