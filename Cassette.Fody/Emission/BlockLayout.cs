using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;

namespace Cassette.Fody.Emission;

/// <summary>A protected region's extent in the final order of blocks: from the first block's index up to, not including, the last one's.</summary>
internal readonly record struct Extent(int Start, int End);

/// <summary>
/// Puts blocks into an order in which every region's blocks are together and each try is followed by its handlers, otherwise in the order in
/// which the body lists them; and lists the clauses so that inner ones come first (ECMA-335 II.19, II.25.4.6).
/// </summary>
internal sealed class BlockLayout
{
    private readonly Dictionary<Region, List<object>> items = [];
    private readonly Dictionary<Region, Extent> extents = [];

    public BlockLayout(MethodIR body)
    {
        if (body.Blocks.All(b => b.Region == body.Body))
        {
            Blocks = body.Blocks;
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

    private void Place(object item, Region region)
    {
        if (items.TryGetValue(region, out var list))
        {
            if (!list.Contains(item) || item is Block)
                list.Add(item);
            return;
        }
        items.Add(region, [item]);
        // A handler stands wherever its try stands; the first block of either brings the try into its parent.
        var anchor = region.Try ?? region;
        if (region.Kind == RegionKind.Filter)
            anchor = FilteredTry(region) ?? anchor;
        if (anchor.Parent is { } parent && !(items.TryGetValue(parent, out var siblings) && siblings.Contains(anchor)))
            Place(anchor, parent);
    }

    private static Region? FilteredTry(Region filter) => filter.Try;

    private void Write(Region region, List<Block> order)
    {
        var start = order.Count;
        if (items.TryGetValue(region, out var list))
        {
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
}
