using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>Copies of the regions within one, made as they are asked for.</summary>
internal sealed class RegionCopies
{
    private readonly Dictionary<Region, Region> copies = new(ReferenceComparer<Region>.Instance);

    /// <param name="around">The region around those that are copied.</param>
    /// <param name="to">What takes its place around the copies; it may be the same one.</param>
    public RegionCopies(Region around, Region to) => copies.Add(around, to);

    /// <summary>The copy of a region, with the handlers that belong to it.</summary>
    public Region Of(Region region)
    {
        if (copies.TryGetValue(region, out var made))
            return made;
        var parent = region.Parent is { } outer ? Of(outer) : null;
        var @try = region.Try is { } protectedBy ? Of(protectedBy) : null;
        // Reaching the try may have made this one, as one of its handlers.
        if (copies.TryGetValue(region, out made))
            return made;
        var filter = region.Filter is { } own ? Of(own) : null;
        made = new Region(region.Kind, parent) { Try = @try, Filter = filter, CatchType = region.CatchType };
        copies.Add(region, made);
        foreach (var handler in region.Handlers)
            made.Handlers.Add(Of(handler));
        return made;
    }

    /// <summary>Says where the copies are entered.</summary>
    public void SetEntries(Func<Block, Block> copyOf)
    {
        foreach (var pair in copies.Where(p => p.Key != p.Value))
            pair.Value.Entry = pair.Key.Entry is { } entry ? copyOf(entry) : null;
    }
}
