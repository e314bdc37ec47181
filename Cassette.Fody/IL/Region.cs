using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>Which part of a protected region some code is (ECMA-335 I.12.4.2).</summary>
public enum RegionKind
{
    /// <summary>The method's body outside any protected region.</summary>
    Body,
    Try,
    Catch,
    /// <summary>The expression of an exception filter.</summary>
    Filter,
    /// <summary>The handler that runs when its filter said so.</summary>
    FilteredCatch,
    Finally,
    Fault,
}

/// <summary>A node of the tree of handler regions. Every block lies in exactly one; the emitter keeps a region's blocks together.</summary>
public sealed class Region(RegionKind kind, Region? parent)
{
    public RegionKind Kind { get; } = kind;

    public Region? Parent { get; set; } = parent;

    /// <summary>For a handler its try region; null for <see cref="RegionKind.Body"/> and <see cref="RegionKind.Try"/>.</summary>
    public Region? Try { get; init; }

    /// <summary>For a try its handlers, in the order in which they are searched. For a filter its <see cref="RegionKind.FilteredCatch"/> is listed, the filter itself hangs off it.</summary>
    public List<Region> Handlers { get; } = [];

    /// <summary>For a <see cref="RegionKind.FilteredCatch"/> its filter expression.</summary>
    public Region? Filter { get; init; }

    /// <summary>For a <see cref="RegionKind.Catch"/> the exception type.</summary>
    public TypeSymbol? CatchType { get; set; }

    /// <summary>The first block of the region: where a try is entered, or where the CLI enters a handler.</summary>
    public Block? Entry { get; set; }

    /// <summary>Whether <see cref="StackTyping"/> has found its handlers reachable.</summary>
    internal bool IsEntered { get; set; }

    /// <summary>Whether the region is <paramref name="other"/> or lies within it.</summary>
    public bool IsWithin(Region other)
    {
        for (var region = this; region != null; region = region.Parent)
        {
            if (region == other)
                return true;
        }
        return false;
    }
}
