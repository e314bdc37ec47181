using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Which instruction put a value on the stack, within a block.</summary>
internal sealed class ValueOrigins(MethodIR body)
{
    private readonly StackMachine machine = new(body);
    private readonly List<Instruction?> origins = [];
    private readonly HashSet<Instruction> duplicated = new(ReferenceComparer<Instruction>.Instance);

    /// <summary>The calls whose receiver is a local or an argument read for them alone, with the instruction that reads it.</summary>
    public IReadOnlyList<(Instruction Load, Instruction Call)> Receivers(Block block, Func<Instruction, bool> isWanted) =>
        [.. Taken(block, isWanted).Where(t => t.Origin is { Code: Code.Ldloc or Code.Ldarg } load && !duplicated.Contains(load)).Select(t => (t.Origin!, t.Taker))];

    /// <summary>What put the receiver on the stack that a call takes, or the value that a store takes; null where that was before the block.</summary>
    public IReadOnlyList<(Instruction Taker, Instruction? Origin)> Taken(Block block, Func<Instruction, bool> isWanted)
    {
        var found = new List<(Instruction, Instruction?)>();
        machine.Enter(block);
        origins.Clear();
        for (var i = 0; i < machine.Stack.Count; i++)
            origins.Add(null);
        foreach (var instruction in block.Instructions)
        {
            if (isWanted(instruction))
                found.Add((instruction, origins[origins.Count - (instruction.Operand is MethodSymbol or CallSignature ? StackMachine.PopsOfCall(instruction) : 1)]));
            Apply(instruction);
        }
        return found;
    }

    private void Apply(Instruction instruction)
    {
        machine.Apply(instruction);
        if (instruction.Code == Code.Dup)
        {
            var origin = origins[origins.Count - 1];
            origins.Add(origin);
            if (origin != null)
                duplicated.Add(origin);
            return;
        }
        var pushes = PushesOne(instruction) ? 1 : 0;
        var left = Math.Max(0, machine.Stack.Count - pushes);
        origins.RemoveRange(left, origins.Count - left);
        if (machine.Stack.Count > left)
            origins.Add(instruction);
    }

    /// <summary>What ends a block leaves no value that is looked at, so a branch may count as either.</summary>
    private static bool PushesOne(Instruction instruction) =>
        instruction.Operand is not (Block or Block[]) && InstructionEffect.Pushes(instruction) == 1;
}
