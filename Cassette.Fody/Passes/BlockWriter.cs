using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
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
    private readonly Dictionary<TypeSymbol, Pool> pools = [];
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
        if (!pools.TryGetValue(type, out var pool))
            pools.Add(type, pool = new Pool(StackType.Of(type).Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt or StackKind.Float ? Pool.Many : 0));
        if (!pool.TryTake(out var local))
        {
            local = new Local(type);
            Body.Locals.Add(local);
        }
        taken.Add((type, local));
        return local;
    }

    /// <summary>Frees one local ahead of the others, as nothing reads it any more.</summary>
    public void Release(Local local)
    {
        taken.Remove((local.Type, local));
        pools[local.Type].Return(local);
    }

    public void ReleaseTemporaries()
    {
        foreach (var (type, local) in taken)
            pools[type].Return(local);
        taken.Clear();
    }

    /// <summary>Makes what was written the body.</summary>
    public void Finish()
    {
        Body.Blocks.Clear();
        Body.Blocks.AddRange(written);
    }

    /// <summary>
    /// The temporaries of one type, the one that is free for the longest time first. The JIT has one place for a local wherever it is used, so that values which
    /// take turns in one are moved about; numbers are given locals of their own as long as these are few, for it tracks only so many. Locals for objects are used
    /// again at once: code that is not optimised keeps what they hold alive.
    /// </summary>
    /// <param name="unshared">How many locals there are before one is used again.</param>
    private sealed class Pool(int unshared)
    {
        public const int Many = 48;

        private readonly Queue<Local> free = [];
        private int made;

        public bool TryTake([NotNullWhen(true)] out Local? local)
        {
            if (made >= unshared && free.Count > 0)
            {
                local = free.Dequeue();
                return true;
            }
            made++;
            local = null;
            return false;
        }

        public void Return(Local local) => free.Enqueue(local);
    }
}
