using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// The calls of a plan that leave their context. Found in the planned bodies before these are transformed; as the verifier may refuse a clone
/// later, <see cref="Now"/> looks at the clones as they stand.
/// </summary>
internal sealed class LeavingCalls
{
    private readonly TypeUniverse types;
    private readonly WeavePlan plan;
    private readonly HandOvers handOvers;
    private readonly Lazy<ForeignFamilies> foreign;
    private readonly HandedObjects handedObjects;
    private readonly PlannedClones clones = new();
    private readonly HashSet<(MethodDefinition, ContextStack, int, MethodSymbol?)> seen = [];
    private readonly List<LeavingCall> native = [];
    private readonly List<LeavingCall> ofClones = [];

    private LeavingCalls(TypeUniverse types, WeavePlan plan, HandOvers handOvers)
    {
        this.handOvers = handOvers;
        this.types = types;
        this.plan = plan;
        foreign = new(() => new ForeignFamilies(types));
        handedObjects = new HandedObjects(types);
    }

    /// <summary>Looks through a plan that is not carried out yet, and notes what is handed over on the way.</summary>
    public static LeavingCalls Find(TypeUniverse types, WeavePlan plan, HandOvers handOvers)
    {
        var found = new LeavingCalls(types, plan, handOvers);
        foreach (var clone in plan.Clones)
            found.clones.Add(clone);
        foreach (var clone in plan.Clones)
        {
            if (clone.Body is { } body)
                found.Visit(clone, body);
        }
        foreach (var member in plan.Machines.SelectMany(m => m.Members))
            found.Visit(member, member.Body!);
        found.AddEntries();
        found.AddStubs();
        found.AddDelegateTargets();
        return found;
    }

    /// <summary>Every call that leaves, those of clones that were refused since included.</summary>
    public IEnumerable<LeavingCall> Now()
    {
        var called = new HashSet<PlannedClone>(ReferenceComparer<PlannedClone>.Instance);
        foreach (var call in native)
            yield return call;
        foreach (var call in ofClones)
        {
            if (!IsRefused(call.Forwarder!))
                continue;
            called.Add(call.Forwarder!);
            yield return call with { Reason = call.Forwarder!.Refusal };
        }
        // An override, an implementation or a delegate's target that no call names.
        foreach (var clone in plan.Clones)
        {
            if (IsRefused(clone) && !called.Contains(clone))
                yield return new LeavingCall(clone.Stack, clone.Reason.Source, clone.SelfIn(types), clone.Refusal, null) { Forwarder = clone };
        }
    }

    /// <summary>Whether a clone only calls its original, which has a body of its own.</summary>
    public static bool IsRefused(PlannedClone clone) => clone.Refusal != LeaveReason.None && !clone.Method.IsAbstract;

    private void Visit(PlannedClone clone, MethodIR body)
    {
        var machine = new StackMachine(body);
        SourceSpan? source = null;
        handOvers.Note(clone);
        var arrays = OutsideArrays.Find(body, types.Module);
        foreach (var block in body.Blocks)
        {
            if (!block.IsReachable)
                continue;
            machine.Enter(block);
            foreach (var instruction in block.Instructions)
            {
                source = instruction.Source is { IsHidden: false } visible ? visible : source;
                clone.Sites.TryGetValue(instruction, out var site);
                handOvers.Note(clone, instruction, site, machine, source);
                if (site is { Intrinsic: null, Rules: not { TakesTheCall: true } })
                    Add(clone, instruction, site, machine, source);
                if (KeptDelegates.IsLost(instruction, types.Module) && seen.Add((clone.Method, clone.Stack, instruction.OriginalOffset, null)))
                    native.Add(new LeavingCall(clone.Stack, clone.Author, null, LeaveReason.DelegateHandedOut, source) { Field = instruction.Field });
                if (arrays.TryGetValue(instruction, out var origin) && seen.Add((clone.Method, clone.Stack, instruction.OriginalOffset, null)))
                    native.Add(new LeavingCall(clone.Stack, clone.Author, origin as MethodSymbol, LeaveReason.DelegateHandedOut, source) { Field = origin as FieldSymbol, IsElement = true });
                machine.Apply(instruction);
            }
        }
    }

    private void Add(PlannedClone clone, Instruction instruction, CallSite site, StackMachine machine, SourceSpan? source)
    {
        // Clones for several type arguments have the same calls, but those that name the arguments.
        if (!seen.Add((clone.Method, clone.Stack, instruction.OriginalOffset, instruction.Operand as MethodSymbol)))
            return;
        var call = new LeavingCall(clone.Stack, clone.Author, instruction.Operand as MethodSymbol, site.Reason, source);
        switch (site.Route)
        {
            case CallRoute.Exact or CallRoute.Slot when clones.Find(instruction, site, clone.Stack) is { } target:
                ofClones.Add(call with { Forwarder = target });
                break;
            case CallRoute.Family:
                // Where the receiver is none of the module's, what runs is native.
                native.Add(call with { Reason = LeaveReason.RootedOutside });
                break;
            case CallRoute.Entry when MayHoldDelegate(call.Callee!.ReturnType) && !site.Entry!.BindsResult(call.Callee, clone.Author):
                native.Add(call with { Stack = site.Entry!.Stack, Reason = LeaveReason.DelegateReturned });
                break;
            case CallRoute.Construction:
                // What makes the objects of other types is native.
                native.Add(call);
                break;
            case CallRoute.Pointer:
                // Where the pointer is none of the module's, likewise.
                native.Add(call);
                break;
            case CallRoute.Native when !IsRootConstructor(call):
                native.Add(Refine(call, instruction, site, machine));
                break;
        }
    }

