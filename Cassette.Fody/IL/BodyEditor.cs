using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Changes a body such that branches, handler regions, sequence points and scopes stay right: the seeds' <c>insert_statements!</c> and
/// <c>replace_match!</c> are built on it. Positions are a block and an index in it; <c>Instructions.Count</c> is the end of the block.
/// Edits that would make a body the CLI rejects throw <see cref="InvalidOperationException"/>; ask <see cref="WhyNotWrap"/> first.
/// </summary>
/// <example><code>
/// var editor = new BodyEditor(body);
/// editor.Insert(block, 3, [new Instruction(Code.Call, prehook)]);
/// var handler = editor.WrapInTry(block, 4, RegionKind.Fault);
/// handler.Instructions.Add(new Instruction(Code.Endfinally));
/// </code></example>
public sealed class BodyEditor(MethodIR body)
{
    private readonly ScopeKeeper scopes = new(body);

    /// <summary>No code assigns <c>this</c>, so that it can be loaded again at any time.</summary>
    private readonly bool isThisFixed = !body.Blocks.Exists(b => b.Instructions.Exists(i => i is { Code: Code.Starg, Operand: Argument { IsThis: true } }));

    public MethodIR Body { get; } = body;

    public Local NewLocal(TypeSymbol type, string? name = null)
    {
        var local = new Local(type) { Name = name };
        Body.Locals.Add(local);
        return local;
    }

    /// <summary>The stack just before an instruction, by walking the block from its start.</summary>
    public StackMachine StackAt(Block block, int index)
    {
        var machine = new StackMachine(Body);
        machine.Enter(block);
        for (var i = 0; i < index; i++)
            machine.Apply(block.Instructions[i]);
        return machine;
    }

    /// <summary>Inserts code before the instruction at an index (or at the end of the block, which then must not end in a branch).</summary>
    public void Insert(Block block, int index, IReadOnlyList<Instruction> code, SourceInheritance source = SourceInheritance.Inherit)
    {
        if (code.Count == 0)
            return;
        if (index > 0 && FlowRules.EndsBlock(block.Instructions[index - 1].Code))
            throw new InvalidOperationException("Code inserted after a branch would never run.");
        var follower = index < block.Instructions.Count ? block.Instructions[index] : null;
        if (source == SourceInheritance.Hidden)
        {
            if (PointAt(block, index) is { } point)
            {
                code[0].Source ??= SourceSpan.Hidden(point.Document);
                if (follower is not null)
                    follower.Source ??= point;
                else if (FirstFrom(block, index) is { } next)
                    next.Source ??= point;
            }
        }
        else if (follower?.Source is not null && code[0].Source is null)
        {
            code[0].Source = follower.Source;
            follower.Source = null;
        }
        block.Instructions.InsertRange(index, code);
    }

    /// <summary>Puts other code in an instruction's place; source and scopes go over to it.</summary>
    public void Replace(Block block, int index, IReadOnlyList<Instruction> code)
    {
        if (code.Count == 0)
        {
            Remove(block, index);
            return;
        }
        var old = block.Instructions[index];
        code[0].Source ??= old.Source;
        block.Instructions.RemoveAt(index);
        block.Instructions.InsertRange(index, code);
        scopes.Move(old, code[0]);
    }

    /// <summary>Takes an instruction out; its source and scopes go over to the next one.</summary>
    public void Remove(Block block, int index)
    {
        var old = block.Instructions[index];
        block.Instructions.RemoveAt(index);
        var next = FirstFrom(block, index);
        if (old.Source is not null && next is not null)
            next.Source ??= old.Source;
        scopes.Move(old, next);
    }

