using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Leads calls in families rooted outside, and calls of static virtual members, to clones: exactly where the receiver's static type says which
/// method runs, through the class's own slot where it is a class of the module, and otherwise by a test of the object's type.
/// </summary>
internal sealed class FamilyRouter(TypeUniverse types, ModuleIndex index, ClonePolicy policy, Lazy<VirtualFamilies> families, StateMachines machines)
{
    private readonly bool hasFriends = ModuleFacts.HasFriends(types.Module);
    private readonly Lazy<ForeignFamilies> foreign = new(() => new ForeignFamilies(types));

    private readonly Constructions constructions = new(types, index, policy);

    /// <summary>The families.</summary>
    public OutsideFamilies Outside { get; } = new(types, families, machines.IsMachine);

    private ExactFamilies Classes => field ??= new ExactFamilies(types, index, Outside, families, machines);

    /// <inheritdoc cref="ExactFamilies.MethodOn"/>
    public MethodSymbol? MethodOn(TypeSymbol type, MethodSymbol root) => Classes.MethodOn(type, root);

    /// <summary>Whether what a call runs depends on the receiver's static type.</summary>
    public bool NeedsReceiver(Instruction call) =>
        call.Code == Code.Callvirt && call.Constrained is null && call.Operand is MethodSymbol { Definition: { IsVirtual: true } definition } && IsRootedOutside(definition);

    /// <summary>Where a call goes that would leave because its family is rooted outside; the site as it is for any other.</summary>
    /// <param name="site">What is known of the call without its receiver.</param>
    /// <param name="call">The call.</param>
    /// <param name="machine">What is on the stack; null where there is no such thing.</param>
    public CallSite Refine(CallSite site, Instruction call, StackMachine? machine)
    {
        if (site.Route == CallRoute.Slot && call.Constrained is { IsGenericParameter: true } parameter && MayBeForeignStruct(parameter, call.Method.Definition!.DeclaringType))
            return site with { Callee = call.Method, Self = parameter };
        if (site is { Route: CallRoute.Native, Reason: LeaveReason.Reflection })
            return constructions.Refine(site, call);
        if (site.Route != CallRoute.Native || call.Operand is not MethodSymbol { Definition: { IsVirtual: true } definition } callee || call.Code == Code.Newobj)
            return site;
        if (definition.IsStatic)
            return call.Constrained is { } self && call.Code == Code.Call ? OfStatic(site, callee, self) : site;
        if (call.Code != Code.Callvirt || !IsRootedOutside(definition))
            return site;
        if (call.Constrained is { } constrained)
            return OfConstrained(site, callee, constrained);
        return machine is null ? site : OfReceiver(site, callee, machine.Stack[machine.Stack.Count - StackMachine.PopsOfCall(call)].Type);
    }

    /// <summary>Whether a type parameter may stand for a struct that the weaver never sees, which implements an interface of the module.</summary>
    private bool MayBeForeignStruct(TypeSymbol parameter, TypeDefinition @interface) =>
        @interface.IsInterface && !parameter.Parameter!.HasReferenceTypeConstraint && (IsVisible(@interface) || hasFriends);

    private bool IsRootedOutside(MethodDefinition method) =>
        !method.DeclaringType.IsInterface ? families.Value.FirstDeclaration(method).Module != types.Module : method.Module != types.Module;

    private CallSite OfReceiver(CallSite site, MethodSymbol callee, TypeSymbol? receiver)
    {
        var root = Outside.RootOf(callee);
        if (receiver is { Shape: TypeShape.Class } && !root.Definition!.DeclaringType.IsInterface && Outside.OverrideOn(receiver, root.Definition) is { } own)
        {
            var target = own.Definition!;
            var method = types.Method(target, own.DeclaringType, callee.MethodArguments);
            return target.IsFinal || target.DeclaringType.IsSealed || receiver.Definition!.IsSealed
                ? Exact(site, method)
                : site with { Route = CallRoute.Slot, Target = target, Reason = LeaveReason.None, Callee = method };
        }
        if (receiver is { Shape: TypeShape.Class, Definition: { IsSealed: true } sealedType } && sealedType.Module == types.Module && root.MethodArguments.Length == 0
            && Classes.MethodOn(receiver, root) is { Definition.IsAbstract: false } implementation)
            return Exact(site, implementation);
        return OfFamily(site, root, receiver, null);
    }

