using System.Collections.Generic;
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
internal sealed class OverdubPass(TypeUniverse types, Shells shells, Helpers helpers, JoinPoints joinPoints, RuntimeLibrary library, KnownDelegates delegates)
{
    /// <summary>Transforms the planned body in place.</summary>
    public void Run(PlannedClone clone)
    {
        var body = clone.Body!;
        foreach (var type in clone.Stack.Parameters)
            body.Arguments.Add(new Argument("context", type, body.Arguments.Count, isThis: false));
        Transform(clone);
    }

    /// <summary>Transforms a body that has the contexts as its last arguments already.</summary>
    public void Transform(PlannedClone clone)
    {
        var body = clone.Body!;
        if (clone.Sites.Count == 0)
            return;
        delegates.Resolve(clone);
        var writer = new BlockWriter(body);
        var lowering = new CallLowering(types, writer, clone, shells, helpers, joinPoints, library);
        var machine = lowering.NeedsStack ? new StackMachine(body) : null;
        SourceSpan? source = null;
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
                source = instruction.Source ?? source;
                if (clone.Sites.TryGetValue(instruction, out var site))
                    lowering.Lower(instruction, site, machine, source);
                else if (!lowering.Delegates.TryMakeBound(instruction))
                    writer.Append(instruction);
                machine?.Apply(instruction);
            }
            writer.Current.Next = next;
        }
        writer.Finish();
    }
}
