using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>Makes a run of blocks a protected region: what <see cref="BodyEditor.WrapInTry(Block, Block, RegionKind, TypeSymbol?)"/> does.</summary>
internal sealed class RangeProtector(BodyEditor editor)
{
    private readonly MethodIR body = editor.Body;
    private readonly HashSet<Block> inside = new(ReferenceComparer<Block>.Instance);
    private readonly Dictionary<Block, Block> exits = new(ReferenceComparer<Block>.Instance);
    private ReturnPoint? returns;
    private Block? tail;

    public ProtectedCode Wrap(Block first, Block last, RegionKind kind, TypeSymbol? catchType)
    {
        var start = body.Blocks.IndexOf(first);
        var end = body.Blocks.IndexOf(last);
        if (start < 0 || end < start)
            throw new InvalidOperationException("The blocks are not a run of the body.");
        for (var i = start; i <= end; i++)
            inside.Add(body.Blocks[i]);
        var region = first.Region;
        // A run that holds a whole try with its handlers goes around it; one that holds a part goes inside.
        while (region is { Kind: RegionKind.Try } && region.Entry == first && region.Handlers.TrueForAll(h => inside.Contains(h.Entry!)))
            region = region.Parent!;
        Demand(first, region);
        tail = last;
        var run = body.Blocks.GetRange(start, end - start + 1);
        var after = LeaveAll(run);
        var code = editor.Protect(first, tail, after, region, kind, catchType);
        foreach (var block in run)
            Adopt(block, region, code.Region);
        foreach (var exit in exits.Values)
            exit.Region = code.Region;
        return code;
    }

    /// <summary>The run must be one that a try can hold: its own entry, whole regions, an empty stack, nothing but exits with an empty stack.</summary>
    private void Demand(Block first, Region region)
    {
        if (first.EntryStack.Length > 0)
            throw new InvalidOperationException("A try is entered with an empty stack.");
        for (var outer = region; outer is not null; outer = outer.Parent)
        {
            if (outer.Kind == RegionKind.Filter)
                throw new InvalidOperationException("A filter cannot hold a protected region.");
        }
        foreach (var block in inside)
        {
            if (!block.Region.IsWithin(region))
                throw new InvalidOperationException("The run crosses the border of a region.");
        }
        foreach (var block in body.Blocks)
        {
            foreach (var target in Targets(block))
            {
                var entersMiddle = !inside.Contains(block) && inside.Contains(target) && target != first;
                if (entersMiddle && block.IsReachable)
                    throw new InvalidOperationException("The run is entered at another block than its first.");
                if (inside.Contains(block) && !inside.Contains(target) && target.EntryStack.Length > 0)
                    throw new InvalidOperationException("The run is left with a stack that is not empty.");
            }
            for (var r = block.Region; r != region && r.Parent is not null; r = r.Parent)
            {
                if (!inside.Contains(block) && r.Entry is { } entry && inside.Contains(entry) && r.IsWithin(region))
                    throw new InvalidOperationException("The run holds a part of a region.");
            }
        }
    }

    /// <summary>Turns each way out into a leave; returns the block that control goes to behind the run, if to any.</summary>
    private Block? LeaveAll(List<Block> run)
    {
        Block? after = null;
        foreach (var block in run)
        {
            after ??= Targets(block).FirstOrDefault(target => !inside.Contains(target));
            var last = block.Instructions.Count > 0 ? block.Instructions[block.Instructions.Count - 1] : null;
            if (last is { Code: Code.Ret })
            {
                returns ??= editor.NewReturnPoint();
                BodyEditor.DropTail(block);
                List<Instruction> code = returns.Result is null || !block.IsReachable ? [] : [new Instruction(Code.Stloc, returns.Result)];
                code.Add(new Instruction(Code.Leave, returns.Block));
                editor.Replace(block, block.Instructions.Count - 1, code);
                returns.Block.IsReachable |= block.IsReachable;
                continue;
            }
            if (last is { Code: Code.Jmp })
                throw new InvalidOperationException("jmp cannot leave a protected region.");
            // A leave or a handler's end keeps its meaning; a branch within nested regions cannot leave them anyway.
            if (last is not { Code: Code.Leave })
            {
                foreach (var target in Targets(block).ToArray())
                {
                    if (!inside.Contains(target))
                        BodyEditor.Retarget(block, target, ExitTo(target, block.IsReachable));
                }
            }
        }
        return after ?? returns?.Block;
    }

    private Block ExitTo(Block target, bool isReachable)
    {
        if (!exits.TryGetValue(target, out var exit))
        {
            exit = editor.InsertBlockAfter(tail!);
            exit.IsReachable = false;
            tail = exit;
            exit.Instructions.Add(new Instruction(Code.Leave, target));
            exits.Add(target, exit);
        }
        exit.IsReachable |= isReachable;
        return exit;
    }

    private static void Adopt(Block block, Region from, Region to)
    {
        if (block.Region == from)
        {
            block.Region = to;
            return;
        }
        for (var region = block.Region; region.Parent is not null && region != to; region = region.Parent)
        {
            if (region.Parent == from)
            {
                region.Parent = to;
                return;
            }
        }
    }

    private static IEnumerable<Block> Targets(Block block)
    {
        if (block.Next is not null)
            yield return block.Next;
        var operand = block.Instructions.Count > 0 ? block.Instructions[block.Instructions.Count - 1].Operand : null;
        if (operand is Block target)
            yield return target;
        else if (operand is Block[] targets)
        {
            foreach (var one in targets)
                yield return one;
        }
    }
}
