using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Makes the delegates that one clone hands to native calls carry its contexts. A delegate that is made for such calls alone is made as a
/// bound one in the first place, which costs one object more than it did, in a loop one for the loop; any other is bound when it is handed over.
/// </summary>
internal sealed class DelegateBinding(BlockWriter writer, PlannedClone clone, ContextSource contexts, Helpers helpers)
{
    private readonly Dictionary<Instruction, ContextStack?> replaced = new(ReferenceComparer<Instruction>.Instance);
    private readonly HashSet<Instruction> repeated = FindRepeated(clone);

    /// <summary>Whether an instruction makes a delegate that only native calls see, which is then made bound. The target and the pointer are on the stack.</summary>
    public bool TryMakeBound(Instruction maker)
    {
        if (maker.Code != Code.Newobj || clone.Delegates is not { } flow || !flow.IsMaker(maker) || StackOf(maker) is not { } stack)
            return false;
        writer.Emit(Code.Pop);
        var (target, type) = (flow.TargetOf(maker), maker.Method.DeclaringType);
        if (repeated.Contains(maker) && helpers.RepeatedTargets.IsOne(target, type, stack))
            helpers.RepeatedTargets.Emit(writer, target, type, stack, () => EmitContexts(stack));
        else
            helpers.BoundTargets.EmitNew(writer, target, type, stack, () => EmitContexts(stack), repeated.Contains(maker));
        return true;
    }

    /// <summary>Binds what a native call is handed; its arguments are on the stack.</summary>
    /// <returns>What is to be written after the call; null where there is nothing.</returns>
    public Action? Bind(Instruction call, ContextStack stack)
    {
        if (call.Code == Code.Calli)
            return null;
        if (EventHandlers.IsAccessor(call.Method) && HandedDelegates.ParametersOf(call.Method).Any())
            return helpers.EventHandlers.Emit(writer, call.Method, () => BindTop(call, 0, stack));
        BindArguments(call, stack);
        return KeptDelegates.IsReadBy(call.Method) ? () => helpers.EmitOriginal(writer, call.Method.ReturnType) : null;
    }

    /// <summary>Binds the delegate on the stack where an instruction puts it into a field outside.</summary>
    public void BindKept(Instruction instruction)
    {
        if (KeptDelegates.PutBy(instruction, writer.Body.Types.Module) != null)
            helpers.EmitKept(writer, instruction.Field.Type, clone.Stack, () => EmitContexts(clone.Stack));
    }

    /// <summary>Gives the program its own delegate where an instruction has read one from a field outside.</summary>
    public void UnbindKept(Instruction instruction)
    {
        if (KeptDelegates.IsReadBy(instruction, writer.Body.Types.Module))
            helpers.EmitOriginal(writer, instruction.Field.Type);
    }

    private void BindArguments(Instruction call, ContextStack stack)
    {
        var parameters = call.Method.Parameters;
        var bound = HandedDelegates.ParametersOf(call.Method).Where(p => NeedsBinding(call, p, stack)).ToArray();
        if (bound.Length == 0)
            return;
        var above = new Local?[parameters.Length];
        for (var i = parameters.Length - 1; i > bound[0]; i--)
        {
            above[i] = writer.Temporary(parameters[i]);
            writer.Emit(Code.Stloc, above[i]);
        }
        for (var i = bound[0]; i < parameters.Length; i++)
        {
            if (above[i] is { } spilled)
                writer.Emit(Code.Ldloc, spilled);
            if (Array.IndexOf(bound, i) >= 0)
                BindTop(call, i, stack);
        }
    }

