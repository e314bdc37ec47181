using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>
/// Rewrites method bodies that run under a context: the seeds' <c>@pass</c>. The weaver runs it for each body, before the calls in what it returns are
/// overdubbed. It may be run more than once for a method, and its answer is kept: the same reflection must always give the same result.
/// </summary>
public interface IPass
{
    /// <summary>Looks at a method's body, edits it or makes another.</summary>
    /// <param name="context">The context type that the body runs under.</param>
    /// <param name="reflection">What is called, and its body.</param>
    /// <returns>The edited body, which is overdubbed next, or a replacement that is emitted as it stands.</returns>
    PassResult Run(TypeSymbol context, Reflection reflection);
}
