using Cassette.Fody.Discovery;
using Cassette.Fody.IL;

namespace Cassette.Fody.Passes;

/// <summary>What the delegate in a variable is taken for in a copy of a loop.</summary>
internal interface IDelegateGuess
{
    /// <summary>Branches where the delegate on the stack, which is not null, is something else, and goes on where it is that.</summary>
    void EmitTest(BlockWriter writer, Block other);

    /// <summary>Changes the load of the delegate for a call in the copy, which was written last.</summary>
    void ChangeLoad(BlockWriter writer, Instruction load);

    /// <summary>Changes the call in the copy, and its site.</summary>
    void ChangeCall(PlannedClone clone, Instruction call);
}
