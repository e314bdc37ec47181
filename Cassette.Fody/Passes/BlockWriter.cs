using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Writes a body anew while the old one is read: block by block, in layout order, so that no position ever has to be fixed up. Blocks keep
/// their identity as branch targets; what is written into one may end in another.
/// </summary>
internal sealed class BlockWriter(MethodIR body)
{
    private readonly List<Block> written = [];
    private readonly Dictionary<TypeSymbol, Stack<Local>> free = [];
    private readonly List<(TypeSymbol Type, Local Local)> taken = [];

    public MethodIR Body { get; } = body;

    /// <summary>The block that instructions go into.</summary>
    public Block Current { get; private set; } = null!;

    /// <summary>Continues in a block: one of the old body's, or one from <see cref="NewBlock"/>.</summary>
    public void Start(Block block)
    {
        written.Add(block);
        Current = block;
    }

    /// <summary>A block that is not yet placed, entered with the given stack.</summary>
    public Block NewBlock(StackType[] entryStack, Region? region = null) => new(region ?? Current.Region) { EntryStack = entryStack };

    /// <summary>Ends the current block by running on into another one, which is placed behind it.</summary>
    public void RunInto(Block next)
    {
        Current.Next = next;
        Start(next);
    }

    public Instruction Emit(Code code, object? operand = null)
    {
        var instruction = new Instruction(code, operand);
        Current.Instructions.Add(instruction);
        return instruction;
    }

    public void Append(Instruction instruction) => Current.Instructions.Add(instruction);

    /// <summary>Ends the current block with a conditional branch and goes on in a new one.</summary>
    public void BranchOver(Code branch, Block target, StackType[] stack)
    {
        Emit(branch, target);
        RunInto(NewBlock(stack));
    }

    /// <summary>Ends the current block with a jump; the caller starts another one.</summary>
    public void Jump(Block target)
    {
        Emit(Code.Br, target);
        Current.Next = null;
    }

    /// <summary>A local that is free again after <see cref="ReleaseTemporaries"/>.</summary>
    public Local Temporary(TypeSymbol type)
    {
        if (!free.TryGetValue(type, out var pool))
            free.Add(type, pool = new Stack<Local>());
        Local local;
        if (pool.Count > 0)
        {
            local = pool.Pop();
        }
        else
        {
            local = new Local(type);
            Body.Locals.Add(local);
        }
        taken.Add((type, local));
        return local;
    }

    public void ReleaseTemporaries()
    {
        // Pushed in reverse, so that the next site takes them in the order of this one.
        for (var i = taken.Count - 1; i >= 0; i--)
            free[taken[i].Type].Push(taken[i].Local);
        taken.Clear();
    }

    /// <summary>Makes what was written the body.</summary>
    public void Finish()
    {
        Body.Blocks.Clear();
        Body.Blocks.AddRange(written);
    }
}
