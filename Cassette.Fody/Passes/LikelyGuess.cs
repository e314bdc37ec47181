using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>A delegate taken for what is likely at a place, as the calls find out that the loop itself makes.</summary>
internal sealed class LikelyGuess(LikelyPlace place) : IDelegateGuess
{
    public void EmitTest(BlockWriter writer, Code load, object variable, Block other)
    {
        // The test is compiled only once there is something to test for.
        writer.Emit(Code.Ldsfld, place.Candidate);
        writer.Emit(Code.Ldc_I4, 0);
        writer.BranchOver(Code.Ble, other, []);
        writer.Emit(load, variable);
        writer.BranchOver(Code.Brfalse, other, []);
        writer.Emit(load, variable);
        writer.Emit(Code.Call, place.Test);
        writer.BranchOver(Code.Brfalse, other, []);
    }

    /// <summary>Nothing: what is called takes the delegate.</summary>
    public void ChangeLoad(BlockWriter writer, Instruction load)
    {
    }

    public void ChangeCall(PlannedClone clone, Instruction call) => Lead(clone, call, place.Known);

    /// <summary>Makes a call of the loop itself one that finds out.</summary>
    public void ChangeOriginal(PlannedClone clone, Instruction call) => Lead(clone, call, place.Invoker);

    private static void Lead(PlannedClone clone, Instruction call, MethodSymbol invoker) => clone.Sites[call] = clone.Sites[call] with { Invoker = invoker, Outer = null };
}
