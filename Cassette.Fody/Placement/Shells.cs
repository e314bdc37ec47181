using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Declares the methods that the plan calls for, without bodies, so that bodies can refer to each other in any order. Clones are members of
/// their original's type: they reach what it reaches, and stand under its type parameters.
/// </summary>
internal sealed class Shells
{
    private readonly TypeUniverse types;
    private readonly SymbolImporter importer;
    private readonly Overridability overridability;
    private readonly Families families;
    private readonly StructDefaults structDefaults;
    private readonly Dictionary<(MethodDefinition, ContextStack, RulePlace?), MethodDefinition> exact = [];
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> slots = [];
    private readonly Dictionary<(MethodSymbol, ContextStack, RulePlace?), MethodSymbol> specialised = [];
    private readonly HashSet<(TypeDefinition, string)> specialisedNames = [];
    private readonly TypeReference cloneMarker;

    public Shells(TypeUniverse types, SymbolImporter importer, Families families, TypeReference cloneMarker)
    {
        this.types = types;
        this.importer = importer;
        this.families = families;
        structDefaults = new StructDefaults(types, importer);
        this.cloneMarker = cloneMarker;
        overridability = new Overridability(types.Module);
    }

    /// <summary>The shells of a plan, each with what it is to be filled with, in plan order.</summary>
    public IReadOnlyList<Shell> Declare(WeavePlan plan)
    {
        var shells = new List<Shell>();
        foreach (var clone in plan.Clones)
        {
            if (clone.Instance is { } instance)
            {
                var method = DeclareSpecialised(clone, instance);
                specialised.Add((instance, clone.Stack, clone.Place), types.Method(method, instance.DeclaringType, []));
                shells.Add(new Shell(clone, method, ShellContent.Clone));
                continue;
            }
            var isGuarded = clone.IsSlot && overridability.MayBeOverriddenOutside(clone.Method);
            var isForwarder = clone.Refusal != LeaveReason.None || clone.Method.IsAbstract;
            // One method serves both kinds of call, unless the slot's must look for overrides first or only forwards.
            var separate = clone.IsSlot && clone.IsExact && (isGuarded || clone.Method.DeclaringType.IsInterface);
            if (clone.IsSlot)
            {
                var slotForwards = isForwarder || clone.Method.DeclaringType.IsInterface;
                var method = Declare(clone, isSlot: true, suffix: "");
                slots.Add((clone.Method, clone.Stack), method);
                if (!separate)
                    exact[(clone.Method, clone.Stack, clone.Place)] = method;
                shells.Add(new Shell(clone, method, slotForwards ? ShellContent.Forwarder : clone.IsTooDeep || clone.Enters != null ? ShellContent.Enter : isGuarded ? ShellContent.GuardedClone : ShellContent.Clone));
            }
            if (clone.IsExact && (!clone.IsSlot || separate))
            {
                var method = Declare(clone, isSlot: false, suffix: separate ? "!" : "");
                exact[(clone.Method, clone.Stack, clone.Place)] = method;
                shells.Add(new Shell(clone, method, isForwarder ? ShellContent.Forwarder : clone.IsTooDeep || clone.Enters != null ? ShellContent.Enter : ShellContent.Clone));
            }
        }
        ConnectSlots(plan, shells);
        return shells;
    }

    /// <summary>The clone that an exact call goes to: the one that is specialised for the callee's type arguments, where there is one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="callee">What it names, as the code that makes the call sees it.</param>
    /// <param name="stack">The contexts of the clone.</param>
    /// <param name="place">For a rule's call where the rule is called.</param>
    public MethodSymbol ExactFor(IL.Instruction call, MethodSymbol callee, ContextStack stack, RulePlace? place) =>
        call.Constrained is null && specialised.TryGetValue((callee, stack, place), out var clone) ? clone : Exact(callee, stack, place);

    /// <summary>Whether a call that throws on a null receiver goes to a clone that takes the receiver as any other argument.</summary>
    public static bool LosesNullCheck(IL.Instruction call, MethodSymbol clone) =>
        call.Code == Mono.Cecil.Cil.Code.Callvirt && !clone.HasThis && !call.Method.DeclaringType.IsValueType;

