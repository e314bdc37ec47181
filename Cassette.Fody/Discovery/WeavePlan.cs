using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>Why something is in the plan: an entry, a call, an override, a delegate; and where.</summary>
/// <param name="Kind">What kind of edge led here.</param>
/// <param name="Source">The method at the edge's other end; null where the configuration asked for it.</param>
public sealed record CloneReason(CloneReasonKind Kind, MethodDefinition? Source);

public enum CloneReasonKind
{
    Entry,
    DeclaredEntry,
    Call,
    VirtualCall,
    Override,
    Implementation,
    Delegate,
}

/// <summary>A method of the module that gets a clone for a context stack.</summary>
public sealed class PlannedClone
{
    internal PlannedClone(MethodDefinition method, ContextStack stack, CloneReason reason, LeaveReason refusal)
    {
        Method = method;
        Stack = stack;
        Reason = reason;
        Refusal = refusal;
    }

    public MethodDefinition Method { get; }

    /// <summary>The method on the type arguments that the clone is specialised for; null for a clone that is generic as the original is.</summary>
    public MethodSymbol? Instance { get; internal init; }

    /// <summary>
    /// Whether the clone is a static method that takes the receiver first, though the original is not: a method of <c>Box&lt;T&gt;</c> has a
    /// <c>this</c> of that type, and one that is specialised for <c>int</c> needs a <c>Box&lt;int&gt;</c>.
    /// </summary>
    public bool TakesReceiver => Instance != null && Machine is null && !Method.IsStatic && Method.DeclaringType.HasGenericParameters;

    /// <summary>
    /// The method whose body the author wrote it in, which is the caller of its calls: for a state machine's member the kickoff, otherwise the
    /// method itself.
    /// </summary>
    public MethodDefinition Author => Machine?.Kickoff ?? Method;

    /// <summary>The state machine that the method is a member of. Its clone is a member of the machine's clone, which keeps the contexts.</summary>
    internal StateMachine? Machine { get; init; }

    public ContextStack Stack { get; }

    /// <summary>For a rule's clone that must know where the rule is called; null for any other.</summary>
    public RulePlace? Place { get; internal init; }

    /// <summary>All contexts that the clone runs in or hands on, innermost first: those of its <see cref="Stack"/> are the end of them.</summary>
    public TypeSymbol[] Contexts => Place is null ? Stack.Levels : [.. Place.Inner, .. Stack.Levels];

    /// <summary>The clone's last parameters: the contexts that have fields. A constructor has all: only they tell its clones apart.</summary>
    public TypeSymbol[] ContextParameters => Method.IsConstructor ? Contexts : [.. Contexts.Where(c => !ContextStack.IsEmpty(c))];

    /// <summary>What the clone's name says after the original's.</summary>
    public string NameSuffix => "@" + Stack.Name + (Place is null ? "" : "|" + Place.Code.Name);

    public CloneReason Reason { get; }

    /// <summary>Why its clone only calls the original; None for a real clone. Such a forwarder is needed where a virtual slot must be filled.</summary>
    public LeaveReason Refusal { get; internal set; }

    /// <summary>The importer's or verifier's words, when <see cref="Refusal"/> is <see cref="LeaveReason.Refused"/>.</summary>
    public string? RefusalText { get; internal set; }

    /// <summary>Called through a virtual slot.</summary>
    public bool IsSlot { get; internal set; }

    /// <summary>Called exactly, whatever the receiver's type: statically, as a constructor, by <c>base.</c>, through a delegate.</summary>
    public bool IsExact { get; internal set; }

    /// <summary>Registered with the stack's delegate table.</summary>
    public bool IsDelegateTarget { get; internal set; }

    /// <summary>For a declared entry that runs under other contexts: its clone one level deeper, which it enters.</summary>
    public PlannedClone? Enters { get; internal set; }

    /// <summary>Whether it is a declared entry nested deeper than <c>MaxNesting</c> allows: calling it throws.</summary>
    public bool IsTooDeep { get; internal set; }

    /// <summary>The body that the planner imported and looked at; the transformation takes it from here.</summary>
    public MethodIR? Body { get; internal set; }

    /// <summary>Where the delegates that <see cref="Body"/> hands to native calls are made; null where it hands none.</summary>
    internal DelegateFlow? Delegates { get; set; }

    /// <summary>Calls of <see cref="Body"/> of whose results the classes can be guessed, those of which fewer blocks read the result first.</summary>
    internal IReadOnlyList<KeptResult> KeptResults { get; set; } = [];

    /// <summary>Whether <see cref="Body"/> puts delegates into fields outside, or reads them from there.</summary>
    internal bool TouchesKeptDelegates { get; set; }

    /// <summary>Whether the contexts are arguments of <see cref="Body"/> already, as they are for passes.</summary>
    internal bool HasContexts { get; set; }

    /// <summary>What happens to each call of <see cref="Body"/> that is not simply left as it is.</summary>
    public Dictionary<Instruction, CallSite> Sites { get; } = new(ReferenceComparer<Instruction>.Instance);

    /// <summary>The method as the clone's body sees it.</summary>
    public MethodSymbol SelfIn(TypeUniverse types) => Instance ?? types.SelfOf(Method);

    public override string ToString() => (Instance?.DisplayName ?? Method.FullName) + " in " + Stack + (Place is null ? "" : " for " + Place.Code);
}

/// <summary>A native method whose body enters contexts.</summary>
/// <param name="Method">The method.</param>
/// <param name="Entries">Its entries, by the index of the call among the body's instructions.</param>
public sealed record EnteringMethod(MethodDefinition Method, IReadOnlyList<(int Index, EntryCall Entry)> Entries);

