using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// What must have a clone, and what follows from that whatever its body says: overrides and implementations of a virtual method, the methods
/// that delegates of a type are made of. New clones wait to be visited.
/// </summary>
internal sealed class CloneRequests(TypeUniverse types, ModuleIndex index, ClonePolicy policy, SiteRuleFinder rules, Lazy<VirtualFamilies> families, FamilyRouter router)
{
    private readonly List<PlannedClone> inOrder = [];
    private readonly Queue<PlannedClone> work = [];
    private readonly HashSet<(MethodDefinition, ContextStack)> slots = [];
    private readonly List<SlotStub> stubs = [];
    private readonly List<(TypeDefinition DelegateType, ContextStack Stack)> invocations = [];
    private readonly HashSet<(TypeDefinition, ContextStack)> invoked = [];
    private readonly HashSet<(TypeDefinition, ContextStack)> entered = [];
    private readonly List<RefusedTarget> refusedTargets = [];
    private readonly List<DelegatePrimitive> delegatePrimitives = [];
    private readonly HashSet<(MethodReference, ContextStack)> primitiveTargets = [];
    private readonly HashSet<(MethodDefinition, ContextStack)> membersRequested = [];
    private readonly List<(MethodDefinition Root, ContextStack Stack)> calledFamilies = [];
    private readonly HashSet<(MethodDefinition, ContextStack)> familiesSeen = [];

    /// <summary>The clones, for finding them.</summary>
    public PlannedClones Known { get; } = new();

    /// <summary>The clones in the order of their requests.</summary>
    public IReadOnlyList<PlannedClone> InOrder => inOrder;

    public IReadOnlyList<SlotStub> Stubs => stubs;

    public IReadOnlyList<(MethodDefinition Root, ContextStack Stack)> Families => calledFamilies;

    public IReadOnlyList<(TypeDefinition DelegateType, ContextStack Stack)> Invocations => invocations;

    public IReadOnlyList<DelegatePrimitive> DelegatePrimitives => delegatePrimitives;

    public IReadOnlyList<RefusedTarget> RefusedTargets => refusedTargets;

    /// <summary>The next clone whose body is to be looked at; null when there is none.</summary>
    public PlannedClone? Next() => work.Count > 0 ? work.Dequeue() : null;

    /// <summary>The clone that is generic as its original is, made when there is none yet.</summary>
    public PlannedClone Request(MethodDefinition method, ContextStack stack, CloneReason reason, RulePlace? place = null) =>
        Known.Shared(method, stack, place) ?? Add(new PlannedClone(method, stack, reason, policy.Refusal(method, stack)) { Place = place });

    public PlannedClone Add(PlannedClone clone)
    {
        Known.Add(clone);
        inOrder.Add(clone);
        if (clone.Refusal == LeaveReason.None)
            work.Enqueue(clone);
        return clone;
    }

    /// <summary>A virtual method of the module and all that may run in its place.</summary>
    public void RequestSlot(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        var root = method.DeclaringType.IsInterface ? method : families.Value.RootInModule(method);
        AddSlot(root, stack, reason);
    }

    /// <summary>Every type of the module that takes part in the family gets a slot of it for the stack.</summary>
    public void RequestFamily(MethodDefinition root, ContextStack stack)
    {
        if (!familiesSeen.Add((root, stack)))
            return;
        calledFamilies.Add((root, stack));
        var reason = new CloneReason(CloneReasonKind.Implementation, root);
        foreach (var member in router.Outside.MembersOf(root))
        {
            var method = member.Method!.Definition!;
            if (root.IsStatic || method.DeclaringType.IsInterface)
            {
                if (policy.Refusal(method, stack) != LeaveReason.None)
                    continue;
                Request(method, stack, reason).IsExact = true;
            }
            else
            {
                RequestSlot(method, stack, reason);
            }
            stubs.Add(new SlotStub(member.Type, stack, member.InterfaceMethod, member.Method) { IsOfFamily = true });
        }
        // Of a receiver outside the module the method runs natively, and calls what it is handed.
        foreach (var parameter in HandedDelegates.ParametersOf(types.SelfOf(root)))
            Invoke(HandedDelegates.DelegateTypeOf(types.SelfOf(root).Parameters[parameter])!, stack, reason);
    }

    /// <summary>A delegate that is made of a method is called in overdubbed code.</summary>
    public void RequestDelegate(MethodSymbol target, ContextStack stack, CloneReason reason) =>
        RequestDelegate(target.Definition is { } definition && definition.Module == types.Module ? definition : target.Reference, stack, reason);

    private void RequestDelegate(MethodReference target, ContextStack stack, CloneReason reason)
    {
        if (target is MethodDefinition { IsStatic: false, IsVirtual: true } @virtual)
            RequestTargets(@virtual, stack, new CloneReason(CloneReasonKind.Delegate, reason.Source));
        else if (target is MethodDefinition method)
            RequestTarget(method, stack, new CloneReason(CloneReasonKind.Delegate, reason.Source));
        else
            RequestOutside(target, stack, reason.Source);
    }

    /// <summary>A delegate of this type is called in overdubbed code: whatever such delegates are made of may run there.</summary>
    public void Invoke(TypeDefinition delegateType, ContextStack stack, CloneReason reason)
    {
        if (!invoked.Add((delegateType, stack)))
            return;
        invocations.Add((delegateType, stack));
        foreach (var target in index.TargetsOf(delegateType))
            RequestDelegate(target, stack, reason);
    }