    /// <summary>
    /// Cuts a block in two before an instruction. The block keeps what comes first, and with it all branches to it and its place as an
    /// entry of regions; what comes after is returned.
    /// </summary>
    public Block SplitBefore(Block block, int index)
    {
        // Nothing is known about the stack of code that no path leads to; it stays as it is.
        var stack = block.IsReachable ? StackAt(block, index).Stack.ToArray() : [];
        var rest = new Block(block.Region)
        {
            Next = block.Next,
            EntryStack = stack,
            IsReachable = block.IsReachable,
            OriginalOffset = index < block.Instructions.Count ? block.Instructions[index].OriginalOffset : -1,
        };
        rest.Instructions.AddRange(block.Instructions.GetRange(index, block.Instructions.Count - index));
        block.Instructions.RemoveRange(index, block.Instructions.Count - index);
        block.Next = rest;
        Body.Blocks.Insert(Body.Blocks.IndexOf(block) + 1, rest);
        return rest;
    }

    /// <summary>A new, empty block behind another one, in the same region unless told otherwise. Nothing leads to it yet.</summary>
    public Block InsertBlockAfter(Block block, Region? region = null)
    {
        var inserted = new Block(region ?? block.Region);
        Body.Blocks.Insert(Body.Blocks.IndexOf(block) + 1, inserted);
        return inserted;
    }

    /// <summary>
    /// A new block that control passes on its way to another: every branch to that one, and its place as an entry of regions, goes over
    /// to the new block, which falls through to it.
    /// </summary>
    public Block InsertBlockBefore(Block block)
    {
        var inserted = new Block(block.Region) { EntryStack = block.EntryStack, IsReachable = block.IsReachable, Next = block };
        for (var region = block.Region; region is { Entry: { } entry } && entry == block; region = region.Parent!)
            region.Entry = inserted;
        Retarget(block, inserted);
        Body.Blocks.Insert(Body.Blocks.IndexOf(block), inserted);
        return inserted;
    }

    /// <summary>Lets every branch and fall-through to one block go to another.</summary>
    public void Retarget(Block from, Block to)
    {
        foreach (var block in Body.Blocks)
            Retarget(block, from, to);
    }

    /// <summary>Lets the ways out of one block that lead to a target lead to another.</summary>
    public static void Retarget(Block source, Block from, Block to)
    {
        if (source.Next == from)
            source.Next = to;
        if (source.Instructions.Count == 0)
            return;
        var last = source.Instructions[source.Instructions.Count - 1];
        if (last.Operand == (object)from)
            last.Operand = to;
        else if (last.Operand is Block[] targets)
        {
            for (var i = 0; i < targets.Length; i++)
                targets[i] = targets[i] == from ? to : targets[i];
        }
    }

    /// <summary>
    /// Stores the values on the stack before an instruction into fresh locals, but for the top ones when told to keep those.
    /// The stores are inserted at the position; the caller loads the values back where they are needed.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="index">Where the stores go; on return the index behind them.</param>
    /// <param name="machine">The stack at the position; it is not changed.</param>
    /// <param name="keepTop">How many values stay on the stack.</param>
    public SpilledStack SpillStack(Block block, ref int index, StackMachine machine, int keepTop = 0)
    {
        var below = new SpilledStack(Body, machine.Stack, 0, machine.Stack.Count - keepTop, isThisFixed);
        var code = new List<Instruction>();
        if (below.Count > 0)
        {
            var kept = new SpilledStack(Body, machine.Stack, below.Count, keepTop, isThisFixed);
            code.AddRange(kept.Stores());
            code.AddRange(below.Stores());
            code.AddRange(kept.LoadRange(0, keepTop));
        }
        Insert(block, index, code);
        index += code.Count;
        return below;
    }

    /// <summary>Why an instruction cannot be made a protected region of its own; null when it can.</summary>
    public static string? WhyNotWrap(Block block, int index)
    {
        var code = block.Instructions[index].Code;
        if (FlowRules.EndsBlock(code))
            return $"{code} transfers control and cannot be protected on its own.";
        if (!block.IsReachable)
            return "The code is unreachable.";
        for (var region = block.Region; region is not null; region = region.Parent)
        {
            if (region.Kind == RegionKind.Filter)
                return "A filter cannot hold a protected region.";
        }
        return null;
    }

