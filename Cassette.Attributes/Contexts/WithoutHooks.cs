namespace Cassette;

/// <summary>
/// A context as <typeparamref name="TContext"/>, with the same primitives and fallbacks but without its
/// prehooks, posthooks and throwhooks. It is a type of its own, so that programs run in it have clones of
/// their own, in which no trace of a hook is left.
/// </summary>
/// <typeparam name="TContext">The context whose hooks are left out.</typeparam>
/// <param name="Context">The context itself; its metadata is <c>Context.Metadata</c>.</param>
public readonly record struct WithoutHooks<TContext>(TContext Context) : IContext
    where TContext : IContext;

/// <summary>Makes contexts that run without their hooks.</summary>
public static class ContextHooks
{
    /// <summary>
    /// The same context without its hooks. The seeds' <c>disablehooks</c>.
    /// </summary>
    /// <typeparam name="TContext">The context's type.</typeparam>
    /// <param name="context">The context whose hooks are to be left out.</param>
    /// <returns>A context of another type, which holds <paramref name="context"/>.</returns>
    /// <example>
    /// <code>
    /// var ctx = new TraceCtx(new List&lt;string&gt;());
    /// WithoutHooks&lt;TraceCtx&gt; quiet = ctx.DisableHooks();
    /// List&lt;string&gt; log = quiet.Context.Metadata;
    /// </code>
    /// </example>
    public static WithoutHooks<TContext> DisableHooks<TContext>(this TContext context) where TContext : IContext =>
        new(context);

    /// <summary>The context as it is: its hooks are left out already.</summary>
    /// <typeparam name="TContext">The type of the context that was given hooks.</typeparam>
    /// <param name="context">A context without hooks.</param>
    /// <returns><paramref name="context"/>.</returns>
    public static WithoutHooks<TContext> DisableHooks<TContext>(this WithoutHooks<TContext> context)
        where TContext : IContext =>
        context;
}
