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
        var source = edge.Source!;
        var target = edge.Target.Block;
        // The target may have got a new start since: an edge into it goes through that.
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
                foreach (var number in edge.Cases)
                    targets[number] = block.Block;
            }
            else
            {
                branch.Operand = block.Block;
            }
        }
        Fill(block, code);
    }

    private void Fill(EditableBlock block, IReadOnlyList<NewStatement> code)
    {
        body.Lift(block);
        block.IsChanged = true;
        writer.Insert(block, 0, code, null);
    }

    private void AtStart(EditableBlock block, IReadOnlyList<NewStatement> code) =>
        writer.Insert(block, 0, code, block.List.Count > 0 ? block.List[0] : null);
}
