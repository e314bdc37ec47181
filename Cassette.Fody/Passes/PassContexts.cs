using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Passes see the contexts of every body as its last arguments. Before it is written, what a pass loads from them is loaded from where they are:
/// from a state machine's fields, from the arguments of a clone, which has none for contexts without fields.
/// </summary>
internal static class PassContexts
{
    public static void Lead(PlannedClone clone, ContextSource contexts)
    {
        var body = clone.Body!;
        var own = body.Arguments.Count - clone.Contexts.Length;
        var writer = new BlockWriter(body);
        foreach (var block in body.Blocks.ToArray())
        {
            var old = block.Instructions.ToArray();
            writer.Start(block);
            block.Instructions.Clear();
            foreach (var instruction in old)
            {
                if (instruction.Operand is not Argument argument || argument.Index < own || body.Arguments[argument.Index] != argument)
                    writer.Append(instruction);
                else
                    Lead(instruction, body.Arguments.Count - argument.Index, writer, contexts);
                writer.ReleaseTemporaries();
            }
        }
        writer.Finish();
        body.Arguments.RemoveRange(own, clone.Contexts.Length);
    }

    private static void Lead(Instruction instruction, int depth, BlockWriter writer, ContextSource contexts)
    {
        var first = writer.Current.Instructions.Count;
        switch (instruction.Code)
        {
            case Code.Ldarg:
                contexts.Emit(writer, depth);
                break;
            case Code.Ldarga:
                contexts.EmitAddress(writer, depth);
                break;
            default:
                contexts.EmitStore(writer, depth);
                break;
        }
        // The instruction stays the first of what it becomes: sequence points and scopes are on it.
        var emitted = writer.Current.Instructions[first];
        instruction.Code = emitted.Code;
        instruction.Operand = emitted.Operand;
        writer.Current.Instructions[first] = instruction;
    }
}
