using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Stores values to locals before the statement that they are part of, in the order in which they are evaluated.</summary>
internal sealed class Spiller(EditableBody body)
{
    public Local Spill(Expression value, string? name)
    {
        if (value.StackType is not { } type)
            throw new EditRefusedException($"'{value}' yields no value.");
        if (type.Has(StackFlags.Uninitialized))
            throw new EditRefusedException("this cannot be stored before the base constructor ran.");
        SpillWhatComesBefore(value);
        return Store(value, name);
    }

    public Statement Isolate(Expression expression, bool operandsFirst)
    {
        SpillWhatComesBefore(expression);
        if (operandsFirst)
        {
            foreach (var operand in expression.Operands.ToArray())
            {
                if (!body.IsPure(operand))
                    Store(operand, null);
            }
        }
        if (expression.Parent is null or { Code: Code.Pop })
            return expression.Statement!;
        if (expression.Parent is { Code: Code.Stloc, Parent: null })
            return expression.Statement!;
        Store(expression, null);
        return expression.Statement!;
    }

    private void SpillWhatComesBefore(Expression value)
    {
        var path = new List<Expression>();
        for (var expression = value; expression is not null; expression = expression.Parent)
            path.Insert(0, expression);
        for (var i = 0; i + 1 < path.Count; i++)
        {
            var index = path[i].IndexOf(path[i + 1]);
            foreach (var operand in path[i].Operands.Take(index).ToArray())
            {
                if (!body.IsPure(operand))
                    Store(operand, null);
            }
        }
    }

    private Local Store(Expression value, string? name)
    {
        var type = value.StackType!.Value;
        if (type.Has(StackFlags.Uninitialized))
            throw new EditRefusedException("this cannot be stored before the base constructor ran.");
        var local = name is null ? body.NewTemporary(type) : body.NewLocal(SpilledStack.LocationOf(body.Types, type), name);
        var statement = value.Statement!;
        var parent = value.Parent!;
        var index = parent.IndexOf(value);
        var load = new Expression(body, new Instruction(Code.Ldloc, local), [], type) { Parent = parent };
        parent.SetOperand(index, load);
        value.Parent = null;
        var store = new Expression(body, new Instruction(Code.Stloc, local), [value], null);
        value.Parent = store;
        var stored = new Statement(store) { Source = statement.Source, Point = statement.Point };
        statement.Point = null;
        statement.Block.Insert(statement.Block.List.IndexOf(statement), stored);
        return local;
    }
}
