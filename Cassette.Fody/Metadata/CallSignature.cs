using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>The signature behind a <c>calli</c> or a function pointer, with type arguments put in.</summary>
public sealed class CallSignature(
    IMethodSignature source, MethodCallingConvention convention, bool hasThis, bool explicitThis, TypeSymbol returnType, TypeSymbol[] parameters)
{
    /// <summary>The Cecil signature it was read from: keeps custom modifiers and unmanaged conventions for emission.</summary>
    public IMethodSignature Source { get; } = source;

    public MethodCallingConvention Convention { get; } = convention;

    public bool HasThis { get; } = hasThis;

    public bool ExplicitThis { get; } = explicitThis;

    public TypeSymbol ReturnType { get; } = returnType;

    public TypeSymbol[] Parameters { get; } = parameters;
}