    /// <summary>
    /// What an entry's delegate is made of runs in its stack: the methods that the entering body shows, or else any that the module makes
    /// delegates of this type of. Without the former, every lambda with an entry in it would be nested in every other context.
    /// </summary>
    public void Enter(EntryCall entry, MethodDefinition source, IReadOnlyList<MethodSymbol>? known)
    {
        if (entry.IsTooDeep)
            return;
        var reason = new CloneReason(CloneReasonKind.Entry, source);
        if (known is null)
        {
            Invoke(entry.DelegateType, entry.Stack, reason);
            return;
        }
        if (entered.Add((entry.DelegateType, entry.Stack)))
            invocations.Add((entry.DelegateType, entry.Stack));
        foreach (var target in known)
            RequestDelegate(target, entry.Stack, reason);
    }

    /// <summary>What leaves a context as its result runs in it where code outside calls it, if it is a delegate.</summary>
    public void HandOut(TypeSymbol result, ContextStack stack, MethodDefinition source)
    {
        if (EntryCall.IsDelegate(result))
            Invoke(result.Definition!, stack, new CloneReason(CloneReasonKind.Delegate, source));
    }

    /// <summary>What a pass makes delegates of may run wherever such delegates are called, as what the module itself makes them of.</summary>
    public void AddDelegates(PlannedClone clone, MethodIR body)
    {
        foreach (var (delegateType, target) in index.AddMadeBy(body))
        {
            foreach (var (_, stack) in invocations.Where(i => i.DelegateType == delegateType && invoked.Contains(i)).Distinct().ToArray())
                RequestDelegate(target, stack, new CloneReason(CloneReasonKind.Delegate, clone.Author));
        }
    }

    /// <summary>
    /// What lies outside the module runs natively, except by a primitive; but a delegate over a virtual method is bound to what the object has
    /// for it, which may be the module's.
    /// </summary>
    private void RequestOutside(MethodReference target, ContextStack stack, MethodDefinition? source)
    {
        RequestPrimitive(target, stack, source, hasClone: false);
        if (types.DefinitionOf(target.GetElementMethod()) is not { } definition)
            return;
        refusedTargets.Add(new RefusedTarget(definition, stack, LeaveReason.NotSelected, source));
        if (!definition.IsVirtual || definition.IsStatic || !membersRequested.Add((definition, stack)))
            return;
        foreach (var member in router.Outside.MembersOf(router.Outside.RootOf(types.SelfOf(definition)).Definition!))
        {
            if (member.Method?.Definition is { DeclaringType.IsInterface: false } own && own.Module == types.Module)
                RequestTargets(own, stack, new CloneReason(CloneReasonKind.Delegate, source));
        }
    }

    private void RequestPrimitive(MethodReference target, ContextStack stack, MethodDefinition? source, bool hasClone)
    {
        if (target.HasGenericParameters || target.DeclaringType.GetElementType().HasGenericParameters || source is null || !primitiveTargets.Add((target, stack)))
            return;
        var symbol = types.Import(target, GenericScope.Empty);
        if (symbol.Definition != null && rules.ForDelegateTarget(symbol, stack, source) is { } found)
            delegatePrimitives.Add(new DelegatePrimitive(symbol, stack, found, hasClone, source));
    }

    /// <summary>A delegate over a virtual method is bound to the override it finds: every override may be a target.</summary>
    private void RequestTargets(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        if (!method.IsAbstract)
            RequestTarget(method, stack, reason);
        foreach (var overrider in families.Value.OverridersOf(method))
            RequestTargets(overrider, stack, reason);
        foreach (var implementation in families.Value.ImplementationsOf(method))
        {
            if (implementation.Method?.Definition is { } found && found != method)
                RequestTargets(found, stack, reason);
        }
    }

    private void RequestTarget(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        var isRefused = policy.Refusal(method, stack) != LeaveReason.None;
        RequestPrimitive(method, stack, reason.Source, !isRefused);
        if (isRefused)
        {
            refusedTargets.Add(new RefusedTarget(method, stack, policy.Refusal(method, stack), reason.Source));
            return;
        }
        var clone = Request(method, stack, reason);
        clone.IsExact = true;
        clone.IsDelegateTarget = true;
    }

    private void AddSlot(MethodDefinition method, ContextStack stack, CloneReason reason)
    {
        if (!slots.Add((method, stack)))
            return;
        // An interface's own default body is reached through the types that use it; its slot itself calls natively, which is what
        // a type that the weaver never sees needs.
        Request(method, stack, reason).IsSlot = true;
        foreach (var overrider in families.Value.OverridersOf(method))
            AddSlot(overrider, stack, new CloneReason(CloneReasonKind.Override, method));
        foreach (var implementation in families.Value.ImplementationsOf(method))
            AddImplementation(implementation, stack, method);
    }

    private void AddImplementation(InterfaceImplementation implementation, ContextStack stack, MethodDefinition interfaceMethod)
    {
        var reason = new CloneReason(CloneReasonKind.Implementation, interfaceMethod);
        if (implementation.Method?.Definition is not { } method)
        {
            stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, null));
            return;
        }
        if (method.DeclaringType.IsInterface)
        {
            // A default implementation: run exactly, on this type.
            if (policy.Refusal(method, stack) == LeaveReason.None)
                Request(method, stack, reason).IsExact = true;
            stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, implementation.Method));
            return;
        }
        RequestSlot(method, stack, reason);
        stubs.Add(new SlotStub(implementation.Type, stack, implementation.InterfaceMethod, implementation.Method));
    }
}
