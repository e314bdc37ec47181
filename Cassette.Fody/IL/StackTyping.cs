using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Types the stack at the entry of every reachable block, by a worklist that ends when no entry changes (ECMA-335 III.1.8.1.3). An entry is
/// looked at again whenever another path widens it.
/// </summary>
internal sealed class StackTyping
{
    private readonly MethodIR body;
    private readonly StackMachine machine;
    private readonly Queue<Block> work = new();

    private StackTyping(MethodIR body)
    {
        this.body = body;
        machine = new StackMachine(body);
    }

    public static void Run(MethodIR body) => new StackTyping(body).Run();

    private void Run()
    {
        Reach(body.Blocks[0], []);
        while (work.Count > 0)
        {
            var block = work.Dequeue();
            block.IsQueued = false;
            Visit(block);
        }
    }

    private void Visit(Block block)
    {
        EnterRegions(block.Region);
        machine.Enter(block);
        foreach (var instruction in block.Instructions)
        {
            machine.Apply(instruction);
            switch (instruction.Operand)
            {
                case Block target:
                    Reach(target, machine.Stack);
                    break;
                case Block[] targets:
                    foreach (var target in targets)
                        Reach(target, machine.Stack);
                    break;
            }
        }
        if (block.Next != null)
            Reach(block.Next, machine.Stack);
        else if (block.Instructions.Count == 0 || OpcodeTable.FallsThrough(block.Instructions[block.Instructions.Count - 1].Code))
            throw new InvalidILException("control runs off the end", block.OriginalOffset);
    }

    /// <summary>Code in a try can throw, so its handlers are reachable with it.</summary>
    private void EnterRegions(Region? region)
    {
        for (; region != null; region = region.Parent)
        {
            if (region.Kind != RegionKind.Try || region.IsEntered)
                continue;
            region.IsEntered = true;
            foreach (var handler in region.Handlers)
            {
                if (handler.Filter != null)
                    Reach(handler.Filter.Entry!, [new StackType(StackKind.Object, body.Types.Object)]);
                Reach(handler.Entry!, handler.Kind switch
                {
                    RegionKind.Catch => [new StackType(StackKind.Object, handler.CatchType)],
                    RegionKind.FilteredCatch => [new StackType(StackKind.Object, body.Types.Object)],
                    _ => [],
                });
            }
        }
    }

    private void Reach(Block block, IReadOnlyList<StackType> stack)
    {
        if (!block.IsReachable)
        {
            block.IsReachable = true;
            block.EntryStack = stack.Count == 0 ? [] : [.. stack];
        }
        else if (!Widen(block, stack))
        {
            return;
        }
        if (block.IsQueued)
            return;
        block.IsQueued = true;
        work.Enqueue(block);
    }

    private static bool Widen(Block block, IReadOnlyList<StackType> stack)
    {
        var known = block.EntryStack;
        if (known.Length != stack.Count)
            throw new InvalidILException($"two paths meet with {known.Length} and {stack.Count} values on the stack", block.OriginalOffset);
        StackType[]? widened = null;
        for (var i = 0; i < known.Length; i++)
        {
            var merged = StackMerge.Of(known[i], stack[i], block.OriginalOffset);
            if (merged.Equals(known[i]))
                continue;
            widened ??= (StackType[])known.Clone();
            widened[i] = merged;
        }
        if (widened is null)
            return false;
        block.EntryStack = widened;
        return true;
    }
}