    private CallSite OfConstrained(CallSite site, MethodSymbol callee, TypeSymbol constrained)
    {
        var root = Outside.RootOf(callee);
        if (constrained.IsGenericParameter)
            return OfFamily(site, root, null, constrained);
        if (!constrained.IsValueType)
            return OfFamily(site, root, constrained, constrained);
        if (constrained.Definition is not { } type || type.Module != types.Module)
            return site;
        var method = root.Definition!.DeclaringType.IsInterface ? families.Value.ImplementationOn(constrained, root, false) : Outside.OverrideOn(constrained, root.Definition);
        if (method is null)
            return site;
        // A default implementation runs on a box, which the CLI makes.
        return method.DeclaringType.Definition == type ? Exact(site, types.Method(method.Definition!, constrained, callee.MethodArguments)) : OfFamily(site, root, null, constrained);
    }

    private CallSite OfStatic(CallSite site, MethodSymbol callee, TypeSymbol self)
    {
        if (self.IsGenericParameter)
            return OfFamily(site, callee, null, self);
        return self.Definition is { } type && type.Module == types.Module && families.Value.ImplementationOn(self, callee, false) is { } method ? Exact(site, method) : site;
    }

    private CallSite Exact(CallSite site, MethodSymbol method)
    {
        var refusal = policy.Refusal(method.Definition!, site.Goes);
        return refusal == LeaveReason.None
            ? site with { Route = CallRoute.Exact, Target = method.Definition, Reason = LeaveReason.None, Callee = method }
            : site with { Reason = refusal };
    }

    private CallSite OfFamily(CallSite site, MethodSymbol root, TypeSymbol? receiver, TypeSymbol? self)
    {
        var definition = root.Definition!;
        // What makes the test stands outside of the families' classes.
        if (!definition.IsPublic && !IsReachedByDeriving(definition) || !IsVisible(definition.DeclaringType) && definition.Module != types.Module)
            return site;
        var members = Outside.MembersOf(definition);
        if (members.Any(m => foreign.Value.MayRun(m, root, receiver)))
            return site with { Route = CallRoute.Family, Target = definition, Reason = LeaveReason.None, Callee = root, Self = self, Classes = self is null ? Classes.Of(root, receiver) : null };
        return site with { RunsNoMember = members.Count > 0 };
    }

    /// <summary>
    /// Whether a class of the weaver's can be derived to call a protected method outside: on <c>object</c> for every type parameter, as access does
    /// not depend on them.
    /// </summary>
    private bool IsReachedByDeriving(MethodDefinition method) =>
        (method.IsFamily || method.IsFamilyOrAssembly) && !method.IsStatic && method.Module != types.Module && method.DeclaringType is { IsSealed: false, IsInterface: false } type
        && type.GenericParameters.All(p => !p.HasConstraints && (p.Attributes & GenericParameterAttributes.SpecialConstraintMask) == 0)
        && types.SelfOf(method) is var symbol && symbol.Parameters.Append(symbol.ReturnType).All(IsVisible);

    private static bool IsVisible(TypeSymbol type) =>
        type.Element is { } element ? IsVisible(element) : (type.Definition is null || IsVisible(type.Definition)) && type.Arguments.All(IsVisible);

    private static bool IsVisible(TypeDefinition type) => type.DeclaringType is null ? type.IsPublic : type.IsNestedPublic && IsVisible(type.DeclaringType);
}
