using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>Decides for a call in overdubbed code where it goes when no primitive takes it, and whether it is a join point.</summary>
internal sealed class CallRouter(TypeUniverse types, ClonePolicy policy, Lazy<VirtualFamilies> families, StateMachines machines)
{
    public static bool IsCall(Instruction instruction) => instruction.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Calli;

    /// <summary>The site of a call, or null where the instruction is to stay exactly as it is and nothing is to be said of it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="caller">The method whose clone makes it.</param>
    /// <param name="stack">The stack whose innermost context looks at it.</param>
    /// <param name="level">How many levels of the clone's stack lie within that one.</param>
    public CallSite? Route(Instruction call, MethodDefinition caller, ContextStack stack, int level = 0) =>
        RouteCall(call, caller, stack, level) is { } site ? WithAllocation(site, call, level) : null;

    private CallSite? RouteCall(Instruction call, MethodDefinition caller, ContextStack stack, int level)
    {
        if (call.Code == Code.Calli)
            return Site(stack, CallRoute.Native, null, LeaveReason.FunctionPointer, false);
        var callee = call.Method;
        if (callee.Definition is not { } definition)
            return callee.DeclaringType.Shape is TypeShape.Array or TypeShape.Vector ? null : Native(stack, LeaveReason.Unresolved, call, caller);
        if (ModuleIndex.IsEntry(callee.Reference) || IsEntry(callee))
            return Site(stack, CallRoute.Entry, null, LeaveReason.None, false);
        if (call.Code == Code.Newobj && IsDelegate(definition.DeclaringType))
            return null;
        if (IsLeftAlone(call, level))
            return Site(stack, CallRoute.Native, null, LeaveReason.NoOverdub, false);
        if (definition.Name == "Invoke" && IsDelegate(definition.DeclaringType))
            return Site(stack, CallRoute.Invoke, null, LeaveReason.None, IsJoinPoint(call, caller)) with { DelegateType = definition.DeclaringType };
        if (machines.Around(caller) is { } machine && machine.StaysWithin(call, caller))
            return null;
        if (definition.Module != types.Module)
            return Native(stack, ReasonOutside(definition, call), call, caller);
        var slot = call.Code == Code.Callvirt && definition.IsVirtual && !definition.IsFinal && !definition.DeclaringType.IsSealed;
        // A slot would have a body, which an imported COM interface must not have.
        if (definition.DeclaringType.IsImport)
            return Native(stack, LeaveReason.NoBody, call, caller);
        if (definition.IsStatic && definition.IsVirtual)
            return Native(stack, LeaveReason.RootedOutside, call, caller);
        if (definition.DeclaringType.IsInterface && definition.IsVirtual && call.Code == Code.Callvirt)
            return Site(stack, CallRoute.Slot, definition, LeaveReason.None, IsJoinPoint(call, caller));
        if (slot)
        {
            var root = families.Value.RootOf(definition);
            return root.Module == types.Module
                ? Site(stack, CallRoute.Slot, definition, LeaveReason.None, IsJoinPoint(call, caller))
                : Native(stack, LeaveReason.RootedOutside, call, caller);
        }
        var refusal = policy.Refusal(definition, stack);
        return refusal == LeaveReason.None
            ? Site(stack, CallRoute.Exact, definition, LeaveReason.None, IsJoinPoint(call, caller))
            : Native(stack, refusal, call, caller);
    }

    public static bool IsDelegate(TypeDefinition type) => type.BaseType is { Name: "MulticastDelegate", Namespace: "System" };

    public static bool IsEntry(MethodSymbol callee) =>
        callee.DeclaringType.Named is { Name: "ContextEntry", Namespace: "Cassette" } && callee.Name is "Overdub" or "Recurse" or "Fallback" or "CanRecurse";

    /// <summary>
    /// Whether hooks see a call: the author's calls, in the author's code. A constructor's call of another constructor of the same object is
    /// part of that object's <c>new</c>, whose receiver does not exist yet.
    /// </summary>
    private bool IsJoinPoint(Instruction call, MethodDefinition caller)
    {
        var callee = call.Method;
        if (Plumbing.IsCompilerWritten(caller) || machines.Around(caller) is { } machine && machine.IsCompilersCall(callee, caller) || Plumbing.IsCompilerCallee(callee.Reference, callee.Definition))
            return false;
        return !(call.Code == Code.Call && callee.IsConstructor && !callee.DeclaringType.IsValueType);
    }

    /// <summary>
    /// <c>: this(...)</c> of a struct's constructor. Where the author writes <c>this = new S(...)</c> there, the compiler writes the same.
    /// </summary>
    public static bool ContinuesConstruction(Instruction call, MethodDefinition caller, StackMachine? machine)
    {
        if (machine is null || call.Code != Code.Call || !caller.IsConstructor || !call.Method.IsConstructor || call.Method.Definition?.DeclaringType != caller.DeclaringType)
            return false;
        return machine.Stack[machine.Stack.Count - StackMachine.PopsOfCall(call)].Has(StackFlags.This);
    }

    /// <summary>Whether a level leaves a call alone because a pass says so.</summary>
    public static bool IsLeftAlone(Instruction call, int level) => call.NoOverdub || (call.NativeLevels >> level & 1) != 0;

    private CallSite Native(ContextStack stack, LeaveReason reason, Instruction call, MethodDefinition caller) =>
        Site(stack, CallRoute.Native, null, reason, IsJoinPoint(call, caller));

    /// <summary>An object that is made for the compiler's own purposes is a join point for rules for allocations only.</summary>
    private static CallSite WithAllocation(CallSite site, Instruction call, int level) =>
        call.Code == Code.Newobj && !site.IsJoinPoint && !IsLeftAlone(call, level) && call.Method.DeclaringType.IsReferenceType ? site with { IsPlumbingAllocation = true } : site;

    private static CallSite Site(ContextStack stack, CallRoute route, MethodDefinition? target, LeaveReason reason, bool isJoinPoint) =>
        new(route, target, reason, isJoinPoint) { Level = stack, Goes = stack };

    private static LeaveReason ReasonOutside(MethodDefinition definition, Instruction call)
    {
        var type = definition.DeclaringType;
        if (LateBinding.Calls(definition))
            return LeaveReason.Reflection;
        return definition.IsVirtual && (definition.IsStatic || call.Code == Code.Callvirt && !definition.IsFinal && !type.IsSealed) ? LeaveReason.RootedOutside : LeaveReason.NotSelected;
    }
}
