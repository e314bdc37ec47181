using System.Collections.Generic;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace Cassette.Fody.Emission;

/// <summary>Gives each branch its short form where the distance allows it: all start short, those that do not reach grow, until none does.</summary>
internal static class BranchShortener
{
    public static void Shorten(Collection<Instruction> instructions)
    {
        var branches = new List<Instruction>();
        foreach (var instruction in instructions)
        {
            if (ShortForm(instruction.OpCode.Code) is { } shortForm)
            {
                instruction.OpCode = shortForm;
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
                if (distance is >= sbyte.MinValue and <= sbyte.MaxValue || LongForm(branch.OpCode.Code) is not { } longForm)
                    continue;
                branch.OpCode = longForm;
                changed = true;
            }
        }
    }

    private static OpCode? ShortForm(Code code) => code switch
    {
        Code.Br => OpCodes.Br_S,
        Code.Brfalse => OpCodes.Brfalse_S,
        Code.Brtrue => OpCodes.Brtrue_S,
        Code.Beq => OpCodes.Beq_S,
        Code.Bge => OpCodes.Bge_S,
        Code.Bgt => OpCodes.Bgt_S,
        Code.Ble => OpCodes.Ble_S,
        Code.Blt => OpCodes.Blt_S,
        Code.Bne_Un => OpCodes.Bne_Un_S,
        Code.Bge_Un => OpCodes.Bge_Un_S,
        Code.Bgt_Un => OpCodes.Bgt_Un_S,
        Code.Ble_Un => OpCodes.Ble_Un_S,
        Code.Blt_Un => OpCodes.Blt_Un_S,
        Code.Leave => OpCodes.Leave_S,
        _ => null,
    };

    private static OpCode? LongForm(Code code) => code switch
    {
        Code.Br_S => OpCodes.Br,
        Code.Brfalse_S => OpCodes.Brfalse,
        Code.Brtrue_S => OpCodes.Brtrue,
        Code.Beq_S => OpCodes.Beq,
        Code.Bge_S => OpCodes.Bge,
        Code.Bgt_S => OpCodes.Bgt,
        Code.Ble_S => OpCodes.Ble,
        Code.Blt_S => OpCodes.Blt,
        Code.Bne_Un_S => OpCodes.Bne_Un,
        Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_Un_S => OpCodes.Bgt_Un,
        Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_Un_S => OpCodes.Blt_Un,
        Code.Leave_S => OpCodes.Leave,
        _ => null,
    };
}
