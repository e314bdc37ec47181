using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>What the delegate in a variable is taken for in a copy of a loop.</summary>
internal interface IDelegateGuess
{
    /// <summary>Branches where the delegate is something else, or null, and goes on where it is that.</summary>
    /// <param name="writer">The writer of the body.</param>
    /// <param name="load">How the variable is loaded.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="other">Where to branch.</param>
    void EmitTest(BlockWriter writer, Code load, object variable, Block other);

    /// <summary>Changes the load of the delegate for a call in the copy, which was written last.</summary>
    void ChangeLoad(BlockWriter writer, Instruction load);

    /// <summary>Changes the call in the copy, and its site.</summary>
    void ChangeCall(PlannedClone clone, Instruction call);
}
