using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Intrinsics;

/// <summary>Presents instructions as calls of <c>Cassette.Intrinsic</c>'s methods, with the operands' exact static types.</summary>
/// <example><code>
/// if (presenter.Present(instruction, machine, interest) is { } call) ... // the machine stands before the instruction
/// </code></example>
internal sealed class InstructionPresenter(TypeUniverse types, IntrinsicLibrary library)
{
    private readonly ArithmeticPresenter arithmetic = new(types, library);
    private readonly MemoryPresenter memory = new(types, library);

    /// <summary>The call that an instruction is to rules; null where it is none, or where no rule asks for it.</summary>
    public IntrinsicCall? Present(Instruction instruction, StackMachine machine, IntrinsicInterest interest)
    {
        var name = NameOf(instruction, machine.Stack);
        if (name is null || !interest.Wants(name, instruction.Operand as FieldSymbol))
            return null;
        if (name == IntrinsicLibrary.NewObject)
            return new IntrinsicCall(instruction, instruction);
        if (Comparison.Of(instruction) is { } comparison)
        {
            var raw = instruction.Operand is Block ? new Instruction(comparison.CodeFor(machine.Stack)) { OriginalOffset = instruction.OriginalOffset } : instruction;
            return arithmetic.Comparison(name, machine.Stack) is { } compare
                ? Call(raw, compare) with { Branch = raw == instruction ? null : new FusedBranch(instruction, comparison.IsOnTrue) }
                : null;
        }
        var symbol = instruction.Operand is MethodSymbol method ? memory.OfArray(name, method)
            : ArithmeticPresenter.NameOf(instruction.Code) is null ? memory.Present(name, instruction, machine)
            : arithmetic.Present(name, instruction, machine.Stack);
        return symbol is null ? null : Call(instruction, symbol) with { Field = instruction.Operand as FieldSymbol };
    }

    private static IntrinsicCall Call(Instruction raw, MethodSymbol symbol) => new(raw, new Instruction(Code.Call, symbol) { OriginalOffset = raw.OriginalOffset });

    /// <summary>The name of an instruction's intrinsic; null for one that only moves values about, or decides where control goes.</summary>
    private static string? NameOf(Instruction instruction, List<StackType> stack)
    {
        if (Comparison.Of(instruction) is { } comparison)
            return comparison.NameFor(stack);
        return instruction.Code switch
        {
            Code.Ldfld => "LoadField",
            Code.Stfld => "StoreField",
            Code.Ldflda => "FieldAddress",
            Code.Ldsfld => "LoadStatic",
            Code.Stsfld => "StoreStatic",
            Code.Ldsflda => "StaticAddress",
            Code.Ldelem_Any or (>= Code.Ldelem_I1 and <= Code.Ldelem_Ref) => "LoadElement",
            Code.Stelem_Any or (>= Code.Stelem_I and <= Code.Stelem_Ref) => "StoreElement",
            Code.Ldelema => "ElementAddress",
            Code.Ldlen => "ArrayLength",
            Code.Newarr => "NewArray",
            Code.Newobj => instruction.Method.DeclaringType.Shape is TypeShape.Array or TypeShape.Vector ? "NewArray"
                : instruction.Method.DeclaringType.IsReferenceType ? IntrinsicLibrary.NewObject : null,
            Code.Call when instruction.Method.DeclaringType.Shape is TypeShape.Array or TypeShape.Vector => instruction.Method.Name switch
            {
                "Get" => "LoadElement",
                "Set" => "StoreElement",
                "Address" => "ElementAddress",
                _ => null,
            },
            Code.Box => "Box",
            Code.Unbox => "Unbox",
            Code.Unbox_Any => "UnboxAny",
            Code.Castclass => "Cast",
            Code.Isinst => instruction.Type.IsReferenceType ? "IsInstance" : "IsBox",
            Code.Ldobj or (>= Code.Ldind_I1 and <= Code.Ldind_Ref) => "LoadIndirect",
            Code.Stobj or Code.Stind_I or (>= Code.Stind_Ref and <= Code.Stind_R8) => "StoreIndirect",
            Code.Initobj => "InitObject",
            Code.Cpobj => "CopyObject",
            Code.Cpblk => "CopyBlock",
            Code.Initblk => "InitBlock",
            Code.Localloc => "StackAllocate",
            _ => ArithmeticPresenter.NameOf(instruction.Code),
        };
    }
}

/// <summary>An instruction that compares two values, or a branch that does (ECMA-335 III.3.5 to III.3.16, III.3.21 to III.3.24, III.3.28).</summary>
/// <param name="Relation"><c>Equal</c>, <c>LessThan</c> or <c>GreaterThan</c>.</param>
/// <param name="IsUnsigned">The form of the comparison for integers.</param>
/// <param name="IsUnordered">The form for floating-point numbers, which a negation turns round.</param>
/// <param name="IsOnTrue">For a branch whether it is taken where the comparison holds.</param>
internal sealed record Comparison(string Relation, bool IsUnsigned, bool IsUnordered, bool IsOnTrue)
{
    private static readonly Dictionary<Code, Comparison> All = new()
    {
        [Code.Ceq] = new("Equal", false, false, true),
        [Code.Clt] = new("LessThan", false, false, true),
        [Code.Clt_Un] = new("LessThan", true, true, true),
        [Code.Cgt] = new("GreaterThan", false, false, true),
        [Code.Cgt_Un] = new("GreaterThan", true, true, true),
        [Code.Beq] = new("Equal", false, false, true),
        [Code.Bne_Un] = new("Equal", false, false, false),
        [Code.Blt] = new("LessThan", false, false, true),
        [Code.Blt_Un] = new("LessThan", true, true, true),
        [Code.Bge] = new("LessThan", false, true, false),
        [Code.Bge_Un] = new("LessThan", true, false, false),
        [Code.Bgt] = new("GreaterThan", false, false, true),
        [Code.Bgt_Un] = new("GreaterThan", true, true, true),
        [Code.Ble] = new("GreaterThan", false, true, false),
        [Code.Ble_Un] = new("GreaterThan", true, false, false),
    };

    public static Comparison? Of(Instruction instruction) => All.TryGetValue(instruction.Code, out var comparison) ? comparison : null;

    public string NameFor(List<StackType> stack) =>
        Relation == "Equal" ? Relation
        : IsFloat(stack) ? IsUnordered ? Relation + "Unordered" : Relation
        : IsUnsigned ? Relation + "Unsigned" : Relation;

    /// <summary>The comparison as an instruction of its own.</summary>
    public Code CodeFor(List<StackType> stack)
    {
        var isUnsigned = IsFloat(stack) ? IsUnordered : IsUnsigned;
        return Relation switch
        {
            "LessThan" => isUnsigned ? Code.Clt_Un : Code.Clt,
            "GreaterThan" => isUnsigned ? Code.Cgt_Un : Code.Cgt,
            _ => Code.Ceq,
        };
    }

    private static bool IsFloat(List<StackType> stack) => stack[stack.Count - 1].Kind == StackKind.Float;
}
