using System.Collections.Generic;
using Cassette.Fody.IL;

namespace Cassette.Fody.Editing;

/// <summary>A basic block as statements. Control enters it at its first statement only and leaves it behind its last.</summary>
public sealed class EditableBlock
{
    private readonly List<Statement> statements = [];

    internal EditableBlock(EditableBody body, Block block)
    {
        Body = body;
        Block = block;
        End = new BlockEnd(this);
    }

    /// <summary>The body it belongs to.</summary>
    public EditableBody Body { get; }

    /// <summary>The block of instructions behind it.</summary>
    public Block Block { get; }

    /// <summary>Its statements. A block that no path leads to has none: its code stays as it is.</summary>
    public IReadOnlyList<Statement> Statements => statements;

    /// <summary>The innermost handler region it lies in.</summary>
    public Region Region => Block.Region;

    /// <summary>Whether some path leads to it.</summary>
    public bool IsReachable => Block.IsReachable;

    /// <summary>Its number among the body's blocks, from 1, as listings have it.</summary>
    public int Number => Body.Body.Blocks.IndexOf(Block) + 1;

    /// <summary>The last statement, if control goes elsewhere from it.</summary>
    public Statement? Terminator => statements.Count > 0 && statements[statements.Count - 1] is { IsTerminator: true } last ? last : null;

    /// <summary>The locals that hold what is on the stack when control comes in, bottom first; null for what can be made again.</summary>
    internal Local?[] Entry { get; set; } = [];

    /// <summary>What is on the stack when control leaves, below the terminator's operands: loads and constants.</summary>
    internal List<Expression> Exit { get; set; } = [];

    /// <summary>The way out, which goes along when the block is cut in two.</summary>
    internal BlockEnd End { get; set; }

    /// <summary>Whether its instructions no longer say what its statements do.</summary>
    internal bool IsChanged { get; set; }

    internal List<Statement> List => statements;

    internal void Add(Statement statement) => Insert(statements.Count, statement);

    internal void Insert(int index, Statement statement)
    {
        statement.Block = this;
        statements.Insert(index, statement);
    }

    public override string ToString() => "#" + Number;
}

/// <summary>The end of a block: stays the same when the block is cut before it.</summary>
internal sealed class BlockEnd(EditableBlock block)
{
    public EditableBlock Block { get; set; } = block;
}
