using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.IL;

/// <summary>
/// Where a body's basic blocks begin, and the tree of its handler regions (ECMA-335 I.12.4.2). One instance serves many bodies, one at a time:
/// its tables are indexed by offset and large.
/// </summary>
internal sealed class BodyShape
{
    private Block?[] blockAt = [];
    private Instruction?[] instructionAt = [];
    private bool[] leaders = [];
    private MethodIR body = null!;
    private MethodBody cecil = null!;
    private Dictionary<CecilInstruction, int>? offsets;
    private int end;

    /// <summary>Turns to another body; what was known of the one before is gone.</summary>
    public void Start(MethodIR body, MethodBody cecil, TypeUniverse types, GenericScope scope)
    {
        this.body = body;
        this.cecil = cecil;
        Measure();
        if (blockAt.Length <= end)
        {
            var size = Math.Max(end + 1, 1024);
            (blockAt, instructionAt, leaders) = (new Block?[size], new Instruction?[size], new bool[size]);
        }
        else
        {
            Array.Clear(blockAt, 0, end + 1);
            Array.Clear(instructionAt, 0, end + 1);
            Array.Clear(leaders, 0, end + 1);
        }
        MarkLeaders(types, scope);
    }

    /// <summary>
    /// Where an instruction stands. A weaver that ran before this one leaves instructions with offsets of the body as it was; then they are counted
    /// anew here, as what is read is not changed.
    /// </summary>
    public int OffsetOf(CecilInstruction instruction)
    {
        var offset = instruction.Offset;
        if (offsets != null && !offsets.TryGetValue(instruction, out offset) || offset < 0 || offset >= end)
            throw new InvalidILException("a branch or a handler leads out of the body", offset);
        return offset;
    }

    /// <summary>The block that starts at an instruction, or null where none does.</summary>
    public Block? BlockAt(int offset) => offset < end ? blockAt[offset] : null;

    /// <summary>The block that a branch goes to.</summary>
    public Block Target(CecilInstruction instruction) =>
        BlockAt(OffsetOf(instruction)) ?? throw NoTarget(instruction);

    public void Note(int offset, Instruction instruction) => instructionAt[offset] = instruction;

    /// <summary>The instruction at an offset: of a prefixed one any part.</summary>
    public Instruction? InstructionAt(int offset)
    {
        if (offsets != null)
            offset = CountedAnew(offset);
        return offset >= 0 && offset < end ? instructionAt[offset] : null;
    }

    /// <summary>Debug information speaks of the body as it was; the instructions that are left of it still say where they stood.</summary>
    private int CountedAnew(int offset)
    {
        foreach (var instruction in cecil.Instructions)
        {
            if (instruction.Offset == offset)
                return offsets![instruction];
        }
        return -1;
    }

    private void Measure()
    {
        if (cecil.Instructions.Count == 0)
            throw new InvalidILException("the body is empty", 0);
        offsets = null;
        end = 0;
        foreach (var instruction in cecil.Instructions)
        {
            if (instruction.Offset != end)
            {
                CountAnew();
                return;
            }
            end += instruction.GetSize();
        }
    }

    private void CountAnew()
    {
        offsets = new Dictionary<CecilInstruction, int>(ReferenceComparer<CecilInstruction>.Instance);
        end = 0;
        foreach (var instruction in cecil.Instructions)
        {
            offsets.Add(instruction, end);
            end += instruction.GetSize();
        }
    }

    /// <summary>Makes running on from one block to the next explicit.</summary>
    public void LinkBlocks()
    {
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            var block = body.Blocks[i];
            if (block.Instructions.Count > 0 && !OpcodeTable.FallsThrough(block.Instructions[block.Instructions.Count - 1].Code))
                continue;
            if (i + 1 < body.Blocks.Count)
                block.Next = body.Blocks[i + 1];
        }
    }

    private void MarkLeaders(TypeUniverse types, GenericScope scope)
    {
        leaders[0] = true;
        foreach (var instruction in cecil.Instructions)
        {
            switch (instruction.Operand)
            {
                case CecilInstruction target:
                    leaders[OffsetOf(target)] = true;
                    break;
                case CecilInstruction[] targets:
                    // Where no instruction starts at a target, Cecil reads null.
                    foreach (var target in targets)
                        leaders[OffsetOf(target ?? throw NoTarget(instruction))] = true;
                    break;
                case null when OpcodeTable.OperandOf(instruction.OpCode.Code) == OperandKind.Block:
                    throw NoTarget(instruction);
            }
            if (OpcodeTable.EndsBlock(instruction.OpCode.Code))
                leaders[OffsetOf(instruction) + instruction.GetSize()] = true;
        }
        var ranges = cecil.HasExceptionHandlers ? new RegionTree(body.Body, cecil.ExceptionHandlers, types, scope, instruction => instruction is null ? end : OffsetOf(instruction)) : null;
        if (ranges != null)
        {
            foreach (var offset in ranges.Boundaries)
            {
                if (offset > end)
                    throw new InvalidILException("a protected region ends behind the body", offset);
                leaders[offset] = true;
            }
        }
        foreach (var instruction in cecil.Instructions)
        {
            var offset = OffsetOf(instruction);
            if (!leaders[offset])
                continue;
            var region = ranges is null ? body.Body : ranges.RegionAt(offset);
            var block = new Block(region) { OriginalOffset = offset, IsReachable = false };
            blockAt[offset] = block;
            body.Blocks.Add(block);
        }
        ranges?.SetEntries(offset => blockAt[offset] ?? throw new InvalidILException("a handler starts at no instruction", offset));
    }

    private InvalidILException NoTarget(CecilInstruction branch) => new("a branch leads to no instruction", OffsetOf(branch));
}
