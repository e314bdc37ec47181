using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Follows the module's objects out of overdubbed code, as far as static types tell: as arguments and receivers of calls that leave, inside
/// collections and tuples, by delegates that return them, thrown; and notes which types' static constructors and finalisers the runtime runs.
/// </summary>
internal sealed class HandOvers(TypeUniverse types, Assignability assignability, ModuleIndex index)
{
    private readonly OutsideCallbacks callbacks = new(types, assignability);
    private readonly Dictionary<(ContextStack, HandOverKind, TypeSymbol), HandOver> byType = [];
    private readonly List<HandOver> inOrder = [];
    private readonly HashSet<(ContextStack, HandOverKind, TypeSymbol, MethodDefinition, string?, int, int)> seen = [];

    /// <summary>What is handed over in a context.</summary>
    public IEnumerable<HandOver> Of(ContextStack stack) => inOrder.Where(h => h.Stack == stack);

    /// <summary>Notes what running a clone makes the runtime run first.</summary>
    public void Note(PlannedClone clone)
    {
        if (clone.Method.IsStatic || clone.Method.IsConstructor)
            NoteUse(clone.Stack, clone.Method.DeclaringType, new HandOverSite(clone.Author, null, null));
    }

    /// <summary>Notes what one instruction of a clone hands over; the machine stands before it.</summary>
    /// <param name="clone">The clone.</param>
    /// <param name="instruction">The instruction.</param>
    /// <param name="site">Where a call goes; null where it stays as it is.</param>
    /// <param name="machine">What is on the stack.</param>
    /// <param name="source">The author's line.</param>
    public void Note(PlannedClone clone, Instruction instruction, CallSite? site, StackMachine machine, SourceSpan? source)
    {
        var at = new HandOverSite(clone.Author, instruction.Operand as MethodSymbol, source);
        if (instruction.Code == Code.Throw && machine.Stack[machine.Stack.Count - 1].Type is { } thrown)
            Hand(clone.Stack, thrown, at with { Callee = null });
        NoteInitialisation(clone.Stack, instruction, at);
        NoteField(clone.Stack, instruction, machine, at with { Field = instruction.Operand as FieldSymbol });
        if (site is not { Intrinsic: null } || site.Rules is { TakesTheCall: true } || instruction.Operand is not MethodSymbol)
            return;
        switch (site.Route)
        {
            case CallRoute.Native when !CallsNothing(instruction.Method) && instruction.Method.Definition?.Module != types.Module:
                NoteCall(clone.Stack, instruction, machine, withReceiver: true, at);
                break;
            case CallRoute.Family:
                // A receiver of the module is told from others, and has its clone called.
                NoteCall(clone.Stack, instruction, machine, withReceiver: false, at);
                break;
            case CallRoute.Invoke when index.TargetsOf(site.DelegateType!).Any(t => types.DefinitionOf(t.GetElementMethod())?.Module != types.Module):
                NoteCall(clone.Stack, instruction, machine, withReceiver: false, at);
                break;
        }
    }

    /// <summary>What is known to look at references only: the plain methods of objects and of delegates, atomic reads and writes, locks.</summary>
    private static bool CallsNothing(MethodSymbol callee) => callee.Definition is { IsVirtual: false, DeclaringType: var type }
        && ((type.Namespace, type.Name) is ("System", "Object" or "Delegate" or "MulticastDelegate") && callee.Name != "DynamicInvoke" && !(callee.Name == "Equals" && type.Name == "Object")
            || (type.Namespace, type.Name) is ("System.Threading", "Interlocked" or "Volatile" or "Monitor") or ("System", "GC"));

