using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Intrinsics;

/// <summary>Presents arithmetic, comparisons and conversions.</summary>
internal sealed class ArithmeticPresenter(TypeUniverse types, IntrinsicLibrary library)
{
    private readonly OperandTypes operands = new(types);

    /// <summary>The name of an arithmetic instruction's intrinsic; null for other instructions.</summary>
    public static string? NameOf(Code code) => code switch
    {
        Code.Add => "Add",
        Code.Add_Ovf => "AddChecked",
        Code.Add_Ovf_Un => "AddCheckedUnsigned",
        Code.Sub => "Subtract",
        Code.Sub_Ovf => "SubtractChecked",
        Code.Sub_Ovf_Un => "SubtractCheckedUnsigned",
        Code.Mul => "Multiply",
        Code.Mul_Ovf => "MultiplyChecked",
        Code.Mul_Ovf_Un => "MultiplyCheckedUnsigned",
        Code.Div => "Divide",
        Code.Div_Un => "DivideUnsigned",
        Code.Rem => "Remainder",
        Code.Rem_Un => "RemainderUnsigned",
        Code.Neg => "Negate",
        Code.And => "And",
        Code.Or => "Or",
        Code.Xor => "Xor",
        Code.Not => "Not",
        Code.Shl => "ShiftLeft",
        Code.Shr => "ShiftRight",
        Code.Shr_Un => "ShiftRightUnsigned",
        Code.Ckfinite => "CheckFinite",
        Code.Conv_R_Un => "ConvertUnsigned",
        >= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un => "ConvertCheckedUnsigned",
        >= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8 or Code.Conv_Ovf_I or Code.Conv_Ovf_U => "ConvertChecked",
        >= Code.Conv_I1 and <= Code.Conv_U8 or Code.Conv_U2 or Code.Conv_U1 or Code.Conv_I or Code.Conv_U => "Convert",
        _ => null,
    };

    /// <summary>
    /// Whether an instruction is arithmetic that depends on its operands alone and does nothing but give a result: it never throws (ECMA-335 III.3; of divisions
    /// those of floating-point numbers) and touches no memory. Comparisons are left out, as the JIT joins them with the branch behind them.
    /// </summary>
    public static bool IsSilent(IntrinsicCall intrinsic) => intrinsic.Raw.Code switch
    {
        Code.Div or Code.Rem => intrinsic.Call.Method.Parameters[0].DisplayName is "double" or "float",
        Code.Add or Code.Sub or Code.Mul or Code.Neg or Code.And or Code.Or or Code.Xor or Code.Not or Code.Shl or Code.Shr or Code.Shr_Un or Code.Conv_R_Un => true,
        var code => NameOf(code) == "Convert",
    };

    /// <summary>The intrinsic for an arithmetic instruction on what the stack holds; null where there is none.</summary>
    public MethodSymbol? Present(string name, Instruction instruction, List<StackType> stack)
    {
        var top = stack[stack.Count - 1];
        switch (instruction.Code)
        {
            case Code.Add or Code.Sub or Code.Add_Ovf_Un or Code.Sub_Ovf_Un when IsAddress(top) || IsAddress(stack[stack.Count - 2]):
                return Addresses(name, stack[stack.Count - 2], top);
            case Code.Add or Code.Sub or Code.Mul:
                return Binary(name, stack[stack.Count - 2], top, Signedness.AsTyped);
            case Code.And or Code.Or or Code.Xor:
                return OperandTypes.IsBoolean(top) && OperandTypes.IsBoolean(stack[stack.Count - 2])
                    ? library.Find(name, ["bool", "bool"])
                    : Binary(name, stack[stack.Count - 2], top, Signedness.AsTyped);
            case Code.Div or Code.Rem or Code.Add_Ovf or Code.Sub_Ovf or Code.Mul_Ovf:
                return Binary(name, stack[stack.Count - 2], top, Signedness.Signed);
            case Code.Div_Un or Code.Rem_Un or Code.Add_Ovf_Un or Code.Sub_Ovf_Un or Code.Mul_Ovf_Un:
                return Binary(name, stack[stack.Count - 2], top, Signedness.Unsigned);
            case Code.Shl:
                return Shift(name, stack[stack.Count - 2], top, Signedness.AsTyped);
            case Code.Shr:
                return Shift(name, stack[stack.Count - 2], top, Signedness.Signed);
            case Code.Shr_Un:
                return Shift(name, stack[stack.Count - 2], top, Signedness.Unsigned);
            case Code.Neg:
                return Unary(name, top, Signedness.Signed);
            case Code.Not or Code.Ckfinite:
                return Unary(name, top, Signedness.AsTyped);
            default:
                return Conversion(name, instruction.Code, top);
        }
    }

