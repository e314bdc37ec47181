using System.Collections.Generic;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Emission;

/// <summary>A protected region's extent in the final order of blocks: from the first block's index up to, not including, the last one's.</summary>
internal readonly record struct Extent(int Start, int End);

/// <summary>
/// Puts blocks into an order in which every region's blocks are together, its entry first, and each try is followed by its handlers, otherwise in
/// the order in which the body lists them; and lists the clauses so that inner ones come first (ECMA-335 II.19, II.25.4.6). A block that is
/// entered with values on the stack comes after a block that leads to it (III.1.7.5): from there on, what is on the stack can be told in one
/// pass, and Cecil computes the maximum in one pass.
/// </summary>
internal sealed class BlockLayout
{
    private readonly Dictionary<Region, List<object>> items = [];
    private readonly Dictionary<Region, Extent> extents = [];
    private readonly HashSet<Region> placed = [];

    public BlockLayout(MethodIR body)
    {
        if (IsFlat(body))
        {
            Blocks = Settle(body.Blocks);
            return;
        }
        foreach (var block in body.Blocks)
            Place(block, block.Region);
        var order = new List<Block>(body.Blocks.Count);
        Write(body.Body, order);
        Blocks = order;
    }

    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>The handlers in clause order.</summary>
    public List<Region> Clauses { get; } = [];

    public Extent ExtentOf(Region region) => extents[region];

    private static bool IsFlat(MethodIR body)
    {
        foreach (var block in body.Blocks)
        {
            if (block.Region != body.Body)
                return false;
        }
        return true;
    }

    private void Place(object item, Region region)
    {
        for (; ; )
        {
            if (items.TryGetValue(region, out var list))
            {
                list.Add(item);
                return;
            }
            items.Add(region, [item]);
            // A handler and its filter stand where their try stands; the first block of any of them brings the try into its parent.
            var anchor = region.Try ?? region;
            if (anchor.Parent is not { } parent || !placed.Add(anchor))
                return;
            (item, region) = (anchor, parent);
        }
    }

    private void Write(Region region, List<Block> order)
    {
        var start = order.Count;
        if (items.TryGetValue(region, out var list))
        {
            MoveEntryFirst(region, list);
            list = SettleItems(list);
            if (region.Kind == RegionKind.Filter)
                MoveEndfilterLast(list);
            foreach (var item in list)
            {
                if (item is Block block)
                    order.Add(block);
                else
                    WriteProtected((Region)item, order);
            }
        }
        extents[region] = new Extent(start, order.Count);
    }

    private void WriteProtected(Region @try, List<Block> order)
    {
        Write(@try, order);
        foreach (var handler in @try.Handlers)
        {
            if (handler.Filter != null)
                Write(handler.Filter, order);
            Write(handler, order);
        }
        Clauses.AddRange(@try.Handlers);
    }

    private static void MoveEntryFirst(Region region, List<object> list)
    {
        if (region.Entry is not { } entry)
            return;
        var index = list.FindIndex(item => item == entry || item is Region inner && entry.Region.IsWithin(inner));
        if (index <= 0)
            return;
        var first = list[index];
        list.RemoveAt(index);
        list.Insert(0, first);
    }

    /// <summary>A filter's last instruction is its endfilter (III.3.34).</summary>
    private static void MoveEndfilterLast(List<object> list)
    {
        var index = list.FindIndex(item => item is Block { Instructions.Count: > 0 } block && block.Instructions[block.Instructions.Count - 1].Code == Code.Endfilter);
        if (index < 0 || index == list.Count - 1)
            return;
        var last = list[index];
        list.RemoveAt(index);
        list.Add(last);
    }

    private static List<object> SettleItems(List<object> list)
    {
        var run = new List<Block>();
        foreach (var item in list)
        {
            if (item is Block block)
                run.Add(block);
        }
        var settled = Settle(run);
        if (ReferenceEquals(settled, run))
            return list;
        // The blocks take the places of blocks, so that the protected regions between them stay where they are.
        var result = new List<object>(list.Count);
        var next = 0;
        foreach (var item in list)
            result.Add(item is Block ? settled[next++] : item);
        return result;
    }

    /// <summary>Puts each block that is entered with values on the stack behind one that leads to it; the same list where all are.</summary>
    private static List<Block> Settle(List<Block> blocks)
    {
        var seen = new HashSet<Block>();
        if (!blocks.Exists(block => MustWait(block, blocks, seen)))
            return blocks;
        seen.Clear();
        var waiting = new HashSet<Block>();
        var order = new List<Block>(blocks.Count);
        var pending = new Stack<Block>();
        foreach (var block in blocks)
        {
            if (MustWait(block, blocks, seen, note: false))
            {
                waiting.Add(block);
                continue;
            }
            pending.Push(block);
            while (pending.Count > 0)
            {
                var next = pending.Pop();
                order.Add(next);
                Reach(next, seen);
                foreach (var target in Successors(next))
                {
                    if (waiting.Remove(target))
                        pending.Push(target);
                }
            }
        }
        foreach (var block in blocks)
        {
            if (waiting.Contains(block))
                order.Add(block);
        }
        return order;
    }

    private static bool MustWait(Block block, List<Block> blocks, HashSet<Block> reached, bool note = true)
    {
        var isEntry = block == blocks[0] || block.Region.Entry == block;
        var waits = block.EntryStack.Length > 0 && block.IsReachable && !isEntry && !reached.Contains(block);
        if (note)
            Reach(block, reached);
        return waits;
    }

    private static void Reach(Block block, HashSet<Block> reached)
    {
        foreach (var target in Successors(block))
        {
            if (target.EntryStack.Length > 0)
                reached.Add(target);
        }
    }

    private static IEnumerable<Block> Successors(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            if (instruction.Operand is Block target)
                yield return target;
            else if (instruction.Operand is Block[] targets)
            {
                foreach (var one in targets)
                    yield return one;
            }
        }
        if (block.Next != null)
            yield return block.Next;
    }
}
