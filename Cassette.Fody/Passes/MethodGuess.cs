using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>A delegate taken for one that is made of a known method: what it is closed over is loaded in its place, and the method's clone called.</summary>
internal sealed class MethodGuess(RuntimeLibrary library, MethodSymbol method) : IDelegateGuess
{
    public void EmitTest(BlockWriter writer, Code load, object variable, Block other)
    {
        writer.Emit(load, variable);
        writer.BranchOver(Code.Brfalse, other, []);
        writer.Emit(load, variable);
        DirectInvokers.EmitTest(writer, library, method, other);
    }

    public void ChangeLoad(BlockWriter writer, Instruction load)
    {
        if (method.HasThis)
        {
            DirectInvokers.EmitReceiver(writer, library, method);
            return;
        }
        load.Code = Code.Nop;
        load.Operand = null;
    }

    public void ChangeCall(PlannedClone clone, Instruction call) => KnownDelegates.CallTarget(clone, call, method);
}
