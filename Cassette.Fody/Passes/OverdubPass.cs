using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// The seeds' <c>overdub_pass!</c>: threads the context through a body and turns each call into prehook, overdub, posthook, as the plan says.
/// The context is the last argument, so a call without rules only loads it and names the clone.
/// </summary>
internal sealed class OverdubPass(TypeUniverse types, Shells shells, Helpers helpers, JoinPoints joinPoints, RuntimeLibrary library, KnownDelegates delegates, GuessedResults results, GuessedLoops loops, MachineShells machines)
{
    /// <summary>Transforms the planned body in place.</summary>
    public void Run(PlannedClone clone)
    {
        var body = clone.Body!;
        var machine = machines.Of(clone);
        var isInFields = !MachineShell.TakesContexts(clone);
        var own = body.Arguments.Count - (clone.HasContexts ? clone.Contexts.Length : 0);
        Argument[] carried = isInFields ? [] : [.. clone.ContextParameters.Select((type, i) => new Argument("context", type, own + i, isThis: false))];
        var contexts = isInFields ? ContextSource.InFields(body, machine!.FieldsFor(clone)!) : ContextSource.InArguments(body, carried, clone.Contexts, clone.Method.IsConstructor);
        Transform(clone, contexts);
        if (clone.HasContexts)
            PassContexts.Lead(clone, contexts);
        body.Arguments.AddRange(carried);
        machine?.Adapt(clone, contexts);
    }

    /// <summary>Gives a body all contexts as its last arguments, innermost first, as passes see them.</summary>
    public static void AddContexts(MethodIR body, PlannedClone clone)
    {
        foreach (var type in clone.Contexts)
            body.Arguments.Add(new Argument("context", type, body.Arguments.Count, isThis: false));
    }

    /// <summary>Transforms a body that has the contexts that it carries as its last arguments already.</summary>
    public void Transform(PlannedClone clone) => Transform(clone, ContextSource.InArguments(clone.Body!, clone.Body!.Arguments, clone.Stack.Levels));

    private void Transform(PlannedClone clone, ContextSource contexts)
    {
        var body = clone.Body!;
        if (clone.Sites.Count == 0 && !clone.TouchesKeptDelegates)
            return;
        delegates.Resolve(clone);
        results.Copy(clone);
        loops.Copy(clone);
        var writer = new BlockWriter(body);
        var lowering = new CallLowering(types, writer, clone, contexts, shells, helpers, joinPoints, library);
        var machine = lowering.NeedsStack ? new StackMachine(body) : null;
        var cursor = new SourceCursor(clone.Machine);
        foreach (var block in body.Blocks.ToArray())
        {
            var old = block.Instructions.ToArray();
            var next = block.Next;
            writer.Start(block);
            if (!block.IsReachable)
                continue;
            machine?.Enter(block);
            block.Instructions.Clear();
            foreach (var instruction in old)
            {
                cursor.Enter(instruction);
                if (clone.Sites.TryGetValue(instruction, out var site))
                    lowering.Lower(instruction, site, machine, cursor.Current);
                else if (!lowering.Delegates.TryMakeBound(instruction))
                    lowering.WriteUntouched(instruction);
                machine?.Apply(instruction);
                cursor.Leave(instruction);
            }
            writer.Current.Next = next;
        }
        writer.Finish();
        DropTails(body);
    }

    /// <summary>A call behind which hooks were put is in tail position no more (ECMA-335 III.2.4: <c>ret</c> must follow).</summary>
    private static void DropTails(MethodIR body)
    {
        foreach (var block in body.Blocks)
        {
            var instructions = block.Instructions;
            for (var i = 0; i < instructions.Count; i++)
            {
                if ((instructions[i].Prefixes & Prefixes.Tail) != 0 && (i + 1 == instructions.Count || instructions[i + 1].Code != Code.Ret))
                    instructions[i].Prefixes &= ~Prefixes.Tail;
            }
        }
    }
}
