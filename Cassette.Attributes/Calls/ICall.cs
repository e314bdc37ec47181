using System.Runtime.CompilerServices;

namespace Cassette;

/// <summary>
/// One call, as a catch-all primitive sees it: not yet made, and free to be made, changed, repeated or left out.
/// </summary>
/// <remarks>
/// <para>The weaver makes a struct for each shape of call, which holds the arguments unboxed. A rule takes it
/// as a type parameter, so that nothing is allocated and every member is called directly:</para>
/// <code>
/// [Overdub]
/// static TResult Any&lt;TCall, TResult&gt;(Ctx ctx, TCall call) where TCall : struct, ICall&lt;TResult&gt;
/// </code>
/// <para>A call whose arguments include a span, a pointer or a reference to a variable is a
/// <c>ref struct</c>. A rule that shall have those too says so, with
/// <c>where TCall : struct, ICall&lt;TResult&gt;, allows ref struct</c>, and
/// <c>where TResult : allows ref struct</c> if the call may return one; without, such calls are not matched by the rule.</para>
/// </remarks>
/// <typeparam name="TResult">What the call returns; <see cref="Nothing"/> if that is <c>void</c>.</typeparam>
/// <example>
/// Every call is made natively, and those that can be are made in the context:
/// <code>
/// public readonly record struct SlowCtx(TimeSpan Metadata) : IContext&lt;TimeSpan&gt;
/// {
///     [Overdub]
///     static TResult Any&lt;TCall, TResult&gt;(SlowCtx ctx, TCall call) where TCall : struct, ICall&lt;TResult&gt;
///     {
///         Thread.Sleep(ctx.Metadata);
///         return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
///     }
/// }
/// </code>
/// </example>
public interface ICall<TResult> where TResult : allows ref struct
{
    /// <summary>What is called, and from where.</summary>
    JoinPoint JoinPoint { get; }

    /// <summary>
    /// The arguments, the receiver first. Reading this boxes the tuple, and each element on its way out; a rule that
    /// wants them unboxed takes an <see cref="ICall{TArgs, TResult}"/>. An argument that cannot be boxed is
    /// an <see cref="Unboxable"/>.
    /// </summary>
    ITuple Arguments { get; }

    /// <summary>
    /// Whether <see cref="Recurse"/> runs the callee's body in the context, rather than the fallback. The
    /// seeds' <c>canrecurse</c>.
    /// </summary>
    bool CanRecurse { get; }

    /// <summary>
    /// Makes the call, running the callee's body in <paramref name="context"/>. The seeds' <c>recurse</c>.
    /// </summary>
    /// <typeparam name="TContext">The type of the rule's own context; the weaver rejects another.</typeparam>
    /// <param name="context">The context, perhaps with other metadata.</param>
    /// <returns>The call's result.</returns>
    TResult Recurse<TContext>(TContext context) where TContext : IContext;

    /// <summary>
    /// Makes the call natively, or by the context's rule marked <see cref="FallbackAttribute"/> that matches
    /// it. The seeds' <c>fallback</c>.
    /// </summary>
    /// <returns>The call's result.</returns>
    TResult Fallback();
}

/// <summary>One call with its arguments as a typed tuple, without boxing.</summary>
/// <remarks>
/// <code>
/// [Overdub]
/// static TResult Any&lt;TCall, TArgs, TResult&gt;(Ctx ctx, TCall call)
///     where TCall : struct, ICall&lt;TArgs, TResult&gt;
///     where TArgs : struct, ITuple
/// </code>
/// A call without arguments has the tuple <see cref="System.ValueTuple"/>, one with a single argument
/// <see cref="System.ValueTuple{T1}"/>. Calls whose arguments a tuple cannot hold (spans, pointers, references
/// to variables) are not matched by such a rule.
/// </remarks>
/// <typeparam name="TArgs">The tuple of the arguments' types, the receiver's first.</typeparam>
/// <typeparam name="TResult">What the call returns; <see cref="Nothing"/> if that is <c>void</c>.</typeparam>
/// <example>
/// <code>
/// [Overdub]
/// static TResult Any&lt;TCall, TArgs, TResult&gt;(WideCtx ctx, TCall call)
///     where TCall : struct, ICall&lt;TArgs, TResult&gt;
///     where TArgs : struct, ITuple
/// {
///     TArgs args = call.Arguments;
///     ctx.Metadata[0] = Math.Max(ctx.Metadata[0], args.Length);
///     return call.Fallback();
/// }
/// </code>
/// </example>
public interface ICall<TArgs, TResult> : ICall<TResult>
    where TArgs : struct, ITuple
    where TResult : allows ref struct
{
    /// <summary>The arguments, the receiver first, unboxed.</summary>
    new TArgs Arguments { get; }
}
