using System.Collections.Generic;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Where a call in overdubbed code goes when no primitive takes it.</summary>
public enum CallRoute
{
    /// <summary>The native call: the fallback.</summary>
    Native,
    /// <summary>The callee's clone, called exactly.</summary>
    Exact,
    /// <summary>The callee's clone, through its virtual slot.</summary>
    Slot,
    /// <summary>The clone that the object's type has in a family rooted outside, or of static members, if it has one; else the native call.</summary>
    Family,
    /// <summary>A delegate's invocation: its target's clone if it has one.</summary>
    Invoke,
    /// <summary>A call through a function pointer: the clone of what it points to, if it has one.</summary>
    Pointer,
    /// <summary>An object made of a type argument: by the clone of its type's constructor if there is one.</summary>
    Construction,
    /// <summary>An entry into another context.</summary>
    Entry,
}

/// <summary>What becomes of one call in a clone's body.</summary>
/// <param name="Route">Where it goes.</param>
/// <param name="Target">For <see cref="CallRoute.Exact"/> and <see cref="CallRoute.Slot"/> the method whose clone is called; for <see cref="CallRoute.Family"/> the family's root.</param>
/// <param name="Reason">For <see cref="CallRoute.Native"/> why; for <see cref="CallRoute.Construction"/> why it may be native.</param>
/// <param name="IsJoinPoint">Whether hooks and primitives see it.</param>
public sealed record CallSite(CallRoute Route, MethodDefinition? Target, LeaveReason Reason, bool IsJoinPoint)
{
    /// <summary>
    /// The <see cref="Target"/> as the call's place sees it, where it is another method than the one that the call names: an override that the
    /// receiver's type shows, or the family's root. Hooks see what the call names.
    /// </summary>
    public MethodSymbol? Callee { get; init; }

    /// <summary>
    /// For <see cref="CallRoute.Family"/> the type that a <c>constrained.</c> call names; null for a call on an object. For <see cref="CallRoute.Slot"/>
    /// the type parameter that it names, where that may stand for a struct which has no slot.
    /// </summary>
    public TypeSymbol? Self { get; init; }

    /// <summary>
    /// For <see cref="CallRoute.Native"/> in a family rooted outside: whether it is known that none of the family's members in the module is behind the
    /// receiver, or only a state machine that the body itself makes.
    /// </summary>
    public bool RunsNoMember { get; init; }

    /// <summary>For <see cref="CallRoute.Family"/> the classes that the receiver's is compared with first; null where it is not.</summary>
    public ExactFamily? Classes { get; init; }

    /// <summary>For <see cref="CallRoute.Construction"/> the constructors with clones that may run.</summary>
    public IReadOnlyList<MethodSymbol>? Constructors { get; init; }

    /// <summary>For <see cref="CallRoute.Invoke"/> the open delegate type.</summary>
    public TypeDefinition? DelegateType { get; init; }

    /// <summary>For <see cref="CallRoute.Invoke"/> the invoker that the call goes to, where a copy of it goes to another; null where any does.</summary>
    public MethodSymbol? Invoker { get; init; }

    /// <summary>For <see cref="CallRoute.Entry"/> the entry.</summary>
    public EntryCall? Entry { get; init; }

    /// <summary>For <see cref="CallRoute.Entry"/> how the caller has the contexts that are entered.</summary>
    public EntryForm Form { get; init; }

    /// <summary>For the call of a rule as an outer level sees it: which of the rule's clones it goes to, where the rule enters its own context.</summary>
    public RulePlace? Place { get; init; }

    /// <summary>The rules that apply; null when none of any kind does.</summary>
    public SiteRules? Rules { get; init; }

    /// <summary>For an instruction that is presented as a call the instruction. It goes nowhere but where it went.</summary>
    public IntrinsicCall? Intrinsic { get; init; }

    /// <summary>Whether the call allocates an object for the compiler's purposes, which only rules for allocations see.</summary>
    public bool IsPlumbingAllocation { get; init; }

    /// <summary>Whether any level has rules for it.</summary>
    public bool HasRulesAnywhere => Rules != null || Outer is { HasRulesAnywhere: true } || Plain is { HasRulesAnywhere: true };

    /// <summary>The stack whose innermost context looks at the call here.</summary>
    public required ContextStack Level { get; init; }

    /// <summary>The stack of the clone that the call goes to: the clone's own, or an outer part of it.</summary>
    public required ContextStack Goes { get; init; }

    /// <summary>
    /// What the next outer context makes of the call that this level has made of it: the inner pass is applied first, the outer one to its result.
    /// Null at the outermost level.
    /// </summary>
    public CallSite? Outer { get; init; }

    /// <summary>What the next outer context makes of the plain call, where this level leaves it native. Null at the outermost level.</summary>
    public CallSite? Plain { get; init; }

    /// <summary>What the next outer context makes of the calls of this level's rules; null at the outermost level.</summary>
    public IReadOnlyDictionary<RuleBinding, CallSite>? OuterOfRules { get; init; }
}
