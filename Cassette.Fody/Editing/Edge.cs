using System.Collections.Generic;
using Cassette.Fody.IL;

namespace Cassette.Fody.Editing;

/// <summary>What kind of way control takes.</summary>
public enum EdgeKind
{
    /// <summary>Into the body.</summary>
    Entry,
    /// <summary>From the end of a block to the next one, without a choice.</summary>
    Next,
    /// <summary>A conditional branch that is taken.</summary>
    Taken,
    /// <summary>A conditional branch that is not taken.</summary>
    NotTaken,
    /// <summary>A switch, for the numbers in <see cref="Edge.Cases"/>.</summary>
    Case,
    /// <summary>A switch, for all other numbers.</summary>
    Default,
    /// <summary>Out of a protected region or handler; finally blocks run on the way.</summary>
    Leave,
    /// <summary>Into a handler or filter, from wherever in its try the exception came.</summary>
    Handler,
}

/// <summary>A way that control takes from the end of one block to the start of another. <see cref="EditableBody.InsertOn"/> puts code on it.</summary>
public sealed class Edge
{
    internal Edge(EdgeKind kind, int ordinal, BlockEnd? end, EditableBlock target, IReadOnlyList<int> cases, Region? handler)
    {
        Kind = kind;
        Ordinal = ordinal;
        End = end;
        Target = target;
        Cases = cases;
        Handler = handler;
    }

    public EdgeKind Kind { get; }

    /// <summary>Its number among the edges of the body as it was when they were listed: the same in each build of the same code.</summary>
    public int Ordinal { get; }

    /// <summary>The block that it leaves; null where control comes in from outside.</summary>
    public EditableBlock? Source => End?.Block;

    /// <summary>The block that it leads to.</summary>
    public EditableBlock Target { get; }

    /// <summary>For <see cref="EdgeKind.Case"/> the numbers that take it, from 0.</summary>
    public IReadOnlyList<int> Cases { get; }

    /// <summary>For <see cref="EdgeKind.Handler"/> the handler or filter.</summary>
    public Region? Handler { get; }

    /// <summary>Whether it is one of several ways that a test chooses from: those edges say what a test never tried.</summary>
    public bool IsChoice => Kind is EdgeKind.Taken or EdgeKind.NotTaken or EdgeKind.Case or EdgeKind.Default;

    internal BlockEnd? End { get; }

    /// <summary>The end of the block that was put on the edge; null as long as there is none.</summary>
    internal BlockEnd? Inserted { get; set; }

    /// <summary>How many edges led to the target when they were listed. Edits only ever put something between, so that there are no more since.</summary>
    internal int WaysIntoTarget { get; set; }

    public override string ToString() => $"{Kind} {Source?.ToString() ?? ""} -> {Target}";
}
