using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>
/// Reads stack code as statements over expression trees. What is on the stack when a statement runs, when a value is used twice, and when a block
/// ends, is stored to a local before, unless loading it later gives the same: so the order of evaluation is the code's own.
/// </summary>
internal sealed class BodyLifter
{
    private readonly EditableBody owner;
    private readonly MethodIR body;
    private readonly StackMachine machine;
    private readonly Dictionary<Instruction, Expression> known = new(ReferenceComparer<Instruction>.Instance);
    private readonly Dictionary<Block, EditableBlock> blocks = new(ReferenceComparer<Block>.Instance);
    private List<Expression> stack = [];
    private EditableBlock block = null!;
    private SourceSpan? source;

    public BodyLifter(EditableBody owner, IEnumerable<EditableBlock> before)
    {
        this.owner = owner;
        body = owner.Body;
        machine = new StackMachine(body);
        foreach (var old in before)
        {
            blocks[old.Block] = old;
            foreach (var statement in old.Statements)
            {
                foreach (var expression in statement.Expression.SelfAndDescendants())
                    known[expression.Instruction] = expression;
            }
        }
    }

    public List<EditableBlock> Lift() => [.. body.Blocks.Select(Lift)];

    public EditableBlock Lift(Block from)
    {
        if (!blocks.TryGetValue(from, out block!))
            block = new EditableBlock(owner, from);
        block.List.Clear();
        block.Exit = [];
        block.Entry = [];
        block.IsChanged = false;
        if (!from.IsReachable)
            return block;
        machine.Enter(from);
        stack = [];
        block.Entry = new Local?[from.EntryStack.Length];
        for (var i = 0; i < from.EntryStack.Length; i++)
        {
            var type = from.EntryStack[i];
            block.Entry[i] = Again(type) is null ? owner.NewTemporary(type) : null;
            stack.Add(block.Entry[i] is { } local ? Leaf(new Instruction(Code.Ldloc, local), type) : Leaf(Again(type)!, type));
        }
        foreach (var instruction in from.Instructions)
        {
            source = instruction.Source is { } point ? point : source;
            Lift(instruction);
        }
        if (block.Terminator is null)
            Keep(null);
        block.Exit = [.. block.Exit, .. stack];
        foreach (var expression in block.Exit)
            expression.Parent = null;
        return block;
    }

    private void Lift(Instruction instruction)
    {
        if (instruction.Code == Code.Dup)
        {
            Duplicate();
            machine.Apply(instruction);
            return;
        }
        var pops = Pops(instruction);
        var operands = stack.GetRange(stack.Count - pops, pops);
        stack.RemoveRange(stack.Count - pops, pops);
        machine.Apply(instruction);
        StackType? type = OpcodeTable.EndsBlock(instruction.Code) || OpcodeTable.Pushes(instruction) == 0 ? null : machine.Stack[machine.Stack.Count - 1];
        var expression = Node(instruction, operands, type);
        if (type is not null)
        {
            stack.Add(expression);
            return;
        }
        if (instruction.Code == Code.Nop && stack.Count > 0)
        {
            // A place in the source, in the middle of a statement: there is no code to stand for it.
            Say(expression);
            return;
        }
        if (OpcodeTable.EndsBlock(instruction.Code))
        {
            var goesOn = block.Block.Next is not null || instruction.Code != Code.Leave && instruction.Operand is Block or Block[];
            Keep(goesOn ? null : expression, isDropped: !goesOn);
            if (goesOn)
                block.Exit = [.. stack];
            stack.Clear();
        }
        else
        {
            Keep(expression);
        }
        Say(expression);
    }

