using System.Collections.Generic;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;
using Instruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>Gives each branch its short form where the distance allows it: all start short, those that do not reach grow, until none does.</summary>
internal static class BranchShortener
{
    public static void Shorten(Collection<Instruction> instructions)
    {
        var branches = new List<Instruction>();
        foreach (var instruction in instructions)
        {
            if (OpcodeTable.ShortBranch(instruction.OpCode.Code) is { } shortForm)
            {
                instruction.OpCode = OpcodeTable.OpCodeOf(shortForm);
                branches.Add(instruction);
            }
        }
        if (branches.Count == 0)
            return;
        for (var changed = true; changed;)
        {
            changed = false;
            var offset = 0;
            foreach (var instruction in instructions)
            {
                instruction.Offset = offset;
                offset += instruction.GetSize();
            }
            foreach (var branch in branches)
            {
                var distance = ((Instruction)branch.Operand).Offset - (branch.Offset + branch.GetSize());
                var longForm = OpcodeTable.NormalForm(branch.OpCode.Code);
                if (distance is >= sbyte.MinValue and <= sbyte.MaxValue || longForm == branch.OpCode.Code)
                    continue;
                branch.OpCode = OpcodeTable.OpCodeOf(longForm);
                changed = true;
            }
        }
    }
}
