namespace Cassette;

/// <summary>
/// A context that carries state along: rules read it as <c>ctx.Metadata</c>. The seeds' <c>ctx.metadata</c>.
/// </summary>
/// <remarks>
/// A context with other metadata is made with <c>ctx with { Metadata = m }</c>, the seeds'
/// <c>similarcontext</c>. Metadata of a value type is copied with the context.
/// </remarks>
/// <typeparam name="TMetadata">The type of the state.</typeparam>
/// <example>
/// <code>
/// public readonly record struct TraceCtx(List&lt;string&gt; Metadata) : IContext&lt;List&lt;string&gt;&gt;
/// {
///     [Prehook]
///     static void Before(TraceCtx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
/// }
/// </code>
/// </example>
public interface IContext<out TMetadata> : IContext
{
    /// <summary>The state that the context carries.</summary>
    TMetadata Metadata { get; }
}
