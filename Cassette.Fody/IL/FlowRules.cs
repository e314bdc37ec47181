using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// Where control may go: the rules of ECMA-335 I.12.4.2 and III.1.7 about blocks, branches and protected regions.
/// Each question is answered by a reason, or null when the code is in order.
/// </summary>
internal static class FlowRules
{
    /// <summary>Whether the block's last instruction is one that control never runs past.</summary>
    public static bool EndsFlow(Code code) => !OpcodeTable.FallsThrough(code);

    /// <summary>An instruction that may only be the last of its block.</summary>
    public static bool EndsBlock(Code code) => OpcodeTable.EndsBlock(code);

    public static bool IsHandler(Region region) => region.Kind is not (RegionKind.Body or RegionKind.Try);

    /// <summary>What is wrong with a region by itself and in its place in the tree.</summary>
    public static string? Region(MethodIR body, Region region, HashSet<Block> blocks)
    {
        if (region == body.Body)
            return null;
        if (region.Entry is null || !blocks.Contains(region.Entry))
            return $"the {Name(region)} region has no entry block in the body";
        if (!region.Entry.Region.IsWithin(region))
            return $"the entry of the {Name(region)} region lies outside of it";
        if (region.Kind == RegionKind.Body)
            return "a region of kind Body below the root";
        if (region.Kind == RegionKind.Try)
            return TryRegion(region);
        if (region.Try is null)
            return $"the {Name(region)} region names no try region";
        if (region.Parent != region.Try.Parent)
            return $"the {Name(region)} region and its try do not lie in the same region";
        if (region.Kind == RegionKind.Filter)
            return region.Try.Handlers.Exists(h => h.Filter == region) ? null : "the filter region belongs to no handler of its try";
        if (!region.Try.Handlers.Contains(region))
            return $"the {Name(region)} region is not among the handlers of its try";
        return (region.Kind == RegionKind.Catch) != (region.CatchType is not null) ? "a catch region, and no other, has an exception type"
            : (region.Kind == RegionKind.FilteredCatch) != (region.Filter is not null) ? "a filtered catch region, and no other, has a filter"
            : null;
    }

    /// <summary>Where the body may be entered: not within a handler, and within a try only at its first block.</summary>
    public static string? BodyEntry(MethodIR body)
    {
        var entry = body.Blocks[0];
        if (entry.EntryStack.Length > 0)
            return "the stack is not empty at the entry of the body";
        return Enters(body.Body, entry) is { } reason ? "the body's entry: " + reason : null;
    }

    /// <summary>A branch or a fall-through, by any instruction but <c>leave</c>.</summary>
    public static string? Branch(Block source, Block target)
    {
        if (source.Region == target.Region)
            return null;
        return source.Region.IsCommonParentOf(target) ? Enters(source.Region, target)
            : $"a branch out of a {Name(source.Region)} region; only leave may do that";
    }

    /// <summary>A <c>leave</c>: out of try and catch regions, also from a catch into its own try (III.3.46, I.12.4.2.8.2).</summary>
    public static string? Leave(Block source, Block target)
    {
        var region = source.Region;
        while (!target.Region.IsWithin(region))
        {
            if (region.Kind is RegionKind.Finally or RegionKind.Fault or RegionKind.Filter)
                return $"leave out of a {Name(region)} region";
            if (region.Try is { } own && target.Region.IsWithin(own))
                return Enters(own, target);
            region = region.Parent!;
        }
        return Enters(region, target);
    }

    /// <summary>Whether an instruction that ends or repeats a handler, or returns, may stand in a region.</summary>
    public static string? Terminator(Code code, Region region)
    {
        switch (code)
        {
            case Code.Ret or Code.Jmp when region.Kind != RegionKind.Body:
                return $"{(code == Code.Ret ? "ret" : "jmp")} inside a {Name(region)} region";
            case Code.Endfinally when region.Kind is not (RegionKind.Finally or RegionKind.Fault):
                return $"endfinally in a {Name(region)} region";
            case Code.Endfilter when region.Kind != RegionKind.Filter:
                return $"endfilter in a {Name(region)} region";
            case Code.Rethrow:
                var handler = region;
                while (handler is { Kind: RegionKind.Try })
                    handler = handler.Parent;
                return handler is { Kind: RegionKind.Catch or RegionKind.FilteredCatch } ? null : $"rethrow in a {Name(region)} region, outside of any catch";
            default:
                return null;
        }
    }

    public static string Name(Region region) => region.Kind switch
    {
        RegionKind.FilteredCatch => "filtered catch",
        _ => region.Kind.ToString().ToLowerInvariant(),
    };

    private static bool IsCommonParentOf(this Region region, Block target) => target.Region.IsWithin(region);

    private static string? TryRegion(Region region)
    {
        if (region.Handlers.Count == 0)
            return "the try region has no handler";
        foreach (var handler in region.Handlers)
        {
            if (handler.Try != region)
                return "a handler of the try region names another try";
            if (handler.Kind is RegionKind.Finally or RegionKind.Fault && region.Handlers.Count > 1)
                return $"a {Name(handler)} region shares its try with other handlers";
        }
        return null;
    }

    /// <summary>From a region inwards: only through the first block of each try, never into a handler.</summary>
    private static string? Enters(Region outer, Block target)
    {
        for (var region = target.Region; region != outer; region = region.Parent!)
        {
            if (IsHandler(region))
                return $"a branch into a {Name(region)} region";
            if (region.Entry != target)
                return "a branch into the middle of a try region";
        }
        return null;
    }
}
