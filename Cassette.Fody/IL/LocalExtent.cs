using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// The part of a body in which a local is read that is stored into at one place: between that place and the last reads, with all of the protected
/// regions that have a share in it.
/// </summary>
/// <param name="Blocks">Its blocks, in the body's order, but for the one with the store, from which alone they are entered.</param>
/// <param name="Locals">The local, and those into which nothing but its value is stored.</param>
internal sealed record LocalExtent(IReadOnlyList<Block> Blocks, IReadOnlyCollection<Local> Locals)
{
    /// <summary>The extent of the local that an instruction of a block stores into; null where it is referred to, is assigned elsewhere, or has no such part.</summary>
    public static LocalExtent? Find(MethodIR body, Block block, int store)
    {
        var locals = LocalsOf(body, (Local)block.Instructions[store].Operand!);
        if (locals.Count == 0 || block.Instructions.Take(store).Any(IsRead))
            return null;
        var readers = body.Blocks.Where(b => b.IsReachable && b != block && b.Instructions.Exists(IsRead)).ToArray();
        var edges = body.Blocks.Where(b => b.IsReachable).SelectMany(from => BodyLoops.Successors(from).Concat(HandlersOf(from)).Select(to => (From: from, To: to))).ToArray();
        var after = Reached([block], edges.ToLookup(e => e.From, e => e.To), block);
        if (!readers.All(after.Contains))
            return null;
        var before = Reached(readers, edges.ToLookup(e => e.To, e => e.From), block);
        before.UnionWith(readers);
        after.IntersectWith(before);
        after.Remove(block);
        if (!after.All(b => b.Region.IsWithin(block.Region)))
            return null;
        var regions = new HashSet<Region>(after.Select(b => OutermostWithin(b.Region, block.Region)).OfType<Region>());
        Block[] part = [.. body.Blocks.Where(b => after.Contains(b) || b != block && OutermostWithin(b.Region, block.Region) is { } region && regions.Contains(region))];
        var inside = new HashSet<Block>(part);
        var isEnteredElsewhere = body.Blocks.Exists(b => b.IsReachable && b != block && !inside.Contains(b) && BodyLoops.Successors(b).Any(inside.Contains));
        return part.Length == 0 || isEnteredElsewhere ? null : new LocalExtent(part, locals);

        bool IsRead(Instruction instruction) => instruction.Code == Code.Ldloc && locals.Contains((Local)instruction.Operand!);
    }

    /// <summary>The local, and those that are assigned at one place, where they get its value or null; none where the local itself is not that simple.</summary>
    private static HashSet<Local> LocalsOf(MethodIR body, Local local)
    {
        var stores = new Dictionary<Local, int>();
        var copies = new List<Local>();
        foreach (var block in body.Blocks.Where(b => b.IsReachable))
        {
            for (var i = 0; i < block.Instructions.Count; i++)
            {
                if (block.Instructions[i] is not { Code: Code.Stloc or Code.Ldloca, Operand: Local named } instruction)
                    continue;
                stores[named] = (stores.TryGetValue(named, out var count) ? count : 0) + (instruction.Code == Code.Stloc ? 1 : 2);
                var origin = i > 0 && block.Instructions[i - 1].Code == Code.Isinst ? i - 2 : i - 1;
                if (origin >= 0 && block.Instructions[origin] is { Code: Code.Ldloc } load && load.Operand == local)
                    copies.Add(named);
            }
        }
        return stores[local] > 1 ? [] : [local, .. copies.Where(c => stores[c] == 1)];
    }

    /// <summary>What is reached from some blocks by one step and more, but not through a given one.</summary>
    private static HashSet<Block> Reached(IEnumerable<Block> from, ILookup<Block, Block> next, Block end)
    {
        var reached = new HashSet<Block>();
        var pending = new Stack<Block>(from);
        while (pending.Count > 0)
        {
            foreach (var block in next[pending.Pop()])
            {
                if (block != end && reached.Add(block))
                    pending.Push(block);
            }
        }
        return reached;
    }

    /// <summary>Where an exception in a block may lead.</summary>
    private static IEnumerable<Block> HandlersOf(Block block)
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

    /// <summary>The protected region directly within another one that a region lies in, or whose handler it lies in; null for that other one itself and what lies elsewhere.</summary>
    private static Region? OutermostWithin(Region region, Region around)
    {
        for (Region? inner = region; inner != null && inner != around; inner = inner.Parent)
        {
            if (inner.Parent == around)
                return inner.Try ?? inner;
        }
        return null;
    }
}
