using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// The locals of a body that hold delegates of one known method: assigned at one place, which every read comes after, and never by reference.
/// </summary>
internal sealed class DelegateLocals
{
    private readonly MethodIR body;
    private readonly ModuleIndex index;
    private readonly Dictionary<Local, (Block Block, int Index)?> stores = [];
    private readonly Dictionary<Local, MadeDelegate?> known = [];
    private readonly Dictionary<Block, HashSet<Block>> reachedAround = [];

    public DelegateLocals(MethodIR body, ModuleIndex index)
    {
        this.body = body;
        this.index = index;
        foreach (var block in body.Blocks.Where(b => b.IsReachable))
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                var instruction = block.Instructions[i];
                if (instruction.Code == Code.Stloc)
                    stores[(Local)instruction.Operand!] = stores.ContainsKey((Local)instruction.Operand!) ? null : (block, i);
                else if (instruction.Code == Code.Ldloca)
                    stores[(Local)instruction.Operand!] = null;
            }
        }
    }

    /// <summary>What a read of a local finds; null when that is not known.</summary>
    public MadeDelegate? Find(Instruction load, Block block)
    {
        var local = (Local)load.Operand!;
        if (!known.TryGetValue(local, out var made))
            known.Add(local, made = stores.TryGetValue(local, out var store) && store is { } only ? Made(only.Block, only.Index) : null);
        return made != null && ComesAfter(block, load, made) ? made : null;
    }

    private MadeDelegate? Made(Block block, int store)
    {
        var instructions = block.Instructions;
        if (store == 0)
            return block.EntryStack.Length > 0 ? MadeBefore(block) : null;
        if (store < 2 || MethodOf(instructions, store - 1) is not { } method)
            return null;
        var hasTarget = method.HasThis || store < 3 || instructions[store - 3].Code != Code.Ldnull;
        return method.HasThis == hasTarget ? new MadeDelegate(method, block, instructions[store], null) : null;
    }

    /// <summary>
    /// A delegate that is made when it is first needed and kept in a static field: one path into the block makes and keeps it, the others come
    /// from finding it there. What is kept is the same as what was just made when nothing else in the module assigns the field.
    /// </summary>
    private MadeDelegate? MadeBefore(Block block)
    {
        FieldSymbol? field = null;
        MadeDelegate? made = null;
        foreach (var before in body.Blocks.Where(b => b.IsReachable && Successors(b).Contains(block)))
        {
            var instructions = before.Instructions;
            var last = instructions.Count - 1;
            if (last < 0)
                return null;
            FieldSymbol kept;
            if (last >= 2 && instructions[last].Code == Code.Brtrue && before.Next != block && instructions[last - 1].Code == Code.Dup && instructions[last - 2].Code == Code.Ldsfld)
            {
                kept = instructions[last - 2].Field;
            }
            else if (Kept(block, instructions, instructions[last].Code == Code.Br ? last - 1 : last) is var (newField, newDelegate) && made is null)
            {
                kept = newField;
                made = newDelegate;
            }
            else
            {
                return null;
            }
            if (field != null && field != kept || kept.Definition is null || !index.IsAssignedOnce(kept.Definition))
                return null;
            field = kept;
        }
        return made;
    }

    /// <summary><c>ldsfld target / ldnull; ldftn; newobj; dup; stsfld</c>, up to the given instruction.</summary>
    private static (FieldSymbol, MadeDelegate)? Kept(Block block, List<Instruction> instructions, int last)
    {
        if (last < 4 || instructions[last].Code != Code.Stsfld || instructions[last - 1].Code != Code.Dup || MethodOf(instructions, last - 2) is not { } method)
            return null;
        var target = instructions[last - 4];
        var store = block.Instructions[0];
        if (!method.HasThis)
            return target.Code == Code.Ldnull ? (instructions[last].Field, new MadeDelegate(method, block, store, null)) : null;
        // Only a field that never changes holds later what it held when the delegate was made.
        return target.Code == Code.Ldsfld && target.Field.Definition is { IsInitOnly: true } && target.Field.Type == method.DeclaringType
            ? (instructions[last].Field, new MadeDelegate(method, block, store, target.Field))
            : null;
    }

    /// <summary>The method that the delegate made by a <c>newobj</c> calls, if it is one that is called exactly and on an object.</summary>
    private static MethodSymbol? MethodOf(List<Instruction> instructions, int newobj)
    {
        if (instructions[newobj].Code != Code.Newobj || instructions[newobj].Method.DeclaringType.Definition is not { } type || !CallRouter.IsDelegate(type)
            || instructions[newobj - 1].Code != Code.Ldftn)
            return null;
        var method = instructions[newobj - 1].Method;
        return method.IsVirtual || method.HasThis && method.DeclaringType.Shape != TypeShape.Class ? null : method;
    }

    private bool ComesAfter(Block block, Instruction load, MadeDelegate made)
    {
        if (block == made.Block)
            return block.Instructions.IndexOf(load) > block.Instructions.IndexOf(made.Store);
        if (!reachedAround.TryGetValue(made.Block, out var reached))
            reachedAround.Add(made.Block, reached = ReachedAround(made.Block));
        return !reached.Contains(block);
    }

    /// <summary>The blocks that control can reach without having run a block to its end.</summary>
    private HashSet<Block> ReachedAround(Block avoided)
    {
        var reached = new HashSet<Block> { body.Blocks[0] };
        var work = new Stack<Block>(reached);
        while (work.Count > 0)
        {
            var block = work.Pop();
            foreach (var next in block == avoided ? Handlers(block) : Successors(block).Concat(Handlers(block)))
            {
                if (reached.Add(next))
                    work.Push(next);
            }
        }
        return reached;
    }

    private static IEnumerable<Block> Successors(Block block)
    {
        if (block.Next != null)
            yield return block.Next;
        if (block.Instructions.Count == 0)
            yield break;
        switch (block.Instructions[block.Instructions.Count - 1].Operand)
        {
            case Block target:
                yield return target;
                break;
            case Block[] targets:
                foreach (var target in targets)
                    yield return target;
                break;
        }
    }

    /// <summary>Where an exception in the block may lead.</summary>
    private static IEnumerable<Block> Handlers(Block block)
    {
        for (var region = block.Region; region != null; region = region.Parent)
        {
            foreach (var handler in region.Handlers)
            {
                if (handler.Filter?.Entry is { } filter)
                    yield return filter;
                if (handler.Entry is { } entry)
                    yield return entry;
            }
        }
    }
}
