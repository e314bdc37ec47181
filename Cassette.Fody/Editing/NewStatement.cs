using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.Editing;

/// <summary>
/// Code to insert: an expression (a value that it yields is thrown away), or statements under a condition. An expression converts to it.
/// </summary>
/// <example><code>
/// body.InsertBefore(statement, NewStatement.If(make.Less(make.Load(x), make.Constant(0)), [make.Call(typeof(Log), "Negative", make.Load(x))]));
/// </code></example>
public abstract class NewStatement
{
    private protected NewStatement()
    {
    }

    /// <summary>All expressions in it, in their order.</summary>
    internal abstract IEnumerable<Expression> Expressions { get; }

    public static implicit operator NewStatement(Expression expression) => new EvaluateStatement(expression);

    /// <summary>Runs code if a condition holds, other code if not.</summary>
    public static NewStatement If(Expression condition, IReadOnlyList<NewStatement> then, IReadOnlyList<NewStatement>? otherwise = null) =>
        new IfStatement(condition, then, otherwise ?? []);

    /// <summary>Runs code as long as a condition holds, which is evaluated before each round.</summary>
    public static NewStatement While(Expression condition, params NewStatement[] body) => new WhileStatement(condition, body);

    /// <summary>Returns from the method: from within a try its finally blocks run first.</summary>
    /// <param name="value">What is returned; null for <c>void</c>.</param>
    public static NewStatement Return(Expression? value = null) => new ReturnStatement(value);
}

internal sealed class EvaluateStatement(Expression expression) : NewStatement
{
    public Expression Expression { get; } = expression;

    internal override IEnumerable<Expression> Expressions => [Expression];
}

internal sealed class IfStatement(Expression condition, IReadOnlyList<NewStatement> then, IReadOnlyList<NewStatement> otherwise) : NewStatement
{
    public Expression Condition { get; } = condition;

    public IReadOnlyList<NewStatement> Then { get; } = then;

    public IReadOnlyList<NewStatement> Otherwise { get; } = otherwise;

    internal override IEnumerable<Expression> Expressions => [Condition, .. Then.SelectMany(s => s.Expressions), .. Otherwise.SelectMany(s => s.Expressions)];
}

internal sealed class WhileStatement(Expression condition, IReadOnlyList<NewStatement> body) : NewStatement
{
    public Expression Condition { get; } = condition;

    public IReadOnlyList<NewStatement> Body { get; } = body;

    internal override IEnumerable<Expression> Expressions => [Condition, .. Body.SelectMany(s => s.Expressions)];
}

internal sealed class ReturnStatement(Expression? value) : NewStatement
{
    public Expression? Value { get; } = value;

    internal override IEnumerable<Expression> Expressions => Value is null ? [] : [Value];
}
