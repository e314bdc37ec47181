using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Decides whether a method body is one that the CLI runs as meant. It takes nothing from the importer on trust: each block is walked
/// from its <see cref="Block.EntryStack"/>, and each way into a block must bring a stack that fits that entry.
/// An instance keeps scratch space between bodies and serves one thread.
/// </summary>
/// <example><code>
/// var errors = new BodyVerifier(assignability).Verify(body);
/// if (errors.Count &gt; 0) throw new InvalidOperationException(errors[0].ToString());
/// </code></example>
public sealed class BodyVerifier
{
    private static readonly IReadOnlyList<VerificationError> Accepted = [];

    private readonly StackAssignability assignability;
    private readonly VerificationLevel level;
    private readonly OperandRules operands;
    private readonly HashSet<Block> blocks = new(ReferenceComparer<Block>.Instance);
    private readonly HashSet<Block> reached = new(ReferenceComparer<Block>.Instance);
    private readonly HashSet<Region> knownRegions = new(ReferenceComparer<Region>.Instance);
    private readonly List<Region> regions = [];
    private readonly HashSet<Local> locals = new(ReferenceComparer<Local>.Instance);
    private readonly Stack<Block> pending = [];
    private List<VerificationError>? errors;
    private MethodIR body = null!;
    private StackMachine machine = null!;
    private ConstructorState? state;

    public BodyVerifier(Assignability types, VerificationLevel level = VerificationLevel.Correct)
    {
        assignability = new StackAssignability(types);
        this.level = level;
        operands = new OperandRules(assignability, level);
    }

    /// <summary>Empty when the body is accepted. When the structure is broken, code is not looked at.</summary>
    public IReadOnlyList<VerificationError> Verify(MethodIR body)
    {
        this.body = body;
        errors = null;
        blocks.Clear();
        reached.Clear();
        knownRegions.Clear();
        regions.Clear();
        locals.Clear();
        pending.Clear();
        CheckStructure();
        if (errors is null)
        {
            foreach (var local in body.Locals)
                locals.Add(local);
            state = level == VerificationLevel.TypeSafe ? new ConstructorState(body) : null;
            machine = new StackMachine(body);
            operands.Start(body, locals, state);
            machine = new StackMachine(body);
            CheckReachability();
            for (var i = 0; i < body.Blocks.Count; i++)
            {
                if (reached.Contains(body.Blocks[i]))
                    CheckCode(body.Blocks[i], i);
            }
        }
        return errors ?? Accepted;
    }