    /// <summary>
    /// Makes an instruction a protected region of its own. As a try starts and ends with an empty stack (ECMA-335 III.3.46), all values
    /// on the stack are put aside before it, the instruction's operands are put back inside, and the others and the result behind.
    /// Control goes on behind the region: <see cref="ProtectedCode.After"/> is where a handler leaves to.
    /// </summary>
    /// <param name="block">The block; it ends before the region afterwards.</param>
    /// <param name="index">The instruction.</param>
    /// <param name="kind">Catch, filtered catch, finally or fault.</param>
    /// <param name="catchType">The exception type of a catch.</param>
    /// <exception cref="InvalidOperationException">The instruction cannot be wrapped; see <see cref="WhyNotWrap"/>.</exception>
    public ProtectedCode WrapInTry(Block block, int index, RegionKind kind, TypeSymbol? catchType = null)
    {
        if (WhyNotWrap(block, index) is { } reason)
            throw new InvalidOperationException(reason);
        var machine = StackAt(block, index);
        var instruction = block.Instructions[index];
        var effect = new InstructionEffect(machine, instruction);
        var point = PointAt(block, index);
        var at = index;
        var spilled = SpillStack(block, ref at, machine);
        // What comes before keeps the author's point; the stores took it over from the instruction if that had one.
        var operands = spilled.LoadRange(spilled.Count - effect.Pops, effect.Pops);
        if (operands.Count > 0)
            operands[0].Source = instruction.Source;
        block.Instructions.InsertRange(at, operands);
        var inside = SplitBefore(block, at);
        var after = SplitBefore(inside, operands.Count + 1);
        var protectedCode = Protect(inside, inside, after, inside.Region, kind, catchType);
        inside.Region = protectedCode.Region;
        if (operands.Count > 0)
        {
            scopes.Move(instruction, operands[0], startsOnly: true);
            instruction.Source = null;
        }
        var result = new SpilledStack(Body, effect.Results, 0, effect.Results.Count, isThisFixed);
        inside.Instructions.AddRange(result.Stores());
        EndInLeave(inside, after);
        after.Instructions.InsertRange(0, [.. spilled.LoadRange(0, spilled.Count - effect.Pops), .. result.LoadRange(0, result.Count)]);
        after.EntryStack = [];
        // A tail call would leave the region.
        instruction.Prefixes &= ~Prefixes.Tail;
        RestorePoint(after, point);
        return new ProtectedCode(
            protectedCode.Region, inside, protectedCode.Handler, protectedCode.Filter, after, result.Count > 0 ? result.LocalOf(result.Count - 1) : null);
    }

    /// <summary>
    /// Makes a run of blocks a protected region. The run is entered at its first block with an empty stack, and its blocks lie in one
    /// region or in regions within that one that are wholly part of the run. Branches and returns out of it become leaves.
    /// </summary>
    public ProtectedCode WrapInTry(Block first, Block last, RegionKind kind, TypeSymbol? catchType = null) =>
        new RangeProtector(this).Wrap(first, last, kind, catchType);

    /// <summary>
    /// Lets every return go through one block, which is returned: it is entered with an empty stack and returns the value of the
    /// result local (null for void). Null when the body never returns.
    /// </summary>
    public ReturnPoint? ReplaceReturns()
    {
        ReturnPoint? exit = null;
        foreach (var block in Body.Blocks.ToArray())
        {
            if (block.Instructions.Count == 0 || block.Instructions[block.Instructions.Count - 1] is not { Code: Code.Ret } ret)
                continue;
            exit ??= NewReturnPoint();
            var code = new List<Instruction>();
            if (exit.Result is not null && block.IsReachable)
                code.Add(new Instruction(Code.Stloc, exit.Result));
            code.Add(new Instruction(Code.Br, exit.Block));
            DropTail(block);
            Replace(block, block.Instructions.IndexOf(ret), code);
            exit.Block.IsReachable |= block.IsReachable;
        }
        return exit;
    }

