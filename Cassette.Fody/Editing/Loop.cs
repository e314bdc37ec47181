using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>
/// A natural loop: blocks that control can go round in and enters at one only. What it counts and what it sums up is recognised where the code
/// shows it; everything else is null or empty, never guessed.
/// </summary>
/// <example><code>
/// foreach (var loop in body.Loops)
/// {
///     if (loop is { Counter: { Start: { } start, Limit: { } limit }, Carried.Count: 0 } &amp;&amp; loop.Reductions.Count == 1)
///         body.Replace(limit, body.New.Call(typeof(Chunk), "End", body.New.Metadata(), limit));
/// }
/// </code></example>
public sealed class Loop
{
    private readonly HashSet<EditableBlock> inside;

    internal Loop(EditableBlock header, IReadOnlyList<EditableBlock> blocks)
    {
        Header = header;
        Blocks = blocks;
        inside = new HashSet<EditableBlock>(blocks, ReferenceComparer<EditableBlock>.Instance);
    }

    /// <summary>The block that control enters the loop at, and comes back to each round.</summary>
    public EditableBlock Header { get; }

    /// <summary>All blocks of the loop, those of loops in it included, in layout order.</summary>
    public IReadOnlyList<EditableBlock> Blocks { get; }

    /// <summary>The innermost loop around it.</summary>
    public Loop? Parent { get; internal set; }

    /// <summary>The ways out of it, exceptions aside.</summary>
    public IReadOnlyList<Edge> Exits { get; internal set; } = [];

    /// <summary>What a <c>for</c> counts; null where no local is counted up or down by a constant each round.</summary>
    public LoopCounter? Counter { get; internal set; }

    /// <summary>The locals that values are gathered in, each round by the same operation, and that are not looked at otherwise.</summary>
    public IReadOnlyList<Reduction> Reductions { get; internal set; } = [];

    /// <summary>The variables that one round hands to the next besides the counter and the reductions: with none the rounds can change places, as far as memory allows.</summary>
    public IReadOnlyList<object> Carried { get; internal set; } = [];

    /// <summary>Its statements, in layout order.</summary>
    public IEnumerable<Statement> Statements => Blocks.SelectMany(b => b.Statements);

    /// <summary>
    /// What it does beyond computing with locals: calls, and stores to fields, arrays and addresses. Which calls are harmless is for the author of
    /// the pass to know.
    /// </summary>
    public IEnumerable<Expression> Effects => Statements.SelectMany(s => s.Expression.SelfAndDescendants()).Where(e =>
        e.IsCall || e.Code is Code.Stfld or Code.Stsfld or Code.Stobj or Code.Cpobj or Code.Initobj or Code.Cpblk or Code.Initblk or Code.Stelem_Any
            or (>= Code.Stelem_I and <= Code.Stelem_Ref) or (>= Code.Stind_Ref and <= Code.Stind_R8) or Code.Stind_I);

    /// <summary>Whether a block lies in it.</summary>
    public bool Contains(EditableBlock block) => inside.Contains(block);
}

/// <summary>A local that a loop counts by a constant, once each round.</summary>
/// <param name="Local">The local.</param>
/// <param name="Step">What is added each round; negative for counting down.</param>
/// <param name="Update">The statement that counts.</param>
public sealed record LoopCounter(Local Local, int Step, Statement Update)
{
    /// <summary>The value that it starts with; null where several stores lead to the loop.</summary>
    public Expression? Start { get; init; }

    /// <summary>What it is compared with to go on; null where the loop ends by something else.</summary>
    public Expression? Limit { get; init; }

    /// <summary>The comparison of it with the limit.</summary>
    public Expression? Test { get; init; }

    /// <summary>Whether the limit is the same each round: a constant, a variable that is not changed, an unchanged array's length.</summary>
    public bool IsLimitFixed { get; init; }
}

/// <summary>A local that a loop gathers values in: <c>sum += x</c>.</summary>
/// <param name="Local">The local.</param>
/// <param name="Operation">The expression that takes the old value and the new one in: a sum, a product, a bit operation, or a call of <c>Math.Max</c> or <c>Math.Min</c>.</param>
/// <param name="Value">What is taken in.</param>
/// <param name="Statement">The statement that stores.</param>
public sealed record Reduction(Local Local, Expression Operation, Expression Value, Statement Statement);
