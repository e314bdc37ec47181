using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>
/// Puts an expression in another one's place. Everything is checked before anything is changed: that each part of the body that the new expression
/// takes along comes from the old one, once, in the order of evaluation, that nothing with an effect is lost, and that the types fit, up to the root.
/// </summary>
internal sealed class Replacement
{
    private readonly EditableBody body;
    private readonly Expression old;
    private readonly Expression value;
    private readonly List<(Expression Expression, StackType? Type)> retyped = [];

    private Replacement(EditableBody body, Expression old, Expression value)
    {
        this.body = body;
        this.old = old;
        this.value = value;
    }

    public static Replacement Of(EditableBody body, Expression old, Expression value, bool dropEffects)
    {
        if (!old.IsPlaced || old.Body != body)
            throw new EditRefusedException($"'{old}' is not part of the body.");
        if (value == old)
            throw new EditRefusedException($"'{old}' is put in its own place.");
        if (old.Parent is null && old.IsVoid && FlowRules.EndsBlock(old.Code))
            throw new EditRefusedException($"'{old}' ends its block; replace its operands instead.");
        if (FlowRules.EndsBlock(value.Code))
            throw new EditRefusedException($"'{value}' goes elsewhere and is no value.");
        if (old.Parent is null && value.StackType is not null)
            value = body.New.Operation(Code.Pop, null, value);
        var replacement = new Replacement(body, old, value);
        CheckParts(body, [value], old, dropEffects);
        replacement.CheckTypes();
        return replacement;
    }

    /// <summary>Replaces a whole statement by others.</summary>
    public static void OfStatement(EditableBody body, Statement statement, IReadOnlyList<NewStatement> code)
    {
        var old = statement.Expression;
        var roots = code.SelectMany(c => c.Expressions).ToList();
        CheckParts(body, roots, old, dropEffects: true);
        new StatementWriter(body).CheckShape(statement.IsTerminator ? [.. code.Take(code.Count - 1)] : code, statement.Block);
        var keepsEnd = roots.Contains(old);
        if (statement.IsTerminator && (!keepsEnd || roots[roots.Count - 1] != old))
            throw new EditRefusedException($"'{statement}' ends its block: it has to stay, as the last of what is put in its place.");
        var block = statement.Block;
        var index = block.List.IndexOf(statement);
        var next = statement.IsTerminator ? statement : null;
        var before = statement.IsTerminator ? code.Take(code.Count - 1).ToList() : code;
        if (next is null)
        {
            block.List.RemoveAt(index);
            old.Root = null;
        }
        Disown(old, roots);
        new StatementWriter(body).Insert(block, index, before, next, statement.Point, statement.Source);
    }

    public void Do()
    {
        var parent = old.Parent;
        var root = old.Root;
        var index = parent?.IndexOf(old) ?? -1;
        var point = old.FirstEvaluated.Point;
        Disown(old, [value]);
        if (parent is not null)
        {
            parent.SetOperand(index, value);
            value.Parent = parent;
        }
        else
        {
            value.Parent = null;
            value.Root = root;
            root!.Expression = value;
        }
        if (value != old && value.FirstEvaluated.Point is null)
            value.FirstEvaluated.Point = point;
        foreach (var (expression, type) in retyped)
            expression.StackType = type;
    }

    /// <summary>Lets the parts of the body that new expressions hold know their new places.</summary>
    internal static void Adopt(Expression root)
    {
        foreach (var operand in root.Operands)
        {
            operand.Parent = root;
            operand.Root = null;
            Adopt(operand);
        }
    }

    private static void Disown(Expression old, IReadOnlyList<Expression> roots)
    {
        old.Parent = null;
        old.Root = null;
        foreach (var part in old.SelfAndDescendants())
        {
            foreach (var operand in part.Operands)
                operand.Parent = null;
        }
        foreach (var root in roots)
            Adopt(root);
    }

    /// <summary>Checks what new expressions take along of the body.</summary>
    internal static void CheckParts(EditableBody body, IReadOnlyList<Expression> roots, Expression? old, bool dropEffects)
    {
        var before = old is null ? [] : old.SelfAndDescendants().ToList();
        var places = new Dictionary<Expression, int>(ReferenceComparer<Expression>.Instance);
        for (var i = 0; i < before.Count; i++)
            places.Add(before[i], i);
        var taken = new List<Expression>();
        var seen = new HashSet<Expression>(ReferenceComparer<Expression>.Instance);
        foreach (var root in roots)
            Take(root);
        for (var i = 1; i < taken.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (places[taken[i]] < places[taken[j]] && !body.IsPure(taken[i]) && !body.IsPure(taken[j]))
                    throw new EditRefusedException($"'{taken[i]}' would be evaluated behind '{taken[j]}', which comes after it. Spill it to a local first.");
            }
        }
        if (old is null || dropEffects)
            return;
        if (Lost(old) is { } lost)
            throw new EditRefusedException($"'{lost}' would no longer be evaluated. Take it along, or say that its effects may be dropped.");

        void Take(Expression expression)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!seen.Add(expression))
                throw new EditRefusedException($"'{expression}' is used twice. Spill it to a local and load that, or copy it.");
            if (expression.IsPlaced)
            {
                if (!places.ContainsKey(expression))
                    throw new EditRefusedException($"'{expression}' belongs to another place in the body. Spill it to a local and load that, or copy it.");
                if (taken.FirstOrDefault(t => expression.IsWithin(t) || t.IsWithin(expression)) is { } other)
                    throw new EditRefusedException($"'{expression}' is used twice: by itself and with '{other}'. Spill it to a local and load that, or copy it.");
                taken.Add(expression);
                return;
            }
            foreach (var operand in expression.Operands)
                Take(operand);
        }

        Expression? Lost(Expression expression)
        {
            if (seen.Contains(expression))
                return null;
            var holdsTaken = taken.Any(t => t.IsWithin(expression));
            if (expression != old && !holdsTaken)
                return body.IsPure(expression) ? null : expression;
            return expression.Operands.Select(Lost).FirstOrDefault(l => l is not null);
        }
    }

    private void CheckTypes()
    {
        var type = value.StackType;
        var child = old;
        for (var parent = old.Parent; parent is not null; (child, parent) = (parent, parent.Parent))
        {
            var after = body.Typing.TypeAgain(parent, parent.IndexOf(child), type);
            if (after.Equals(parent.StackType))
                return;
            retyped.Add((parent, after));
            type = after;
        }
    }
}
