using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>
/// The parameters of a rule by what they are for. Types have the context's arguments put in; what is still open are the rule
/// method's own generic parameters, which a call binds.
/// </summary>
public sealed class RuleSignature
{
    /// <summary>The first parameter.</summary>
    public required TypeSymbol Context { get; init; }

    /// <summary>A posthook's output; null where it takes none.</summary>
    public TypeSymbol? Output { get; init; }

    /// <summary>A throwhook's exception.</summary>
    public TypeSymbol? Exception { get; init; }

    public bool HasJoinPoint { get; init; }

    /// <summary>The parameters that stand for one argument each.</summary>
    public TypeSymbol[] Typed { get; init; } = TypeSymbol.None;

    /// <summary>The first of them in the method's parameter list.</summary>
    public int FirstTyped { get; init; }

    public ArgumentsForm Form { get; init; }

    /// <summary><c>TArgs</c> or <c>TCall</c>, for the forms that have one.</summary>
    public GenericParameter? Swallower { get; init; }

    /// <summary>For <see cref="ArgumentsForm.Call"/>: the argument tuple in <c>ICall&lt;TArgs, TResult&gt;</c>, or null.</summary>
    public TypeSymbol? CallArguments { get; init; }

    /// <summary>For <see cref="ArgumentsForm.Call"/>: <c>TResult</c>, or a type in its place.</summary>
    public TypeSymbol? CallResult { get; init; }

    public required TypeSymbol Return { get; init; }

    /// <summary>What of a call's result the rule speaks of: a primitive's return type, which has to be what the call returns.</summary>
    public TypeSymbol Result => CallResult ?? Return;

    /// <summary>Whether calls with another number of arguments than there are typed parameters can match.</summary>
    public bool SwallowsRest => Form != ArgumentsForm.Fixed;
}
