using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>
/// An instruction together with the expressions that compute what it takes off the stack, in the order in which they are evaluated: what the
/// seeds call an IR element. A value that is used twice or that crosses blocks is stored to a local first, so that every expression has one place.
/// </summary>
/// <remarks>
/// An expression from <see cref="ExpressionFactory"/> has no place until an edit gives it one. Until then it can hold expressions of the body as
/// operands: <see cref="EditableBody.Replace"/> takes such operands along.
/// </remarks>
public sealed class Expression
{
    private readonly Expression[] operands;

    internal Expression(EditableBody body, Instruction instruction, Expression[] operands, StackType? type)
    {
        Body = body;
        Instruction = instruction;
        this.operands = operands;
        StackType = type;
    }

    /// <summary>The body it belongs to.</summary>
    public EditableBody Body { get; }

    /// <summary>The instruction that is executed once the operands are there.</summary>
    public Instruction Instruction { get; }

    /// <summary>What it does.</summary>
    public Code Code => Instruction.Code;

    /// <summary>The instruction's own operand: a <see cref="MethodSymbol"/>, <see cref="FieldSymbol"/>, <see cref="TypeSymbol"/>, <see cref="Local"/>, <see cref="IL.Argument"/> or a constant.</summary>
    public object? Operand => Instruction.Operand;

    /// <summary>What is evaluated for it, first to last: of a call the receiver and the arguments.</summary>
    public IReadOnlyList<Expression> Operands => operands;

    /// <summary>The exact type on the stack; null for what yields no value.</summary>
    public StackType? StackType { get; internal set; }

    /// <summary>The type of its value; <c>void</c> for what yields none, <c>object</c> for null.</summary>
    public TypeSymbol Type => StackType is not { } type ? Body.Types.Void
        : type.Type is null ? Body.Types.Object
        : type.Kind == StackKind.ByRef ? Body.Types.ByRef(type.Type)
        : type.Type;

    /// <summary>Whether it yields no value.</summary>
    public bool IsVoid => StackType is null;

    /// <summary>What is called, for a call or a <c>new</c>; null for all else, calls through function pointers included.</summary>
    public MethodSymbol? Callee => IsCall ? Instruction.Operand as MethodSymbol : null;

    /// <summary>A call, a construction, or a call through a function pointer.</summary>
    public bool IsCall => Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Calli;

    /// <summary>The expression that takes its value; null at the root of a statement, and as long as it has no place.</summary>
    public Expression? Parent { get; internal set; }

    /// <summary>The statement it is the root of, or part of; null as long as it has no place.</summary>
    public Statement? Statement => Parent is { } parent ? parent.Statement : Root;

    /// <summary>Whether it is part of the body.</summary>
    public bool IsPlaced => Statement is not null;

    /// <summary>The author's source; null where the debug information has none.</summary>
    public SourceSpan? Source => Point ?? Statement?.Source;

    /// <summary>
    /// Whether the overdub transformation leaves the call alone: the seeds' <c>:nooverdub</c>. It counts for the level that the pass belongs to; an
    /// outer context still sees the call.
    /// </summary>
    public bool NoOverdub
    {
        get => Instruction.NoOverdub;
        set
        {
            if (!IsCall)
                throw new EditRefusedException($"Only a call can be marked NoOverdub, and this is {Code}.");
            Instruction.NoOverdub = value;
            if (IsPlaced)
                Body.Edited(Statement!.Block);
        }
    }

    /// <summary>The root's statement.</summary>
    internal Statement? Root { get; set; }

    /// <summary>A sequence point in the middle of a statement.</summary>
    internal SourceSpan? Point { get; set; }

    /// <summary>Itself and all that is evaluated for it, in the order of evaluation: itself last.</summary>
    public IEnumerable<Expression> SelfAndDescendants()
    {
        var all = new List<Expression>();
        Collect(all);
        return all;
    }

    /// <summary>Whether this is <paramref name="other"/> or is evaluated for it.</summary>
    public bool IsWithin(Expression other)
    {
        for (var expression = this; expression is not null; expression = expression.Parent)
        {
            if (expression == other)
                return true;
        }
        return false;
    }

    /// <summary>Whether it calls a method of this type and name.</summary>
    public bool Calls(TypeSymbol type, string name) => Callee is { } callee && callee.Name == name && callee.DeclaringType.Named is { } named && named == type.Named
        || Callee is { } other && other.Name == name && other.DeclaringType.Definition is { } definition && definition == type.Definition;

    public override string ToString() => ExpressionText.Of(this);

    internal void SetOperand(int index, Expression value) => operands[index] = value;

    internal int IndexOf(Expression operand) => System.Array.IndexOf(operands, operand);

    internal Expression FirstEvaluated => operands.Length == 0 ? this : operands[0].FirstEvaluated;

    private void Collect(List<Expression> into)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var operand in operands)
            operand.Collect(into);
        into.Add(this);
    }
}
