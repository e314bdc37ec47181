using Cassette.Fody.IL;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>
/// One step of a block: an expression that leaves no value. Between two statements the evaluation stack is empty, so that code can be inserted
/// at any of them.
/// </summary>
public sealed class Statement
{
    internal Statement(Expression root)
    {
        Expression = root;
        root.Root = this;
    }

    /// <summary>What it does: a store, a call without a value, a <c>pop</c> of an unused value, a branch.</summary>
    public Expression Expression { get; internal set; }

    /// <summary>The block it is in.</summary>
    public EditableBlock Block { get; internal set; } = null!;

    /// <summary>The body it is in.</summary>
    public EditableBody Body => Expression.Body;

    /// <summary>The author's source that it belongs to; null where the debug information has none.</summary>
    public SourceSpan? Source { get; internal set; }

    /// <summary>Whether control goes elsewhere from it: a branch, a return, a throw. It is the last one of its block.</summary>
    public bool IsTerminator => FlowRules.EndsBlock(Expression.Code);

    /// <summary>Whether it returns.</summary>
    public bool IsReturn => Expression.Code == Code.Ret;

    /// <summary>Whether it only marks a place in the source.</summary>
    public bool IsNop => Expression.Code == Code.Nop;

    /// <summary>Whether it is still part of the body.</summary>
    public bool IsPlaced => Expression.Root == this && Block is not null;

    /// <summary>The sequence point that it starts with.</summary>
    internal SourceSpan? Point { get; set; }

    public override string ToString() => Expression.ToString();
}
