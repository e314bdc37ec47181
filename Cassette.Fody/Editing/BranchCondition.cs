using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Takes the comparison out of a branch that compares.</summary>
internal static class BranchCondition
{
    public static Expression Of(EditableBody body, Statement branch)
    {
        var old = branch.Expression;
        if (old.Code is Code.Brtrue or Code.Brfalse)
            return old.Operands[0];
        if (old.Code is not (>= Code.Beq and <= Code.Blt_Un))
            throw new EditRefusedException($"'{branch}' is no branch under a condition.");
        var isFloat = old.Operands[0].StackType is { Kind: StackKind.Float };
        // Where a number is not one, the negation of an ordered comparison is the unordered opposite (III.3.6 to III.3.15).
        var (compare, jump) = old.Code switch
        {
            Code.Beq => (Code.Ceq, Code.Brtrue),
            Code.Bne_Un => (Code.Ceq, Code.Brfalse),
            Code.Bgt => (Code.Cgt, Code.Brtrue),
            Code.Bgt_Un => (Code.Cgt_Un, Code.Brtrue),
            Code.Blt => (Code.Clt, Code.Brtrue),
            Code.Blt_Un => (Code.Clt_Un, Code.Brtrue),
            Code.Ble => (isFloat ? Code.Cgt_Un : Code.Cgt, Code.Brfalse),
            Code.Ble_Un => (isFloat ? Code.Cgt : Code.Cgt_Un, Code.Brfalse),
            Code.Bge => (isFloat ? Code.Clt_Un : Code.Clt, Code.Brfalse),
            _ => (isFloat ? Code.Clt : Code.Clt_Un, Code.Brfalse),
        };
        var condition = new Expression(body, new Instruction(compare), [.. old.Operands], StackType.Of(body.Types.Boolean));
        var root = new Expression(body, new Instruction(jump, old.Operand), [condition], null);
        old.Root = null;
        Replacement.Adopt(root);
        root.Root = branch;
        branch.Expression = root;
        return condition;
    }
}