    /// <summary>The intrinsic for a comparison of the two topmost values.</summary>
    public MethodSymbol? Comparison(string name, List<StackType> stack)
    {
        StackType a = stack[stack.Count - 2], b = stack[stack.Count - 1];
        if (a.Kind == StackKind.Object || b.Kind == StackKind.Object)
            return library.Find(name, ["object", "object"]);
        if (a.Kind == StackKind.ByRef && b.Kind == StackKind.ByRef)
            return library.Find(name, ["T&", "T&"], a.Type!);
        if (a.Kind == StackKind.Pointer || b.Kind == StackKind.Pointer)
            return library.Find(name, ["void*", "void*"]);
        return Binary(name, a, b, name == "Equal" ? Signedness.AsTyped : name.EndsWith("Unsigned") ? Signedness.Unsigned : Signedness.Signed);
    }

    private MethodSymbol? Binary(string name, StackType a, StackType b, Signedness sign)
    {
        if (operands.Common(a, b, sign) is not { } type)
            return null;
        var shape = IntrinsicLibrary.ShapeOf(type);
        return library.Find(name, [shape, shape]);
    }

    private MethodSymbol? Unary(string name, StackType value, Signedness sign) =>
        operands.Number(value, sign) is { } type ? library.Find(name, [IntrinsicLibrary.ShapeOf(type)]) : null;

    private MethodSymbol? Shift(string name, StackType value, StackType count, Signedness sign) =>
        count.Kind == StackKind.Int32 && operands.Number(value, sign) is { } type ? library.Find(name, [IntrinsicLibrary.ShapeOf(type), "int"]) : null;

    private MethodSymbol? Addresses(string name, StackType a, StackType b)
    {
        var offset = name.EndsWith("Unsigned") ? "nuint" : "nint";
        if (IsAddress(a) && OperandTypes.IsOffset(b))
            return a.Kind == StackKind.Pointer ? library.Find(name, ["void*", offset]) : library.Find(name, ["T&", offset], a.Type!);
        if (OperandTypes.IsOffset(a) && IsAddress(b))
            return b.Kind == StackKind.Pointer ? library.Find(name, [offset, "void*"]) : library.Find(name, [offset, "T&"], b.Type!);
        if (a.Kind == StackKind.ByRef && b.Kind == StackKind.ByRef)
            return library.Find(name, ["T&", "T&"], a.Type!);
        return a.Kind == StackKind.Pointer && b.Kind == StackKind.Pointer ? library.Find(name, ["void*", "void*"]) : null;
    }

    private static bool IsAddress(StackType value) => value.Kind is StackKind.Pointer or StackKind.ByRef;

    private MethodSymbol? Conversion(string name, Code code, StackType value)
    {
        var sign = name.EndsWith("Unsigned") || code is Code.Conv_U8 or Code.Conv_U ? Signedness.Unsigned
            : name == "ConvertChecked" || code is Code.Conv_I8 or Code.Conv_I or Code.Conv_R4 or Code.Conv_R8 ? Signedness.Signed
            : Signedness.AsTyped;
        if (operands.Number(value, sign) is not { } from || name.EndsWith("Unsigned") && value.Kind == StackKind.Float)
            return null;
        return library.Find(name, ["TFrom"], from, Result(code));
    }

    private TypeSymbol Result(Code code) => code switch
    {
        Code.Conv_I1 or Code.Conv_Ovf_I1 or Code.Conv_Ovf_I1_Un => types.SByte,
        Code.Conv_U1 or Code.Conv_Ovf_U1 or Code.Conv_Ovf_U1_Un => types.Byte,
        Code.Conv_I2 or Code.Conv_Ovf_I2 or Code.Conv_Ovf_I2_Un => types.Int16,
        Code.Conv_U2 or Code.Conv_Ovf_U2 or Code.Conv_Ovf_U2_Un => types.UInt16,
        Code.Conv_I4 or Code.Conv_Ovf_I4 or Code.Conv_Ovf_I4_Un => types.Int32,
        Code.Conv_U4 or Code.Conv_Ovf_U4 or Code.Conv_Ovf_U4_Un => types.UInt32,
        Code.Conv_I8 or Code.Conv_Ovf_I8 or Code.Conv_Ovf_I8_Un => types.Int64,
        Code.Conv_U8 or Code.Conv_Ovf_U8 or Code.Conv_Ovf_U8_Un => types.UInt64,
        Code.Conv_I or Code.Conv_Ovf_I or Code.Conv_Ovf_I_Un => types.IntPtr,
        Code.Conv_U or Code.Conv_Ovf_U or Code.Conv_Ovf_U_Un => types.UIntPtr,
        Code.Conv_R4 => types.Single,
        _ => types.Double,
    };
}