    private int Pops(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Leave or Code.Endfinally or Code.Rethrow:
                return 0;
            case Code.Throw or Code.Endfilter:
                return 1;
            default:
                return OpcodeTable.Pops(instruction, body);
        }
    }

    private void Duplicate()
    {
        var top = stack[stack.Count - 1];
        if (!IsStable(top, null))
        {
            var type = top.StackType!.Value;
            var local = owner.NewTemporary(type);
            stack.RemoveAt(stack.Count - 1);
            var store = Node(new Instruction(Code.Stloc, local), [top], null);
            Keep(store);
            Say(store);
            stack.Add(top = Leaf(new Instruction(Code.Ldloc, local), type));
        }
        stack.Add(Leaf(Copy(top.Instruction), top.StackType));
    }

    /// <summary>
    /// Stores what is on the stack and could be something else after a statement (any one, if null). What a jump out of the block throws away is
    /// evaluated all the same.
    /// </summary>
    private void Keep(Expression? statement, bool isDropped = false)
    {
        for (var i = 0; i < stack.Count; i++)
        {
            var value = stack[i];
            if (IsStable(value, statement))
                continue;
            if (isDropped)
            {
                Say(Node(new Instruction(Code.Pop), [value], null));
                continue;
            }
            var type = value.StackType!.Value;
            if (Again(type) is { } again && value.Operands.Count == 0)
            {
                stack[i] = Leaf(again, type);
                continue;
            }
            var local = owner.NewTemporary(type);
            Say(Node(new Instruction(Code.Stloc, local), [value], null));
            stack[i] = Leaf(new Instruction(Code.Ldloc, local), type);
        }
    }

    /// <summary>Whether evaluating it behind a statement gives what evaluating it before would have.</summary>
    private bool IsStable(Expression value, Expression? statement)
    {
        switch (value.Code)
        {
            case Code.Ldnull or Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 or Code.Ldstr or Code.Ldftn or Code.Ldloca or Code.Ldarga
                or Code.Sizeof or Code.Ldtoken:
                return true;
            case Code.Ldarg when value.Operand is Argument { IsThis: true } && owner.IsThisFixed:
                return true;
            case Code.Ldloc when owner.IsTemporary((Local)value.Operand!):
                return true;
            case Code.Ldloc or Code.Ldarg:
                return statement is not null && !owner.Exposed.Contains(value.Operand!)
                    && !(statement.Code is Code.Stloc or Code.Starg && ReferenceEquals(statement.Operand, value.Operand));
            default:
                return false;
        }
    }

    /// <summary>What makes a value of the stack again, where storing it is not allowed or needless; null for all others.</summary>
    private Instruction? Again(StackType type) =>
        type.IsNull ? new Instruction(Code.Ldnull)
        : type.Has(StackFlags.Uninitialized) || owner.IsThisFixed && type.Has(StackFlags.This) && body.Arguments.Count > 0 && body.Arguments[0].IsThis
            ? new Instruction(Code.Ldarg, body.Arguments[0])
        : type.Has(StackFlags.Function) && type.Function is { IsVirtual: false } ? new Instruction(Code.Ldftn, type.Function)
        : null;

    private void Say(Expression root)
    {
        var statement = root.Root ?? new Statement(root);
        root.Parent = null;
        statement.Source = source;
        var first = root.FirstEvaluated;
        statement.Point = first.Point;
        first.Point = null;
        if (statement.Point is not null)
            statement.Source = statement.Point;
        block.Add(statement);
    }

    private Expression Leaf(Instruction instruction, StackType? type) => Node(instruction, [], type);

    /// <summary>The expression of an instruction: the one that callers may hold already, if its operands are still the same.</summary>
    private Expression Node(Instruction instruction, List<Expression> operands, StackType? type)
    {
        if (known.TryGetValue(instruction, out var expression) && expression.Operands.SequenceEqual(operands))
        {
            expression.StackType = type;
        }
        else
        {
            expression = new Expression(owner, instruction, [.. operands], type);
        }
        expression.Point = instruction.Source;
        foreach (var operand in operands)
        {
            operand.Parent = expression;
            operand.Root = null;
        }
        return expression;
    }

    internal static Instruction Copy(Instruction instruction) => new(instruction.Code, instruction.Operand)
    {
        Prefixes = instruction.Prefixes,
        Alignment = instruction.Alignment,
        Constrained = instruction.Constrained,
        NoOverdub = instruction.NoOverdub,
        NativeLevels = instruction.NativeLevels,
        OriginalOffset = instruction.OriginalOffset,
        CopiedFrom = instruction,
    };
}
