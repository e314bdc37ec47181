using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Editing;

/// <summary>Reads what a loop counts, what it gathers, and what it hands from round to round.</summary>
internal sealed class LoopReader(
    EditableBody body, Loop loop, Func<EditableBlock, IEnumerable<EditableBlock>> dominatorsOf, Func<EditableBlock, IEnumerable<EditableBlock>> predecessorsOf)
{
    private readonly List<Statement> statements = [.. loop.Statements];
    private readonly List<EditableBlock> latches = [.. predecessorsOf(loop.Header).Where(loop.Contains)];

    public void Read()
    {
        var stored = new Dictionary<object, List<Statement>>(ReferenceComparer<object>.Instance);
        var order = new List<object>();
        foreach (var statement in statements.Where(s => s.Expression.Code is Code.Stloc or Code.Starg))
        {
            var variable = statement.Expression.Operand!;
            if (!stored.TryGetValue(variable, out var list))
            {
                stored.Add(variable, list = []);
                order.Add(variable);
            }
            list.Add(statement);
        }
        var once = order.OfType<Local>().Where(l => stored[l].Count == 1 && !body.Exposed.Contains(l)).ToList();
        loop.Counter = once.Select(l => CounterOf(l, stored[l][0], stored)).Where(c => c is not null).OrderByDescending(c => c!.Limit is not null).FirstOrDefault();
        loop.Reductions = [.. once.Where(l => l != loop.Counter?.Local).Select(l => ReductionOf(l, stored[l][0])).OfType<Reduction>()];
        var live = LiveAtHeader();
        loop.Carried =
        [
            .. order.Where(v => (live.Contains(v) || body.Exposed.Contains(v)) && v != loop.Counter?.Local && !loop.Reductions.Any(r => r.Local == v)),
        ];
    }

    private LoopCounter? CounterOf(Local local, Statement update, Dictionary<object, List<Statement>> stored)
    {
        if (update.Expression.Operands[0] is not { Code: Code.Add or Code.Sub } sum || !IsLoadOf(sum.Operands[0], local) || sum.Operands[1] is not { Code: Code.Ldc_I4, Operand: int step }
            || !latches.TrueForAll(l => dominatorsOf(l).Contains(update.Block)) || InnerLoopHolds(update.Block))
            return null;
        var counter = new LoopCounter(local, sum.Code == Code.Sub ? -step : step, update) { Start = StartOf(local) };
        foreach (var block in loop.Exits.Select(e => e.Source!).Distinct())
        {
            if (block.Terminator is not { } branch || !latches.TrueForAll(l => dominatorsOf(l).Contains(block)) || Comparison(branch) is not { } test)
                continue;
            var index = IsLoadOf(test.Operands[0], local) ? 1 : IsLoadOf(test.Operands[1], local) ? 0 : -1;
            if (index >= 0)
                return counter with { Test = test, Limit = test.Operands[index], IsLimitFixed = IsFixed(test.Operands[index], stored) };
        }
        return counter;
    }

    /// <summary>A block on a cycle within the loop runs more than once a round.</summary>
    private bool InnerLoopHolds(EditableBlock block)
    {
        var seen = new HashSet<EditableBlock>(ReferenceComparer<EditableBlock>.Instance);
        var pending = new Stack<EditableBlock>(predecessorsOf(block));
        while (pending.Count > 0)
        {
            var at = pending.Pop();
            if (at == block)
                return block != loop.Header;
            if (at == loop.Header || !loop.Contains(at) || !seen.Add(at))
                continue;
            foreach (var source in predecessorsOf(at))
                pending.Push(source);
        }
        return false;
    }

    /// <summary>The comparison that a branch depends on: the branch itself, or one that was stored just before, as debug builds do.</summary>
    private static Expression? Comparison(Statement branch)
    {
        var expression = branch.Expression;
        if (expression.Operands.Count == 2 && expression.Code is >= Code.Beq and <= Code.Blt_Un)
            return expression;
        if (expression.Code is not (Code.Brtrue or Code.Brfalse))
            return null;
        var condition = expression.Operands[0];
        if (condition is { Code: Code.Ldloc, Operand: Local local })
        {
            var list = branch.Block.List;
            for (var i = list.Count - 2; i >= 0; i--)
            {
                if (list[i].Expression is { Code: Code.Stloc } store && store.Operand == local)
                {
                    condition = store.Operands[0];
                    break;
                }
                if (!list[i].IsNop)
                    return null;
            }
        }
        // !(a < b) is (a < b) == 0.
        while (condition.Code == Code.Ceq && condition.Operands[1] is { Code: Code.Ldc_I4, Operand: 0 } && condition.Operands[0].Code is Code.Ceq or (>= Code.Cgt and <= Code.Clt_Un))
            condition = condition.Operands[0];
        return condition.Code is Code.Ceq or (>= Code.Cgt and <= Code.Clt_Un) ? condition : null;
    }

    /// <summary>The one store that leads to the loop.</summary>
    private Expression? StartOf(Local local)
    {
        var outside = predecessorsOf(loop.Header).Where(b => !loop.Contains(b)).ToList();
        var seen = new HashSet<EditableBlock>(ReferenceComparer<EditableBlock>.Instance);
        while (outside.Count == 1 && seen.Add(outside[0]))
        {
            var block = outside[0];
            if (block.List.LastOrDefault(s => s.Expression.Code == Code.Stloc && s.Expression.Operand == local) is { } store)
                return store.Expression.Operands[0];
            outside = [.. predecessorsOf(block)];
        }
        return null;
    }

    private Reduction? ReductionOf(Local local, Statement store)
    {
        var operation = store.Expression.Operands[0];
        var gathers = operation.Operands.Count == 2
            && (operation.Code is Code.Add or Code.Mul or Code.And or Code.Or or Code.Xor
                || operation.Callee is { Name: "Max" or "Min" } callee && callee.DeclaringType.Named is { Name: "Math", Namespace: "System" });
        if (!gathers)
            return null;
        var index = IsLoadOf(operation.Operands[0], local) ? 1 : IsLoadOf(operation.Operands[1], local) ? 0 : -1;
        var loads = statements.Sum(s => s.Expression.SelfAndDescendants().Count(e => IsLoadOf(e, local)));
        return index >= 0 && loads == 1 ? new Reduction(local, operation, operation.Operands[index], store) : null;
    }

    private bool IsFixed(Expression expression, Dictionary<object, List<Statement>> stored) => expression.Code switch
    {
        Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 => true,
        Code.Ldloc or Code.Ldarg => !stored.ContainsKey(expression.Operand!) && !body.Exposed.Contains(expression.Operand!),
        Code.Ldlen or Code.Add or Code.Sub or Code.Mul or (>= Code.Conv_I1 and <= Code.Conv_U8) or Code.Conv_I => expression.Operands.All(o => IsFixed(o, stored)),
        _ => false,
    };

    /// <summary>The variables whose value at the start of a round is looked at in it.</summary>
    private HashSet<object> LiveAtHeader()
    {
        var live = loop.Blocks.ToDictionary(b => b, _ => new HashSet<object>(ReferenceComparer<object>.Instance), ReferenceComparer<EditableBlock>.Instance);
        // A round ends at the header: what the next one looks at is what this one hands on, and is asked for at the header itself.
        var next = loop.Blocks.ToDictionary(b => b, _ => new List<EditableBlock>(), ReferenceComparer<EditableBlock>.Instance);
        foreach (var block in loop.Blocks.Where(b => b != loop.Header))
        {
            foreach (var source in predecessorsOf(block).Where(loop.Contains))
                next[source].Add(block);
        }
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var block in loop.Blocks.Reverse())
            {
                var now = new HashSet<object>(ReferenceComparer<object>.Instance);
                foreach (var target in next[block])
                    now.UnionWith(live[target]);
                foreach (var statement in block.Statements.Reverse())
                {
                    foreach (var expression in statement.Expression.SelfAndDescendants().Reverse())
                    {
                        if (expression.Code is Code.Stloc or Code.Starg)
                            now.Remove(expression.Operand!);
                        else if (expression.Code is Code.Ldloc or Code.Ldarg)
                            now.Add(expression.Operand!);
                    }
                }
                if (now.Count == live[block].Count)
                    continue;
                live[block] = now;
                isChanged = true;
            }
        }
        return live[loop.Header];
    }

    private static bool IsLoadOf(Expression expression, Local local) => expression.Code == Code.Ldloc && expression.Operand == local;
}