    private void NoteCall(ContextStack stack, Instruction call, StackMachine machine, bool withReceiver, HandOverSite at)
    {
        var callee = call.Method;
        var mentioned = new HashSet<TypeSymbol>();
        var parameters = callee.Parameters.Length + callee.VarArgs.Length;
        var first = machine.Stack.Count - parameters - (withReceiver && callee.HasThis && call.Code != Code.Newobj ? 1 : 0);
        for (var i = first; i < machine.Stack.Count; i++)
            Mention(machine.Stack[i].Type, mentioned);
        if (withReceiver)
            Mention(call.Constrained, mentioned);
        foreach (var argument in callee.DeclaringType.Arguments.Concat(callee.MethodArguments))
            Mention(argument, mentioned);
        // What is put there later.
        if (withReceiver && callee.ReturnType.Shape is TypeShape.Vector or TypeShape.Array or TypeShape.ByRef)
            Mention(callee.ReturnType, mentioned);
        foreach (var type in mentioned)
            Hand(stack, type, at);
    }

    /// <summary>A field outside holds what is put there for code outside, and so does an array in one, or whoever has a reference to one.</summary>
    private void NoteField(ContextStack stack, Instruction instruction, StackMachine machine, HandOverSite at)
    {
        if (instruction.Operand is not FieldSymbol { Definition: { } definition } field || definition.Module == types.Module)
            return;
        var type = instruction.Code switch
        {
            Code.Stfld or Code.Stsfld => machine.Stack[machine.Stack.Count - 1].Type,
            Code.Ldflda or Code.Ldsflda => field.Type,
            Code.Ldfld or Code.Ldsfld when field.Type.Shape is TypeShape.Vector or TypeShape.Array or TypeShape.ByRef => field.Type,
            _ => null,
        };
        var mentioned = new HashSet<TypeSymbol>();
        Mention(type, mentioned);
        foreach (var found in mentioned)
            Hand(stack, found, at);
    }

    /// <summary>A type and what a value of it may contain: what it is an array of, what its arguments are.</summary>
    private static void Mention(TypeSymbol? type, HashSet<TypeSymbol> mentioned)
    {
        while (type is { Element: { } element })
            type = element;
        if (type is null || !mentioned.Add(type))
            return;
        foreach (var argument in type.Arguments)
            Mention(argument, mentioned);
    }

    private void Hand(ContextStack stack, TypeSymbol type, HandOverSite at)
    {
        // What anything may stand for is told of as one type: each of its own would list most of the project's classes again.
        if (type.IsGenericParameter && !types.ConstraintsOf(type).Any())
            type = types.Object;
        var methods = callbacks.On(type);
        if (methods.Count > 0)
            Add(new HandOver(stack, HandOverKind.Object, type, methods), at);
    }

    private void NoteInitialisation(ContextStack stack, Instruction instruction, HandOverSite at)
    {
        var type = instruction.Operand switch
        {
            MethodSymbol { Definition: { } method } callee when method.IsStatic || method.IsConstructor => callee.DeclaringType,
            FieldSymbol { Definition.IsStatic: true } field => field.DeclaringType,
            _ => null,
        };
        if (type?.Definition is not { } definition || definition.Module != types.Module)
            return;
        NoteUse(stack, definition, at);
        if (instruction.Code == Code.Newobj && callbacks.FinalizerOf(definition) is { } finaliser)
            Add(new HandOver(stack, HandOverKind.Finalizer, types.SelfOf(definition), [finaliser]), at);
    }

    private void NoteUse(ContextStack stack, TypeDefinition type, HandOverSite at)
    {
        // The compiler's own types hold none of the author's code.
        if (!Plumbing.IsCompilerType(type) && type.Methods.FirstOrDefault(m => m.IsConstructor && m.IsStatic) is { } initialiser)
            Add(new HandOver(stack, HandOverKind.StaticConstructor, types.SelfOf(type), [initialiser]), at);
    }

    private void Add(HandOver found, HandOverSite at)
    {
        var key = (found.Stack, found.Kind, found.Type);
        if (!byType.TryGetValue(key, out var known))
        {
            byType.Add(key, known = found);
            inOrder.Add(known);
        }
        if (seen.Add((found.Stack, found.Kind, found.Type, at.Caller, at.Name, at.Source?.StartLine ?? 0, at.Source?.StartColumn ?? 0)))
            known.Sites.Add(at);
    }
}