    private void CheckStructure()
    {
        if (body.Blocks.Count == 0)
        {
            Report(-1, null, null, "the body has no blocks");
            return;
        }
        foreach (var block in body.Blocks)
        {
            if (!blocks.Add(block))
                Report(-1, block, null, "the block is listed twice");
        }
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            var block = body.Blocks[i];
            if (block.Region is null || !block.Region.IsWithin(body.Body))
            {
                Report(i, block, null, "the block lies in no region of the body");
                return;
            }
            for (var region = block.Region; region is not null && knownRegions.Add(region); region = region.Parent)
            {
                regions.Add(region);
                if (FlowRules.Region(body, region, blocks) is { } reason)
                    Report(i, block, null, reason);
            }
            CheckShape(block, i);
        }
        CheckRegions();
        if (errors is null && FlowRules.BodyEntry(body) is { } entryReason)
            Report(0, body.Blocks[0], null, entryReason);
        if (errors is null)
            CheckTargets();
    }

    /// <summary>A region that a try lists but no block lies in would vanish when the body is emitted.</summary>
    private void CheckRegions()
    {
        foreach (var region in regions)
        {
            foreach (var handler in region.Handlers)
            {
                if (!knownRegions.Contains(handler) || handler.Filter is not null && !knownRegions.Contains(handler.Filter))
                    Report(-1, null, null, $"a {FlowRules.Name(handler)} region has no blocks");
            }
            if (region.Try is not null && !knownRegions.Contains(region.Try))
                Report(-1, null, null, $"the try of a {FlowRules.Name(region)} region has no blocks");
            if (region.Kind == RegionKind.Filter)
                CheckFilter(region);
        }
    }

    /// <summary>A filter has one <c>endfilter</c>, the last instruction of it in the layout (III.3.34).</summary>
    private void CheckFilter(Region filter)
    {
        var own = body.Blocks.FindAll(b => b.Region == filter);
        var ends = own.FindAll(b => b.Instructions.Count > 0 && b.Instructions[b.Instructions.Count - 1].Code == Code.Endfilter);
        if (ends.Count > 1)
            Report(body.Blocks.IndexOf(ends[1]), ends[1], null, "the filter has a second endfilter");
        else if (ends.Count == 1 && ends[0] != own[own.Count - 1])
            Report(body.Blocks.IndexOf(ends[0]), ends[0], null, "endfilter is not the last instruction of its filter");
    }

    private void CheckShape(Block block, int index)
    {
        var instructions = block.Instructions;
        for (var i = 0; i < instructions.Count; i++)
        {
            if (i < instructions.Count - 1 && FlowRules.EndsBlock(instructions[i].Code))
                Report(index, block, instructions[i], "a branch in the middle of a block");
            if (OperandRules.Operand(instructions[i]) is { } reason)
                Report(index, block, instructions[i], reason);
        }
        var ends = instructions.Count > 0 && FlowRules.EndsFlow(instructions[instructions.Count - 1].Code);
        if (ends && block.Next is not null)
            Report(index, block, null, "control never runs off the end of the block, yet it has a next block");
        if (!ends && block.Next is null && block.IsReachable)
            Report(index, block, null, "control runs off the end of the block and there is no next block");
    }

    private void CheckTargets()
    {
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            var block = body.Blocks[i];
            var last = block.Instructions.Count > 0 ? block.Instructions[block.Instructions.Count - 1] : null;
            if (block.Next is { } next)
                CheckEdge(block, i, last, next, false);
            if (last?.Operand is Block target)
                CheckEdge(block, i, last, target, last.Code == Code.Leave);
            else if (last?.Operand is Block[] targets)
            {
                foreach (var one in targets)
                    CheckEdge(block, i, last, one, false);
            }
        }
    }

    private void CheckEdge(Block block, int index, Instruction? instruction, Block target, bool leaves)
    {
        if (!blocks.Contains(target))
            Report(index, block, instruction, "control goes to a block that is not in the body");
        else if (block.IsReachable && (leaves ? FlowRules.Leave(block, target) : FlowRules.Branch(block, target)) is { } reason)
            Report(index, block, instruction, reason);
    }

    private void CheckReachability()
    {
        Reach(body.Blocks[0]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (block.Next is not null)
                Reach(block.Next);
            if (block.Instructions.Count > 0)
            {
                var operand = block.Instructions[block.Instructions.Count - 1].Operand;
                if (operand is Block target)
                    Reach(target);
                else if (operand is Block[] targets)
                    Array.ForEach(targets, Reach);
            }
            for (var region = block.Region; region.Parent is not null; region = region.Parent)
            {
                foreach (var handler in region.Handlers)
                {
                    Reach(handler.Entry!);
                    if (handler.Filter is not null)
                        Reach(handler.Filter.Entry!);
                }
            }
        }
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            if (!body.Blocks[i].IsReachable && reached.Contains(body.Blocks[i]))
                Report(i, body.Blocks[i], null, "the block is marked unreachable, yet control gets there");
        }
    }

    private void Reach(Block block)
    {
        if (reached.Add(block))
            pending.Push(block);
    }

    private void CheckCode(Block block, int index)
    {
        if (EntryReason(block) is { } entryReason)
        {
            Report(index, block, null, entryReason);
            return;
        }
        machine.Enter(block);
        state?.Enter(block);
        var instructions = block.Instructions;
        for (var i = 0; i < instructions.Count; i++)
        {
            var instruction = instructions[i];
            var reason = FlowRules.Terminator(instruction.Code, block.Region) ?? operands.Check(block, i, machine.Stack);
            if (reason is not null)
            {
                Report(index, block, instruction, reason);
                return;
            }
            try
            {
                machine.Apply(instruction);
                state?.Apply(instruction);
            }
            catch (InvalidILException exception)
            {
                Report(index, block, instruction, exception.Reason);
                return;
            }
        }
        CheckOutgoing(block, index, machine.Stack);
    }

    private string? EntryReason(Block block)
    {
        var stack = block.EntryStack;
        // A block can be the entry of several regions, one within the other.
        for (var region = block.Region; region.Parent is not null && region.Entry == block; region = region.Parent)
        {
            switch (region.Kind)
            {
                case RegionKind.Try or RegionKind.Finally or RegionKind.Fault:
                    if (stack.Length > 0)
                        return $"the stack is not empty at the entry of a {FlowRules.Name(region)} region";
                    break;
                default:
                    var thrown = region.CatchType ?? body.Types.Object;
                    if (stack.Length != 1 || stack[0].Kind != StackKind.Object
                        || level == VerificationLevel.TypeSafe && !assignability.Accepts(new StackType(StackKind.Object, thrown), stack[0], level))
                        return $"the stack at the entry of a {FlowRules.Name(region)} region is not the exception alone";
                    break;
            }
        }
        return null;
    }

    private void CheckOutgoing(Block block, int index, List<StackType> stack)
    {
        var last = block.Instructions.Count > 0 ? block.Instructions[block.Instructions.Count - 1] : null;
        if (block.Next is not null)
            CheckJoin(block, index, last, block.Next, stack);
        if (last?.Operand is Block target)
        {
            // leave empties the stack, whatever is on it.
            if (last.Code == Code.Leave)
                stack.Clear();
            CheckJoin(block, index, last, target, stack);
        }
        else if (last?.Operand is Block[] targets)
        {
            foreach (var one in targets)
                CheckJoin(block, index, last, one, stack);
        }
    }

    private void CheckJoin(Block block, int index, Instruction? last, Block target, List<StackType> stack)
    {
        var expected = target.EntryStack;
        if (expected.Length != stack.Count)
        {
            Report(index, block, last, $"{stack.Count} values on the stack where block {body.Blocks.IndexOf(target) + 1} expects {expected.Length}");
            return;
        }
        for (var i = 0; i < expected.Length; i++)
        {
            if (!assignability.Accepts(stack[i], expected[i], level))
                Report(index, block, last, $"{stack[i]} on the stack where block {body.Blocks.IndexOf(target) + 1} expects {expected[i]}");
        }
    }

    private void Report(int index, Block? block, Instruction? instruction, string reason) =>
        (errors ??= []).Add(new VerificationError(index, block, instruction, reason));
}
