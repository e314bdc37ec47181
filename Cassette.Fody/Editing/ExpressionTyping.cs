using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Types an expression from its operands, and refuses what the CLI or type safety would not have.</summary>
internal sealed class ExpressionTyping
{
    private readonly MethodIR body;
    private readonly StackAssignability assignability;
    private readonly OperandRules correct;
    private readonly OperandRules strict;
    private readonly StackMachine machine;

    public ExpressionTyping(MethodIR body, HashSet<Local> locals, Assignability types)
    {
        this.body = body;
        assignability = new StackAssignability(types);
        correct = new OperandRules(assignability, VerificationLevel.Correct);
        strict = new OperandRules(assignability, VerificationLevel.TypeSafe);
        correct.Start(body, locals, null);
        strict.Start(body, locals, null);
        machine = new StackMachine(body);
    }

    /// <summary>The type of an instruction's value; null where it yields none.</summary>
    /// <exception cref="EditRefusedException">The operands do not fit.</exception>
    public StackType? TypeOf(Instruction instruction, IReadOnlyList<Expression> operands)
    {
        if (OperandRules.Operand(instruction) is { } operand)
            throw new EditRefusedException($"{instruction.Code}: {operand}.");
        var types = Types(instruction, operands);
        var expected = Pops(instruction);
        if (expected != types.Count)
            throw new EditRefusedException($"{Name(instruction)} takes {expected} values, the receiver included, and {types.Count} are given.");
        if (Reason(correct, instruction, types) is { } reason)
            throw new EditRefusedException($"{Name(instruction)}: {reason}.");
        if (Reason(strict, instruction, types) is { } unsafeReason && !IsInterfaceOnly(instruction, types))
            throw new EditRefusedException($"{Name(instruction)}: {unsafeReason}. Convert the value first.");
        return Apply(instruction, types);
    }

    /// <summary>As above, for an instruction of the body that gets another operand: it may be as loose with types as it was.</summary>
    public StackType? TypeAgain(Expression expression, int index, StackType? value)
    {
        var before = Types(expression.Instruction, expression.Operands);
        if (value is not { } type)
            throw new EditRefusedException($"{Name(expression.Instruction)} needs a value, and the new expression yields none.");
        var after = before.ToList();
        after[index] = type;
        if (Reason(correct, expression.Instruction, after) is { } reason)
            throw new EditRefusedException($"{Name(expression.Instruction)}: {reason}.");
        if (Reason(strict, expression.Instruction, after) is { } unsafeReason && Reason(strict, expression.Instruction, before) is null
            && !IsInterfaceOnly(expression.Instruction, after))
            throw new EditRefusedException($"{Name(expression.Instruction)}: {unsafeReason}. Convert the value first.");
        return Apply(expression.Instruction, after);
    }

    public bool Fits(StackType from, TypeSymbol to) => assignability.Accepts(from, to, VerificationLevel.TypeSafe);

    private int Pops(Instruction instruction) => instruction.Code switch
    {
        Code.Leave or Code.Endfinally or Code.Rethrow => 0,
        Code.Throw or Code.Endfilter => 1,
        _ => OpcodeTable.Pops(instruction, body),
    };

    private StackType? Apply(Instruction instruction, List<StackType> types)
    {
        machine.Stack.Clear();
        machine.Stack.AddRange(types);
        try
        {
            machine.Apply(instruction);
        }
        catch (InvalidILException exception)
        {
            throw new EditRefusedException($"{Name(instruction)}: {exception.Reason}.");
        }
        return OpcodeTable.EndsBlock(instruction.Code) || OpcodeTable.Pushes(instruction) == 0 ? null : machine.Stack[machine.Stack.Count - 1];
    }

    private List<StackType> Types(Instruction instruction, IReadOnlyList<Expression> operands)
    {
        var types = new List<StackType>(operands.Count);
        foreach (var operand in operands)
            types.Add(operand.StackType ?? throw new EditRefusedException($"{Name(instruction)} needs a value, and '{operand}' yields none."));
        return types;
    }

    private string? Reason(OperandRules rules, Instruction instruction, List<StackType> types)
    {
        var scratch = new Block(body.Body);
        scratch.Instructions.Add(instruction);
        if ((instruction.Prefixes & Prefixes.Tail) != 0)
        {
            // Whether it may stay a tail call is seen when the code is written.
            scratch.Instructions.Add(new Instruction(Code.Ret));
        }
        return rules.Check(scratch, 0, [.. types]);
    }

    /// <summary>The CLI takes any object where an interface is declared (I.8.7.3): compilers rely on it where two types meet.</summary>
    private bool IsInterfaceOnly(Instruction instruction, List<StackType> types)
    {
        if (instruction.Operand is not MethodSymbol method || instruction.Code is not (Code.Call or Code.Callvirt or Code.Newobj))
            return false;
        var first = types.Count - method.Parameters.Length;
        for (var i = 0; i < types.Count; i++)
        {
            var declared = i < first ? method.ThisType ?? method.DeclaringType : method.Parameters[i - first];
            if (i < first && instruction.Constrained is not null || assignability.Accepts(types[i], declared, VerificationLevel.TypeSafe))
                continue;
            if (declared.Shape != TypeShape.Interface || types[i].Kind != StackKind.Object)
                return false;
        }
        return true;
    }

    private static string Name(Instruction instruction) =>
        instruction.Operand is MethodSymbol method ? method.DisplayName : instruction.Code.ToString().ToLowerInvariant().Replace('_', '.') + (instruction.Operand is null or Block or Block[] ? "" : " " + instruction.Operand);
}