    /// <summary><c>object</c>'s constructor, which every class's calls and which does nothing.</summary>
    private bool IsRootConstructor(LeavingCall call) => call.Callee is { IsConstructor: true, Parameters.Length: 0 } callee && callee.DeclaringType == types.Object;

    private LeavingCall Refine(LeavingCall call, Instruction instruction, CallSite site, StackMachine machine)
    {
        if (call.Reason == LeaveReason.FunctionPointer)
            return call with { MayReachModule = true };
        if (call.Reason == LeaveReason.RootedOutside)
            call = call with { MayReachModule = !site.RunsNoMember && foreign.Value.MayReachModule(call.Callee!, ReceiverOf(instruction, machine)) };
        if (!(call.Reason == LeaveReason.NotSelected || call.Reason == LeaveReason.RootedOutside && !call.MayReachModule))
            return call;
        if (HandsOutDelegate(call.Callee!))
            return call with { Reason = LeaveReason.DelegateHandedOut };
        var given = ArgumentsOf(instruction, machine);
        return handedObjects.Find(call.Callee!, given, out var isCertain) is { } handed
            ? call with { Reason = LeaveReason.ObjectHandedOut, Handed = handed, MayReachModule = isCertain }
            : call;
    }

    private static List<TypeSymbol?> ArgumentsOf(Instruction call, StackMachine machine) =>
        [.. machine.Stack.Skip(machine.Stack.Count - call.Method.VarArgs.Length - call.Method.Parameters.Length).Take(call.Method.Parameters.Length)
            .Select(value => value.Kind == StackKind.ByRef ? null : value.Type)];

    private static TypeSymbol? ReceiverOf(Instruction call, StackMachine machine) =>
        call.Constrained ?? machine.Stack[machine.Stack.Count - StackMachine.PopsOfCall(call)].Type;

    /// <summary>
    /// Whether a call passes delegates to code that may call them, in a way that cannot be followed: as a delegate of any type, to native code,
    /// or as parts of a span.
    /// </summary>
    private static bool HandsOutDelegate(MethodSymbol callee)
    {
        if (callee.Definition is not { } definition || CallRouter.IsDelegate(definition.DeclaringType) || HandedDelegates.IsDelegateRoot(definition.DeclaringType))
            return false;
        var bound = new HashSet<int>(HandedDelegates.ParametersOf(callee));
        for (var i = 0; i < callee.Parameters.Length; i++)
        {
            if (bound.Contains(i) || definition.Parameters[i].ParameterType is GenericParameter)
                continue;
            var type = callee.Parameters[i];
            if (IsDelegate(type) || type.Arguments.Any(IsDelegate) && definition.Parameters[i].ParameterType is not GenericInstanceType { HasGenericArguments: true, ContainsGenericParameter: true })
                return true;
        }
        return false;
    }

    private static bool IsDelegate(TypeSymbol type) => type.Definition is { } definition && (CallRouter.IsDelegate(definition) || HandedDelegates.IsDelegateRoot(definition));

    /// <summary>Native code may call what an entry returns, or what it takes out of it, when the context is left.</summary>
    private void AddEntries()
    {
        foreach (var entering in plan.EnteringMethods)
        {
            var scope = GenericScope.Of(types, entering.Method);
            foreach (var (index, entry) in entering.Entries)
            {
                var instruction = entering.Method.Body.Instructions[index];
                var callee = types.Import((MethodReference)instruction.Operand, scope);
                if (MayHoldDelegate(callee.ReturnType) && !entry.BindsResult(callee, entering.Method))
                    native.Add(new LeavingCall(entry.Stack, entering.Method, callee, LeaveReason.DelegateReturned, EntryPlanner.SourceAt(entering.Method, instruction.Offset)));
            }
        }
    }

    private static bool MayHoldDelegate(TypeSymbol type) => IsDelegate(type) || type.Element is { } element && MayHoldDelegate(element) || type.Arguments.Any(MayHoldDelegate);

    private void AddStubs()
    {
        foreach (var stub in plan.SlotStubs)
        {
            if (stub.Implementation is null)
            {
                native.Add(new LeavingCall(stub.Stack, null, stub.InterfaceMethod, LeaveReason.RootedOutside, null)
                {
                    MayReachModule = foreign.Value.Implements(stub.Type, stub.InterfaceMethod),
                });
            }
        }
    }

    private void AddDelegateTargets()
    {
        var taken = new HashSet<(MethodSymbol, ContextStack)>(plan.DelegatePrimitives.Where(p => p.Rules.TakesTheCall).Select(p => (p.Target, p.Stack)));
        foreach (var target in plan.RefusedTargets)
        {
            var callee = types.SelfOf(target.Method);
            // The same method may be the target of delegates of several types.
            if (taken.Add((callee, target.Stack)))
                native.Add(new LeavingCall(target.Stack, target.Source, callee, target.Reason, null));
        }
    }
}
