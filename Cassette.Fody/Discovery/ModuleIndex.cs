using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// What one look over every body of the module finds: the methods that enter a context, and which methods delegates are made of.
/// A delegate that overdubbed code calls may have been made anywhere, so any method that a delegate of that type is ever made of can run there.
/// </summary>
internal sealed class ModuleIndex
{
    public const string EntryType = "Cassette.ContextEntry";

    private readonly Dictionary<TypeDefinition, List<MethodReference>> delegateTargets = new(ReferenceComparer<TypeDefinition>.Instance);
    private readonly Dictionary<(TypeDefinition, MethodReference), int> makers = [];
    private readonly Dictionary<FieldDefinition, int> assignments = new(ReferenceComparer<FieldDefinition>.Instance);
    private readonly List<MethodReference> pointerTargets = [];
    private readonly HashSet<TypeDefinition> made = new(ReferenceComparer<TypeDefinition>.Instance);
    private readonly HashSet<string> seenPointers = new(System.StringComparer.Ordinal);
    private readonly TypeUniverse types;

    public ModuleIndex(TypeUniverse types)
    {
        this.types = types;
        var methods = new List<MethodDefinition>();
        var entering = new List<MethodDefinition>();
        foreach (var type in types.Module.GetTypes())
        {
            foreach (var method in type.Methods)
            {
                methods.Add(method);
                if (method.HasBody && ReadBody(method))
                    entering.Add(method);
            }
        }
        Methods = methods;
        EnteringMethods = entering;
    }

    /// <summary>Every method of the module, in metadata order.</summary>
    public IReadOnlyList<MethodDefinition> Methods { get; }

    /// <summary>The methods whose bodies call an entry point.</summary>
    public IReadOnlyList<MethodDefinition> EnteringMethods { get; }

    /// <summary>The methods that delegates of a type (whatever its arguments) are made of anywhere in the module, each once, in the order met.</summary>
    public IReadOnlyList<MethodReference> TargetsOf(TypeDefinition delegateType) =>
        delegateTargets.TryGetValue(delegateType, out var targets) ? targets : [];

    /// <summary>The static methods of the module whose addresses it takes, other than for delegates, in the order met.</summary>
    public IReadOnlyList<MethodReference> PointerTargets => pointerTargets;

    /// <summary>
    /// Whether a single instruction of the module assigns a static field, none takes its address, and no other assembly's code can name it.
    /// </summary>
    public bool IsAssignedOnce(FieldDefinition field) =>
        field.Module == types.Module && field.IsStatic && field.DeclaringType.IsNestedPrivate && assignments.TryGetValue(field, out var count) && count == 1;

    /// <summary>Whether the module's own code makes objects of one of its classes, or boxes of one of its structs.</summary>
    public bool IsMade(TypeDefinition type) => made.Contains(type);

    public static bool IsEntry(MethodReference method) =>
        method.DeclaringType is { Name: "ContextEntry", Namespace: "Cassette" } && method is GenericInstanceMethod && method.Name != "DisableHooks";

    /// <summary>
    /// Takes out one of the places that make a delegate: what it makes never gets to where delegates are called, as entries alone see it, and
    /// these show what they enter. Without this every lambda with an entry in it would run in every context that calls delegates of its type,
    /// nested as deep as may be.
    /// </summary>
    public void Withdraw(TypeDefinition delegateType, MethodSymbol method)
    {
        if (method.Definition is not { } target || !makers.TryGetValue((delegateType, target), out var count))
            return;
        makers[(delegateType, target)] = count - 1;
        if (count == 1)
            delegateTargets[delegateType].Remove(target);
    }

    /// <summary>Adds what a pass put into a body: the delegates that it makes and the static fields that it assigns.</summary>
    /// <returns>The targets that were not known, with the delegates' types.</returns>
    public IReadOnlyList<(TypeDefinition DelegateType, MethodReference Target)> AddMadeBy(MethodIR body)
    {
        var onlyEntered = new HashSet<Instruction>(new DelegateFlow(body).OnlyEntered, ReferenceComparer<Instruction>.Instance);
        var added = new List<(TypeDefinition, MethodReference)>();
        foreach (var block in body.Blocks)
        {
            MethodSymbol? loaded = null;
            foreach (var instruction in block.Instructions)
            {
                switch (instruction.Code)
                {
                    case Code.Ldftn or Code.Ldvirtftn:
                        loaded = instruction.Method;
                        continue;
                    case Code.Newobj when loaded != null && !onlyEntered.Contains(instruction) && instruction.Method.DeclaringType.Definition is { } delegateType && AddTarget(delegateType, loaded, instruction.OriginalOffset < 0) is { } target:
                        added.Add((delegateType, target));
                        break;
                    case Code.Stsfld or Code.Ldsflda when instruction.OriginalOffset < 0 && instruction.Field.Definition is { } field:
                        assignments[field] = 2;
                        break;
                }
                loaded = null;
            }
        }
        return added;
    }

