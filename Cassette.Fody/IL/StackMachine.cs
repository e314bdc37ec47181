using System.Collections.Generic;

namespace Cassette.Fody.IL;

/// <summary>
/// The typed transfer function of every instruction: the one place that knows what an instruction pops and pushes. The importer, the
/// verifier, the printer and the passes all walk a block with it.
/// </summary>
public sealed class StackMachine(MethodIR body)
{
    /// <summary>The evaluation stack, bottom first.</summary>
    public List<StackType> Stack { get; } = [];

    public MethodIR Body { get; } = body;

    /// <summary>Starts at the entry of a block.</summary>
    public void Enter(Block block)
    {
        Stack.Clear();
        Stack.AddRange(block.EntryStack);
    }
}