    /// <summary>The shared clone that is called exactly, on the callee's own type arguments.</summary>
    public MethodSymbol Exact(MethodSymbol callee, ContextStack stack, RulePlace? place = null) => types.Method(exact[(callee.Definition!, stack, place)], callee.DeclaringType, callee.MethodArguments);

    /// <summary>The clone's virtual slot.</summary>
    public MethodSymbol Slot(MethodSymbol callee, ContextStack stack) => types.Method(slots[(callee.Definition!, stack)], callee.DeclaringType, callee.MethodArguments);

    public MethodDefinition Exact(MethodDefinition method, ContextStack stack) => exact[(method, stack, null)];

    public bool HasExact(MethodDefinition method, ContextStack stack) => exact.ContainsKey((method, stack, null));

    private MethodDefinition Declare(PlannedClone clone, bool isSlot, string suffix)
    {
        var original = clone.Method;
        var isConstructor = original.IsConstructor;
        var attributes = MethodAttributes.Assembly | MethodAttributes.HideBySig | original.Attributes & MethodAttributes.Static;
        if (isConstructor)
            attributes |= MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        if (isSlot)
        {
            attributes |= MethodAttributes.Virtual | original.Attributes & (MethodAttributes.NewSlot | MethodAttributes.Final);
            if (original.DeclaringType.IsInterface)
                attributes |= MethodAttributes.NewSlot;
        }
        var method = new MethodDefinition(isConstructor ? ".ctor" : MetadataNames.Fit(original.Name + clone.NameSuffix + suffix), attributes, original.ReturnType)
        {
            ImplAttributes = original.ImplAttributes,
            HasThis = original.HasThis,
            ExplicitThis = original.ExplicitThis,
        };
        new SignatureCloner(original, method).Copy();
        foreach (var context in clone.ContextParameters)
        {
            var contextType = importer.Import(context);
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, isConstructor ? new OptionalModifierType(cloneMarker, contextType) : contextType));
        }
        Attributes.CopyEssential(original, method);
        original.DeclaringType.Methods.Add(method);
        return method;
    }

    /// <summary>
    /// A clone for given type arguments: beside its original too, so that calling it runs the same static constructor and reaches the same
    /// members.
    /// </summary>
    private MethodDefinition DeclareSpecialised(PlannedClone clone, MethodSymbol instance)
    {
        var original = clone.Method;
        var isStatic = original.IsStatic || clone.TakesReceiver;
        var method = new MethodDefinition(
            SpecialisedName(clone, instance), MethodAttributes.Assembly | MethodAttributes.HideBySig | (isStatic ? MethodAttributes.Static : 0), importer.Import(instance.ReturnType))
        {
            ImplAttributes = original.ImplAttributes,
            HasThis = !isStatic,
        };
        if (clone.TakesReceiver)
            method.Parameters.Add(new ParameterDefinition("self", ParameterAttributes.None, importer.Import(instance.ThisType!)));
        foreach (var parameter in original.Parameters)
        {
            var attributes = parameter.Attributes & (ParameterAttributes.In | ParameterAttributes.Out);
            method.Parameters.Add(new ParameterDefinition(parameter.Name, attributes, importer.Import(instance.Parameters[parameter.Index])));
        }
        foreach (var context in clone.ContextParameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
        Attributes.CopyEssential(original, method);
        original.DeclaringType.Methods.Add(method);
        return method;
    }

    private string SpecialisedName(PlannedClone clone, MethodSymbol instance)
    {
        var arguments = instance.MethodArguments.Length == 0 ? "" : "<" + string.Join(",", instance.MethodArguments.Select(a => a.DisplayName)) + ">";
        var type = instance.DeclaringType.Arguments.Length == 0 ? "" : "[" + instance.DeclaringType.DisplayName + "]";
        var name = clone.Method.Name + arguments + clone.NameSuffix + type;
        var unique = MetadataNames.Fit(name);
        // Overloads may become the same once their parameters are closed.
        for (var n = 2; !specialisedNames.Add((clone.Method.DeclaringType, unique)); n++)
            unique = MetadataNames.Fit(name, "~" + n);
        return unique;
    }

    /// <summary>Repeats the originals' explicit overrides between their clones, and leads interface slots to what implements them.</summary>
    private void ConnectSlots(WeavePlan plan, List<Shell> shells)
    {
        foreach (var shell in shells.ToArray())
        {
            if (!shell.Method.IsVirtual)
                continue;
            foreach (var reference in shell.Clone.Method.Overrides)
            {
                if (types.DefinitionOf(reference.GetElementMethod()) is { DeclaringType.IsInterface: false } overridden && slots.TryGetValue((overridden, shell.Clone.Stack), out var slot))
                    shell.Method.Overrides.Add(On(slot, reference.DeclaringType));
            }
        }
        foreach (var stub in plan.SlotStubs)
        {
            var root = stub.InterfaceMethod;
            var slot = stub.IsOfFamily ? families.SlotOf(root.Definition!, stub.Stack) : slots[(root.Definition!, stub.Stack)];
            if (StructDefaults.RunsOnBox(stub))
            {
                // Without a clone there is nothing to lead to: the slot's own body, which calls natively, runs on the box as it is.
                if (stub.Implementation is { Definition: { } inherited } && HasExact(inherited, stub.Stack))
                    shells.Add(DeclareDefault(stub, slot));
                continue;
            }
            var overridden = On(slot, stub.IsOfFamily ? families.Implement(stub.Type, root, stub.Stack) : importer.Import(root.DeclaringType));
            // A class that is derived outside may implement the interface anew, and inherit the slot.
            if (stub.Implementation?.Definition is { } implementation && implementation.DeclaringType == stub.Type && !overridability.MayBeDerivedOutside(stub.Type)
                && slots.TryGetValue((implementation, stub.Stack), out var own))
            {
                own.Overrides.Add(overridden);
                continue;
            }
            shells.Add(DeclareStub(stub, slot, overridden));
        }
    }

    private Shell DeclareDefault(SlotStub stub, MethodDefinition slot)
    {
        var root = stub.InterfaceMethod;
        var moved = structDefaults.Move(stub, stub.IsOfFamily ? families.InterfaceOf(slot, root.DeclaringType) : root.DeclaringType, out var slotted);
        return DeclareStub(moved, slot, On(slot, importer.Import(slotted)), MethodAttributes.Virtual | MethodAttributes.Final);
    }

    private Shell DeclareStub(SlotStub stub, MethodDefinition slot, MethodReference overridden, MethodAttributes kind = MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.Final)
    {
        var method = new MethodDefinition(
            // An explicit implementation's clone has the name without the question.
            MetadataNames.Fit(stub.InterfaceMethod.DeclaringType.DisplayName + "." + slot.Name + "?"),
            MethodAttributes.Private | MethodAttributes.HideBySig | (slot.IsStatic ? MethodAttributes.Static : kind),
            slot.ReturnType)
        { HasThis = slot.HasThis };
        new SignatureCloner(slot, method, [.. stub.InterfaceMethod.DeclaringType.Arguments.Select(importer.Import)]).Copy();
        method.Overrides.Add(overridden);
        stub.Type.Methods.Add(method);
        return new Shell(stub, method, !slot.IsStatic && !stub.Type.IsInterface && overridability.MayBeDerivedOutside(stub.Type));
    }

    private MethodReference On(MethodDefinition slot, TypeReference declaringType)
    {
        if (!declaringType.IsGenericInstance)
            return slot;
        var reference = new MethodReference(slot.Name, slot.ReturnType, declaringType) { HasThis = slot.HasThis, ExplicitThis = slot.ExplicitThis, CallingConvention = slot.CallingConvention };
        foreach (var parameter in slot.GenericParameters)
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        foreach (var parameter in slot.Parameters)
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        return reference;
    }
}