    private MethodReference? AddTarget(TypeDefinition delegateType, MethodSymbol method, bool isNew)
    {
        var own = method.Definition is { } definition && definition.Module == types.Module ? definition : null;
        // References to one method of another module are several objects: only those that a pass made are looked at, by their names.
        if (own is null && !isNew)
            return null;
        MethodReference target = own ?? method.Reference;
        if (!delegateTargets.TryGetValue(delegateType, out var targets))
            delegateTargets.Add(delegateType, targets = []);
        if (own is null && targets.Exists(t => t is not MethodDefinition && t.FullName == target.FullName))
            return null;
        if (makers.TryGetValue((delegateType, target), out var count) && count > 0)
            return null;
        Count(delegateType, target);
        return target;
    }

    private bool ReadBody(MethodDefinition method)
    {
        var enters = false;
        MethodReference? loaded = null;
        foreach (var instruction in method.Body.Instructions)
        {
            if (loaded != null && instruction.OpCode.Code != Code.Newobj)
                AddPointer(loaded);
            switch (instruction.OpCode.Code)
            {
                case Code.Ldftn or Code.Ldvirtftn:
                    loaded = (MethodReference)instruction.Operand;
                    continue;
                case Code.Newobj when loaded != null:
                    AddTarget((MethodReference)instruction.Operand, loaded);
                    break;
                case Code.Newobj when ((MethodReference)instruction.Operand).DeclaringType.GetElementType() is TypeDefinition { IsValueType: false } @class:
                    made.Add(@class);
                    break;
                case Code.Box when ((TypeReference)instruction.Operand).GetElementType() is TypeDefinition boxed:
                    made.Add(boxed);
                    break;
                case Code.Stsfld:
                    CountAssignment((FieldReference)instruction.Operand, 1);
                    break;
                case Code.Ldsflda:
                    CountAssignment((FieldReference)instruction.Operand, 2);
                    break;
                case Code.Call when IsEntry((MethodReference)instruction.Operand):
                    enters = true;
                    break;
            }
            loaded = null;
        }
        return enters;
    }

    private void CountAssignment(FieldReference field, int count)
    {
        if (field.DeclaringType.GetElementType().Scope != types.Module || field.Resolve() is not { } definition)
            return;
        assignments.TryGetValue(definition, out var counted);
        assignments[definition] = counted + count;
    }

    /// <summary>Only what has one address: a method on open type arguments has one for each.</summary>
    private void AddPointer(MethodReference loaded)
    {
        var isOpen = loaded is GenericInstanceMethod generic ? generic.GenericArguments.Any(a => a.ContainsGenericParameter) : loaded.HasGenericParameters;
        if (loaded.HasThis || isOpen || loaded.DeclaringType.ContainsGenericParameter || loaded.DeclaringType.GetElementType().Scope != types.Module)
            return;
        if (seenPointers.Add(loaded.FullName))
            pointerTargets.Add(loaded);
    }

    private void AddTarget(MethodReference constructor, MethodReference loaded)
    {
        var delegateType = types.Import(constructor.DeclaringType.GetElementType(), GenericScope.Empty).Definition;
        if (delegateType is null)
            return;
        var element = loaded.GetElementMethod();
        var target = element.DeclaringType.GetElementType().Scope == types.Module ? types.DefinitionOf(element) ?? element : element;
        Count(delegateType, target);
    }

    /// <summary>Counts a place that makes a delegate.</summary>
    private void Count(TypeDefinition delegateType, MethodReference target)
    {
        makers.TryGetValue((delegateType, target), out var count);
        makers[(delegateType, target)] = count + 1;
        if (count > 0)
            return;
        if (!delegateTargets.TryGetValue(delegateType, out var targets))
            delegateTargets.Add(delegateType, targets = []);
        targets.Add(target);
    }
}