/// <summary>One way into a context: which word, for which delegate type and which stack.</summary>
/// <param name="Word"><c>Overdub</c>, <c>Recurse</c>, <c>Fallback</c> or <c>CanRecurse</c>.</param>
/// <param name="EntryPoint">The runtime library's method that is replaced.</param>
/// <param name="DelegateType">The open delegate type.</param>
/// <param name="PassesContext">Whether the delegate takes the context first.</param>
/// <param name="Stack">The contexts that are entered.</param>
public sealed record EntryCall(string Word, MethodDefinition EntryPoint, TypeDefinition DelegateType, bool PassesContext, ContextStack Stack)
{
    /// <summary>Whether the entry is nested deeper than <c>MaxNesting</c> allows: running it throws.</summary>
    public bool IsTooDeep { get; init; }

    /// <summary>Whether what the entry returns is a delegate that is to carry the contexts out of it.</summary>
    /// <param name="callee">The entry point as the call names it.</param>
    /// <param name="caller">The author's method that calls it; a rule's results go back into the contexts.</param>
    public bool BindsResult(MethodSymbol callee, MethodDefinition caller) =>
        Word == "Overdub" && !IsTooDeep && IsDelegate(callee.ReturnType) && !SiteRuleFinder.IsRule(caller);

    /// <summary>Whether a value is known to be a delegate, and of which type.</summary>
    public static bool IsDelegate(TypeSymbol type) => type is { Shape: not TypeShape.Vector, Definition: { } definition } && CallRouter.IsDelegate(definition);
}

/// <summary>A method that is an entry by declaration: running it enters a context.</summary>
public sealed record DeclaredEntry(MethodDefinition Method, TypeSymbol Context, PlannedClone Planned);

/// <summary>Everything that will be written, decided before anything is written. Lists are in a deterministic order.</summary>
public sealed class WeavePlan
{
    public required IReadOnlyList<PlannedClone> Clones { get; init; }

    /// <summary>Whether any of the bodies has calls that must not keep their caller's frame.</summary>
    public bool HasTailCalls => Clones.Any(c => c.Body is { } body && body.Blocks.Exists(b => b.Instructions.Exists(i => (i.Prefixes & Prefixes.Tail) != 0)));

    /// <summary>The state machines that clones of kickoffs start.</summary>
    internal IReadOnlyList<PlannedMachine> Machines { get; init; } = [];

    public required IReadOnlyList<EnteringMethod> EnteringMethods { get; init; }

    public required IReadOnlyList<DeclaredEntry> DeclaredEntries { get; init; }

    /// <summary>The stubs that lead an interface's slot to an inherited or default implementation.</summary>
    public required IReadOnlyList<SlotStub> SlotStubs { get; init; }

    /// <summary>The families, by their roots, of which overdubbed code calls members where only a test of the type can tell what runs.</summary>
    public required IReadOnlyList<(MethodDefinition Root, ContextStack Stack)> Families { get; init; }

    /// <summary>What function pointers that overdubbed code calls may point to.</summary>
    public required IReadOnlyList<(MethodSymbol Target, ContextStack Stack)> PointerTargets { get; init; }

    /// <summary>The delegate types that overdubbed code calls, by stack.</summary>
    public required IReadOnlyList<(TypeDefinition DelegateType, ContextStack Stack)> Invocations { get; init; }

    /// <summary>Methods that delegates are made of and that a primitive of the stack stands in for.</summary>
    public required IReadOnlyList<DelegatePrimitive> DelegatePrimitives { get; init; }

    /// <summary>Rules that enter their own context, and run where that has no hooks or has other contexts inside it as well.</summary>
    public required IReadOnlyList<RuleVariant> RuleVariants { get; init; }

    /// <summary>Methods that delegates are made of and that run natively; not all of them need ever be called in a context.</summary>
    public required IReadOnlyList<RefusedTarget> RefusedTargets { get; init; }
}

/// <summary>A method that a type needs so that an interface method's slot reaches the right implementation.</summary>
/// <param name="Type">The type that gets it.</param>
/// <param name="Stack">The context stack.</param>
/// <param name="InterfaceMethod">The interface's method as the type implements it.</param>
/// <param name="Implementation">What runs; null for a native call of the interface method.</param>
public sealed record SlotStub(TypeDefinition Type, ContextStack Stack, MethodSymbol InterfaceMethod, MethodSymbol? Implementation)
{
    /// <summary>Whether the slot is one of an interface that the weaver adds, for a family in which none can be added to the root.</summary>
    public bool IsOfFamily { get; init; }
}

/// <summary>
/// A delegate's target that a primitive takes: as in the seeds, <c>overdub(ctx, f, x)</c> looks at what <c>f</c> is. Recursing into the same
/// delegate passes the primitive by.
/// </summary>
/// <param name="Target">What the delegate is made of.</param>
/// <param name="Stack">The contexts that it is called in.</param>
/// <param name="Rules">The primitives, and no hooks.</param>
/// <param name="HasClone">Whether the target has a clone.</param>
/// <param name="Maker">A method that makes such a delegate.</param>
public sealed record DelegatePrimitive(MethodSymbol Target, ContextStack Stack, SiteRules Rules, bool HasClone, MethodDefinition Maker)
{
    /// <summary>The call of the target, as the primitive's context sees it, and those around it what it makes of it.</summary>
    public CallSite Site { get; internal set; } =
        new(HasClone ? CallRoute.Exact : CallRoute.Native, Target.Definition, LeaveReason.None, true) { Level = Stack, Goes = Stack, Rules = Rules };
}
