using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>By what way methods of the module come to be run from outside of the context's clones.</summary>
public enum HandOverKind
{
    /// <summary>Objects go to code outside, which calls their methods.</summary>
    Object,
    /// <summary>The runtime runs the type's static constructor, once, at the first use that needs it.</summary>
    StaticConstructor,
    /// <summary>The garbage collector runs the object's finaliser.</summary>
    Finalizer,
}

/// <summary>
/// Methods of the module that code outside may run natively below an entry although no clone calls them: what the framework calls back on
/// objects that it was handed, and what the runtime itself runs.
/// </summary>
/// <param name="Stack">The context that is left.</param>
/// <param name="Kind">How.</param>
/// <param name="Type">The static type of what is handed over; what is of it, or derived from it, is meant.</param>
/// <param name="Methods">What may be run.</param>
internal sealed record HandOver(ContextStack Stack, HandOverKind Kind, TypeSymbol Type, IReadOnlyList<MethodDefinition> Methods)
{
    /// <summary>Where it happens.</summary>
    public List<HandOverSite> Sites { get; } = [];
}

/// <summary>A place in overdubbed code from which code outside gets hold of objects.</summary>
/// <param name="Caller">The author's method.</param>
/// <param name="Callee">What is called; null where the object is thrown or put into a field, or a type is used without a call.</param>
/// <param name="Source">Where.</param>
internal sealed record HandOverSite(MethodDefinition Caller, MethodSymbol? Callee, SourceSpan? Source)
{
    /// <summary>The field outside that the object is put into; null where it is none.</summary>
    public FieldSymbol? Field { get; init; }

    /// <summary>What takes the object out, by name; null where it is thrown, or a type is used without a call.</summary>
    public string? Name => Callee?.DisplayName ?? Field?.DisplayName;
}
