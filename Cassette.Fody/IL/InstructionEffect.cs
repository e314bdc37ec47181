using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>How many values an instruction takes off the stack, and what it puts there.</summary>
internal sealed class InstructionEffect
{
    /// <param name="before">The stack before the instruction; it is not changed.</param>
    /// <param name="instruction">No branch.</param>
    public InstructionEffect(StackMachine before, Instruction instruction)
    {
        var machine = new StackMachine(before.Body);
        machine.Stack.AddRange(before.Stack);
        machine.Apply(instruction);
        var pushes = Pushes(instruction);
        Results = machine.Stack.GetRange(machine.Stack.Count - pushes, pushes);
        Pops = before.Stack.Count - (machine.Stack.Count - pushes);
    }

    public int Pops { get; }

    public List<StackType> Results { get; }

    /// <summary>How many values an instruction that is no branch puts there.</summary>
    public static int Pushes(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Call or Code.Callvirt:
                return instruction.Method.ReturnType.Shape == TypeShape.Void ? 0 : 1;
            case Code.Calli:
                return ((CallSignature)instruction.Operand!).ReturnType.Shape == TypeShape.Void ? 0 : 1;
            case Code.Dup:
                return 2;
            case Code.Nop or Code.Break or Code.Pop or Code.Starg or Code.Stloc or Code.Stfld or Code.Stsfld or Code.Stobj or Code.Cpobj
                or Code.Initobj or Code.Cpblk or Code.Initblk or Code.Stelem_Any or (>= Code.Stelem_I and <= Code.Stelem_Ref)
                or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I:
                return 0;
            default:
                return 1;
        }
    }
}