    internal ReturnPoint NewReturnPoint()
    {
        var result = Body.ReturnType.Shape == TypeShape.Void ? null : NewLocal(Body.ReturnType);
        var block = new Block(Body.Body) { IsReachable = false };
        if (result is not null)
            block.Instructions.Add(new Instruction(Code.Ldloc, result));
        block.Instructions.Add(new Instruction(Code.Ret));
        // The point of the last return must not colour it.
        if (PointAt(Body.Blocks[Body.Blocks.Count - 1], int.MaxValue) is { } point)
            block.Instructions[0].Source = SourceSpan.Hidden(point.Document);
        Body.Blocks.Add(block);
        return new ReturnPoint(block, result);
    }

    internal static void DropTail(Block block)
    {
        foreach (var instruction in block.Instructions)
            instruction.Prefixes &= ~Prefixes.Tail;
    }

    /// <summary>The author's source in force at a position: the nearest point at or before it in the layout.</summary>
    public SourceSpan? PointAt(Block block, int index)
    {
        for (var i = Math.Min(index, block.Instructions.Count - 1); i >= 0; i--)
        {
            if (block.Instructions[i].Source is { } source)
                return source;
        }
        for (var b = Body.Blocks.IndexOf(block) - 1; b >= 0; b--)
        {
            var instructions = Body.Blocks[b].Instructions;
            for (var i = instructions.Count - 1; i >= 0; i--)
            {
                if (instructions[i].Source is { } source)
                    return source;
            }
        }
        return null;
    }

    /// <summary>A try region over blocks that already lie together, with one handler and its empty entry block.</summary>
    internal ProtectedCode Protect(Block first, Block last, Block? after, Region parent, RegionKind kind, TypeSymbol? catchType)
    {
        var types = Body.Types;
        var region = new Region(RegionKind.Try, parent) { Entry = first };
        Region? filter = kind == RegionKind.FilteredCatch ? new Region(RegionKind.Filter, parent) { Try = region } : null;
        var handler = new Region(kind, parent) { Try = region, Filter = filter, CatchType = kind == RegionKind.Catch ? catchType ?? types.Object : null };
        region.Handlers.Add(handler);
        StackType[] entry = kind switch
        {
            RegionKind.Catch => [new StackType(StackKind.Object, handler.CatchType)],
            RegionKind.FilteredCatch => [new StackType(StackKind.Object, types.Object)],
            RegionKind.Finally or RegionKind.Fault => [],
            _ => throw new InvalidOperationException($"{kind} is no kind of handler."),
        };
        Block? filterBlock = null;
        if (filter is not null)
        {
            filterBlock = InsertBlockAfter(last, filter);
            filterBlock.EntryStack = entry;
            filter.Entry = filterBlock;
        }
        var handlerBlock = InsertBlockAfter(filterBlock ?? last, handler);
        handlerBlock.EntryStack = entry;
        handler.Entry = handlerBlock;
        return new ProtectedCode(region, first, handlerBlock, filterBlock, after);
    }

    internal static void EndInLeave(Block block, Block target)
    {
        block.Next = null;
        block.Instructions.Add(new Instruction(Code.Leave, target));
    }

    private static void RestorePoint(Block block, SourceSpan? point)
    {
        if (point is not null && block.Instructions.Count > 0)
            block.Instructions[0].Source ??= point;
    }

    private Instruction? FirstFrom(Block block, int index)
    {
        for (var b = Body.Blocks.IndexOf(block); b < Body.Blocks.Count; b++, index = 0)
        {
            if (index < Body.Blocks[b].Instructions.Count)
                return Body.Blocks[b].Instructions[index];
        }
        return null;
    }
}
