using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>What a pass is given: a bundle of information about one method that runs under a context. The seeds' <c>Reflection</c>.</summary>
/// <param name="method">What is called: the seeds' <c>method</c> and <c>signature</c>.</param>
/// <param name="body">Its body: the seeds' <c>code_info</c>.</param>
public sealed class Reflection(MethodSymbol method, MethodIR body)
{
    /// <summary>What is called, with the type arguments that are known.</summary>
    public MethodSymbol Method { get; } = method;

    /// <summary>Its body.</summary>
    public MethodIR Body { get; } = body;
}