    private void BindTop(Instruction call, int parameter, ContextStack stack)
    {
        var type = call.Method.Parameters[parameter];
        if (KeptDelegates.IsPutBy(call.Method, parameter))
        {
            helpers.EmitKept(writer, type, stack, () => EmitContexts(stack));
            return;
        }
        var isRepeated = repeated.Contains(call);
        if (isRepeated && clone.Delegates?.MakersInClosure(call, parameter) is { } keepers && OneTarget(keepers) is { } kept && helpers.IsBindable(kept, stack)
            && RepeatedTargets.CanTake(kept, keepers[0].Method.DeclaringType))
        {
            helpers.RepeatedTargets.Emit(writer, kept, keepers[0].Method.DeclaringType, stack, () => EmitContexts(stack));
            return;
        }
        if (clone.Delegates?.MakersOf(call, parameter) is { } makers && OneTarget(makers) is { } target && helpers.IsBindable(target, stack))
        {
            var made = makers[0].Method.DeclaringType;
            if (isRepeated && helpers.RepeatedTargets.IsOne(target, made, stack))
                helpers.RepeatedTargets.Emit(writer, target, made, stack, () => EmitContexts(stack));
            else
                helpers.BoundTargets.EmitFrom(writer, target, made, stack, () => EmitContexts(stack), isRepeated);
            return;
        }
        EmitContexts(stack);
        writer.Emit(Code.Call, helpers.BoundDelegates.Binder(type, stack, clone.Author));
    }

    private bool NeedsBinding(Instruction call, int parameter, ContextStack stack) =>
        clone.Delegates?.MakersOf(call, parameter) is not { } makers
        || !makers.All(m => StackOf(m) == stack || helpers.RunsNatively(clone.Delegates.TargetOf(m), stack));

    private MethodSymbol? OneTarget(IReadOnlyList<Instruction> makers)
    {
        var target = clone.Delegates!.TargetOf(makers[0]);
        return makers.All(m => clone.Delegates.TargetOf(m) == target && m.Method.DeclaringType == makers[0].Method.DeclaringType) ? target : null;
    }

    /// <summary>The contexts that a delegate is made with; null where it is made as the author has it.</summary>
    private ContextStack? StackOf(Instruction maker)
    {
        if (!replaced.TryGetValue(maker, out var stack))
            replaced.Add(maker, stack = FindStack(maker));
        return stack;
    }

    private ContextStack? FindStack(Instruction maker)
    {
        var flow = clone.Delegates!;
        // As an allocation that a rule wants to see it is a site of its own.
        if (!flow.IsOnlyHanded(maker) || clone.Sites.ContainsKey(maker))
            return null;
        ContextStack? stack = null;
        foreach (var (call, parameter) in flow.CallsHanded(maker))
        {
            // What is added as a handler may be removed by an equal delegate, and what is put into a property read back.
            if (EventHandlers.IsAccessor(call.Method) || KeptDelegates.IsPutBy(call.Method, parameter) || !clone.Sites.TryGetValue(call, out var site) || site.Route != CallRoute.Native || LooksAtArguments(site) || stack != null && stack != site.Goes)
                return null;
            stack = site.Goes;
        }
        return stack != null && helpers.IsBindable(flow.TargetOf(maker), stack) ? stack : null;
    }

    /// <summary>Whether a rule would see a bound delegate where the author's is handed over.</summary>
    private static bool LooksAtArguments(CallSite site) =>
        site.Rules is { } rules && (rules.SeesArguments || rules.MayCallNatively) || site.Plain is { } plain && LooksAtArguments(plain);

    /// <summary>What makes delegates or is handed them in a loop, in bodies in which the contexts never change: a pass may assign them.</summary>
    private static HashSet<Instruction> FindRepeated(PlannedClone clone)
    {
        var found = new HashSet<Instruction>(ReferenceComparer<Instruction>.Instance);
        if (clone.Delegates is not { } flow || clone.HasContexts || !clone.Body!.InitLocals)
            return found;
        foreach (var block in clone.Body.Blocks.Where(b => b.IsReachable))
        {
            var instructions = block.Instructions.Where(i => flow.IsMaker(i) || i.Operand is MethodSymbol method && HandedDelegates.ParametersOf(method).Any()).ToArray();
            if (instructions.Length > 0 && BodyLoops.IsRepeated(block))
                found.UnionWith(instructions);
        }
        return found;
    }

    private void EmitContexts(ContextStack stack) => contexts.EmitCarried(writer, stack.Depth, 0);
}
