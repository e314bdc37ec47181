using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.IL;

/// <summary>Where a body's basic blocks begin, and the tree of its handler regions (ECMA-335 I.12.4.2).</summary>
internal sealed class BodyShape
{
    private readonly MethodIR body;
    private readonly MethodBody cecil;
    private readonly Block?[] blockAt;
    private readonly Instruction?[] instructionAt;
    private readonly int end;

    public BodyShape(MethodIR body, MethodBody cecil, TypeUniverse types, GenericScope scope)
    {
        this.body = body;
        this.cecil = cecil;
        var last = cecil.Instructions.Count == 0 ? throw new InvalidILException("the body is empty", 0) : cecil.Instructions[cecil.Instructions.Count - 1];
        end = last.Offset + last.GetSize();
        blockAt = new Block?[end + 1];
        instructionAt = new Instruction?[end + 1];
        MarkLeaders(types, scope);
    }

    /// <summary>The block that starts at an instruction, or null where none does.</summary>
    public Block? BlockAt(int offset) => offset < end ? blockAt[offset] : null;

    /// <summary>The block that a branch goes to.</summary>
    public Block Target(CecilInstruction instruction) =>
        BlockAt(instruction.Offset) ?? throw NoTarget(instruction);

    public void Note(int offset, Instruction instruction) => instructionAt[offset] = instruction;

    /// <summary>The instruction at an offset: of a prefixed one any part.</summary>
    public Instruction? InstructionAt(int offset) => offset >= 0 && offset < end ? instructionAt[offset] : null;

    /// <summary>Makes running on from one block to the next explicit.</summary>
    public void LinkBlocks()
    {
        for (var i = 0; i < body.Blocks.Count; i++)
        {
            var block = body.Blocks[i];
            if (block.Instructions.Count > 0 && !Flow.FallsThrough(block.Instructions[block.Instructions.Count - 1].Code))
                continue;
            if (i + 1 < body.Blocks.Count)
                block.Next = body.Blocks[i + 1];
        }
    }

    private void MarkLeaders(TypeUniverse types, GenericScope scope)
    {
        var leaders = new bool[end + 1];
        leaders[0] = true;
        foreach (var instruction in cecil.Instructions)
        {
            switch (instruction.Operand)
            {
                case CecilInstruction target:
                    leaders[target.Offset] = true;
                    break;
                case CecilInstruction[] targets:
                    // Where no instruction starts at a target, Cecil reads null.
                    foreach (var target in targets)
                        leaders[(target ?? throw NoTarget(instruction)).Offset] = true;
                    break;
                case null when instruction.OpCode.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget:
                    throw NoTarget(instruction);
            }
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                leaders[instruction.Offset + instruction.GetSize()] = true;
        }
        var ranges = cecil.HasExceptionHandlers ? new RegionTree(body.Body, cecil.ExceptionHandlers, types, scope, end) : null;
        if (ranges != null)
        {
            foreach (var offset in ranges.Boundaries)
                leaders[offset] = true;
        }
        foreach (var instruction in cecil.Instructions)
        {
            if (!leaders[instruction.Offset])
                continue;
            var region = ranges is null ? body.Body : ranges.RegionAt(instruction.Offset);
            var block = new Block(region) { OriginalOffset = instruction.Offset, IsReachable = false };
            blockAt[instruction.Offset] = block;
            body.Blocks.Add(block);
        }
        ranges?.SetEntries(offset => blockAt[offset] ?? throw new InvalidILException("a handler starts at no instruction", offset));
    }

    private static InvalidILException NoTarget(CecilInstruction branch) => new("a branch leads to no instruction", branch.Offset);
}

/// <summary>Which instructions go on to the following one.</summary>
internal static class Flow
{
    public static bool FallsThrough(Code code) => code is not (Code.Br or Code.Leave or Code.Ret or Code.Throw or Code.Rethrow or Code.Endfinally or Code.Endfilter or Code.Jmp);
}
