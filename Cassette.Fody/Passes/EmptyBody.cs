using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>A body that does nothing but return the default of its type: what a pass starts from that writes a method anew.</summary>
internal static class EmptyBody
{
    public static MethodIR Of(MethodIR body)
    {
        var empty = new MethodIR(body.Types, body.Origin, body.ReturnType) { InitLocals = true };
        empty.Arguments.AddRange(body.Arguments);
        var block = new Block(empty.Body);
        if (body.ReturnType.Shape != Metadata.TypeShape.Void)
        {
            var result = new Local(body.ReturnType);
            empty.Locals.Add(result);
            block.Instructions.Add(new Instruction(Code.Ldloc, result));
        }
        block.Instructions.Add(new Instruction(Code.Ret));
        empty.Blocks.Add(block);
        return empty;
    }
}
