using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>
/// Puts code on an edge: into the block that has no other way out or no other way in, else into a new block in between. That one lies in the
/// region that the edge comes from, from which control may enter a try at its start.
/// </summary>
internal sealed class EdgeSplitter(EditableBody body)
{
    private readonly StatementWriter writer = new(body);

    public void Insert(Edge edge, IReadOnlyList<NewStatement> code)
    {
        switch (edge.Kind)
        {
            case EdgeKind.Entry:
                AtEntry(edge, body.Body.Body, code);
                break;
            case EdgeKind.Handler:
                AtEntry(edge, edge.Handler!, code);
                break;
            case EdgeKind.Next or EdgeKind.Leave:
                var source = edge.Source!;
                var end = source.Terminator;
                writer.Insert(source, end is null ? source.List.Count : source.List.Count - 1, code, end);
                break;
            default:
                if (edge.Inserted is null && !IsThere(edge, edge.Target.Block))
                    throw new EditRefusedException($"The edge {edge} is no longer there; list the edges again behind an edit that protects the body.");
                if (edge.Target.Region == edge.Source!.Region && edge.WaysIntoTarget == 1)
                    AtStart(edge.Target, code);
                else
                    Between(edge, code);
                break;
        }
    }

    private void AtEntry(Edge edge, Region region, IReadOnlyList<NewStatement> code)
    {
        var target = edge.Kind == EdgeKind.Entry ? body.Blocks[0] : body.Blocks.First(b => b.Block == region.Entry);
        if (target == edge.Target && target.Region == region && edge.WaysIntoTarget == 1)
        {
            AtStart(target, code);
            return;
        }
        var block = new EditableBlock(body, new Block(region) { EntryStack = target.Block.EntryStack, Next = target.Block });
        var index = body.BlockList.IndexOf(target);
        body.Body.Blocks.Insert(index, block.Block);
        body.BlockList.Insert(index, block);
        if (region.Kind != RegionKind.Body)
            region.Entry = block.Block;
        Fill(block, code);
    }

    private void Between(Edge edge, IReadOnlyList<NewStatement> code)
    {
        if (edge.Inserted is { } inserted)
        {
            writer.Insert(inserted.Block, inserted.Block.List.Count, code, null);
            return;
        }
        var source = edge.Source!;
        var target = edge.Target.Block;
        var block = body.NewBlock(source, source.Region, target.EntryStack);
        block.Block.Next = target;
        if (edge.Kind is EdgeKind.NotTaken or EdgeKind.Default)
        {
            source.Block.Next = block.Block;
        }
        else
        {
            var branch = source.Terminator!.Expression.Instruction;
            if (branch.Operand is Block[] targets)
            {
                branch.Operand = targets = (Block[])targets.Clone();
                foreach (var number in edge.Cases)
                    targets[number] = block.Block;
            }
            else
            {
                branch.Operand = block.Block;
            }
        }
        edge.Inserted = block.End;
        Fill(block, code);
    }

    private static bool IsThere(Edge edge, Block target) =>
        edge.Kind is EdgeKind.NotTaken or EdgeKind.Default ? edge.Source!.Block.Next == target
        : edge.Source!.Terminator?.Expression.Operand switch
        {
            Block one => one == target,
            Block[] many => edge.Cases.All(number => many[number] == target),
            _ => false,
        };

    private void Fill(EditableBlock block, IReadOnlyList<NewStatement> code)
    {
        body.Lift(block);
        block.IsChanged = true;
        writer.Insert(block, 0, code, null);
    }

    private void AtStart(EditableBlock block, IReadOnlyList<NewStatement> code) =>
        writer.Insert(block, 0, code, block.List.Count > 0 ? block.List[0] : null);
}
