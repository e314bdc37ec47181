using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// What each instruction asks of its operand, its prefixes and the stack below it (ECMA-335 III.3 and III.4), before it is applied.
/// Each question is answered by a reason, or null when the instruction is in order.
/// </summary>
internal sealed class OperandRules(StackAssignability assignability, VerificationLevel level)
{
    private readonly CallRules calls = new(assignability, level);
    private MethodIR body = null!;
    private HashSet<Local> locals = null!;
    private List<StackType> stack = null!;

    public void Start(MethodIR body, HashSet<Local> locals, ConstructorState? state)
    {
        this.body = body;
        this.locals = locals;
        calls.Start(body, state);
    }

    private bool IsStrict => level == VerificationLevel.TypeSafe;

    /// <summary>Whether the operand is of the kind that the opcode calls for. Only general forms are legal here, no short ones.</summary>
    public static string? Operand(Instruction instruction)
    {
        var operand = instruction.Operand;
        var fits = instruction.Code switch
        {
            Code.Ldarg or Code.Ldarga or Code.Starg => operand is Argument,
            Code.Ldloc or Code.Ldloca or Code.Stloc => operand is Local,
            Code.Ldc_I4 => operand is int,
            Code.Ldc_I8 => operand is long,
            Code.Ldc_R4 => operand is float,
            Code.Ldc_R8 => operand is double,
            Code.Ldstr => operand is string,
            Code.Br or Code.Leave or Code.Brtrue or Code.Brfalse or (>= Code.Beq and <= Code.Blt_Un) => operand is Block,
            Code.Switch => operand is Block[],
            Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Ldvirtftn or Code.Jmp => operand is MethodSymbol,
            Code.Calli => operand is CallSignature,
            Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld => operand is FieldSymbol,
            Code.Ldtoken => operand is TypeSymbol or MethodSymbol or FieldSymbol,
            Code.Castclass or Code.Isinst or Code.Box or Code.Unbox or Code.Unbox_Any or Code.Newarr or Code.Ldobj or Code.Stobj or Code.Cpobj
                or Code.Initobj or Code.Ldelema or Code.Ldelem_Any or Code.Stelem_Any or Code.Mkrefany or Code.Refanyval or Code.Sizeof => operand is TypeSymbol,
            _ => operand is null,
        };
        if (!fits)
            return operand is null ? "the operand is missing" : $"the operand is a {operand.GetType().Name}";
        return IsShortForm(instruction.Code) ? "a short form; the body holds general forms only" : Prefix(instruction);
    }

    /// <summary>Whether the instruction at a position may run on a stack.</summary>
    public string? Check(Block block, int index, List<StackType> current)
    {
        stack = current;
        var instruction = block.Instructions[index];
        if ((instruction.Prefixes & Prefixes.Tail) != 0 && CallRules.Tail(block, index) is { } tail)
            return tail;
        switch (instruction.Code)
        {
            case Code.Ldarg or Code.Ldarga or Code.Starg:
                return ArgumentAccess(instruction);
            case Code.Ldloc or Code.Ldloca or Code.Stloc:
                var local = (Local)instruction.Operand!;
                return !locals.Contains(local) ? "the local does not belong to the body"
                    : instruction.Code == Code.Stloc ? Stored(0, local.Type) : null;
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli or Code.Ldftn or Code.Ldvirtftn or Code.Jmp or Code.Ret:
                return calls.Check(instruction, stack);
            case Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldsfld or Code.Ldsflda or Code.Stsfld:
                return FieldAccess(instruction);
            case Code.Arglist:
                return body.Origin.CallingConvention == MethodCallingConvention.VarArg ? null : "arglist in a method that takes no variable arguments";
            case Code.Box or Code.Unbox or Code.Unbox_Any or Code.Castclass or Code.Isinst:
                return Cast(instruction);
            default:
                return Arrays(instruction) is { Handled: true } arrays ? arrays.Reason
                    : Memory(block, instruction) is { Handled: true } memory ? memory.Reason
                    : Arithmetic(instruction);
        }
    }

    private string? ArgumentAccess(Instruction instruction)
    {
        var argument = (Argument)instruction.Operand!;
        if (argument.Index < 0 || argument.Index >= body.Arguments.Count || body.Arguments[argument.Index] != argument)
            return "the argument does not belong to the body";
        return instruction.Code == Code.Starg ? Stored(0, argument.Type) : null;
    }

    private string? FieldAccess(Instruction instruction)
    {
        var field = instruction.Field;
        var isStore = instruction.Code is Code.Stfld or Code.Stsfld;
        if (field.Definition is { } definition)
        {
            if (instruction.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld && !definition.IsStatic)
                return $"{field} is no static field";
            if (IsStrict && definition.IsInitOnly && isStore && !MayInitialize(field, definition))
                return $"{field} is readonly and this is no constructor of its type";
        }
        if (isStore && Stored(0, field.Type) is { } stored)
            return stored;
        return instruction.Code is Code.Ldfld or Code.Ldflda or Code.Stfld ? FieldOwner(instruction, field, instruction.Code == Code.Stfld ? 1 : 0) : null;
    }

    private string? FieldOwner(Instruction instruction, FieldSymbol field, int depth)
    {
        if (stack.Count <= depth)
            return Underflow;
        var owner = Peek(depth);
        switch (owner.Kind)
        {
            case StackKind.Object when field.DeclaringType.IsValueType:
                return $"an object reference where a {field.DeclaringType} or its address is needed";
            case StackKind.Object:
                return IsStrict && !field.IsStatic && !owner.IsNull && !assignability.Types.IsBoxedAssignable(owner.Type!, field.DeclaringType)
                    ? $"{owner} has no field {field}" : null;
            case StackKind.ByRef:
                // A by-ref to a reference is no owner: the object has to be loaded first.
                if (IsStrict && field.DeclaringType != owner.Type)
                    return $"{owner} has no field {field}";
                return IsStrict && owner.Has(StackFlags.ReadOnly) && instruction.Code == Code.Stfld && !owner.Has(StackFlags.This)
                    ? "a store through a readonly by-ref" : null;
            case StackKind.NativeInt or StackKind.Pointer:
                return null;
            case StackKind.Value when instruction.Code == Code.Ldfld:
                return owner.Type == field.DeclaringType || assignability.Types.IsKnownReference(owner.Type!) && !field.DeclaringType.IsValueType
                    ? null : $"{owner} has no field {field}";
            case StackKind.Value when assignability.Types.IsKnownReference(owner.Type!) && !field.DeclaringType.IsValueType:
                return null;
            default:
                // A struct's field can be read from its value; an enum or primitive counts as its integer on the stack.
                return instruction.Code == Code.Ldfld && field.DeclaringType.IsValueType && owner.Type == field.DeclaringType
                    ? null : $"{owner} is no owner of a field";
        }
    }

    private bool MayInitialize(FieldSymbol field, FieldDefinition definition)
    {
        var origin = body.Origin;
        if (origin.DeclaringType != field.DeclaringType.Definition)
            return false;
        // An init accessor counts as a constructor (modreq IsExternalInit on its return).
        return origin.IsConstructor && origin.IsStatic == definition.IsStatic || !origin.IsStatic && origin.ReturnType is RequiredModifierType;
    }

    private string? Cast(Instruction instruction)
    {
        if (stack.Count < 1)
            return Underflow;
        var type = instruction.Type;
        if (instruction.Code == Code.Box)
        {
            if (type.IsByRefLike)
                return $"{type} is by-ref-like and cannot be boxed";
            return type.Shape is TypeShape.ByRef or TypeShape.Void ? $"a {type} cannot be boxed" : Fits(0, type);
        }
        if (instruction.Code == Code.Unbox && !type.IsValueType && !type.IsGenericParameter)
            return $"{type} is no value type";
        return IsReference(Peek(0)) ? null : $"{Peek(0)} is no object reference";
    }

    private (bool Handled, string? Reason) Arrays(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Newarr:
                return (true, instruction.Type.IsByRefLike ? $"an array of the by-ref-like {instruction.Type}" : Index(0));
            case Code.Ldlen:
                return (true, Vector(0));
            case Code.Ldelema or Code.Ldelem_Any:
                return (true, Index(0) ?? Vector(1) ?? Element(1, instruction.Type));
            case >= Code.Ldelem_I1 and <= Code.Ldelem_Ref:
                return (true, Index(0) ?? Vector(1));
            case Code.Stelem_Any:
                return (true, Fits(0, instruction.Type) ?? Index(1) ?? Vector(2) ?? Element(2, instruction.Type));
            case Code.Stelem_Ref:
                return (true, Need(3) ?? (IsReference(Peek(0)) ? null : $"{Peek(0)} is no object reference") ?? Index(1) ?? Vector(2));
            case Code.Stelem_R4 or Code.Stelem_R8:
                return (true, Kind(0, StackKind.Float) ?? Index(1) ?? Vector(2));
            case Code.Stelem_I8:
                return (true, Kind(0, StackKind.Int64) ?? Index(1) ?? Vector(2));
            case >= Code.Stelem_I and <= Code.Stelem_I4:
                return (true, (instruction.Code == Code.Stelem_I ? Index(0) : Kind(0, StackKind.Int32)) ?? Index(1) ?? Vector(2));
            default:
                return default;
        }
    }

    private (bool Handled, string? Reason) Memory(Block block, Instruction instruction)
    {
        switch (instruction.Code)
        {
            case (>= Code.Ldind_I1 and <= Code.Ldind_Ref) or Code.Ldobj or Code.Mkrefany:
                return (true, Address(0, false));
            case Code.Initobj:
                return (true, Address(0, true));
            case Code.Stobj:
                return (true, Fits(0, instruction.Type) ?? Address(1, true) ?? Pointee(1, instruction.Type));
            case Code.Stind_Ref:
                return (true, Need(2) ?? (IsReference(Peek(0)) ? null : $"{Peek(0)} is no object reference") ?? Address(1, true) ?? Referent());
            case Code.Stind_R4 or Code.Stind_R8:
                return (true, Kind(0, StackKind.Float) ?? Address(1, true));
            case Code.Stind_I8:
                return (true, Kind(0, StackKind.Int64) ?? Address(1, true));
            case Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4:
                return (true, Kind(0, StackKind.Int32) ?? Address(1, true));
            case Code.Stind_I:
                return (true, Need(2) ?? (Peek(0).Kind == StackKind.ByRef ? null : Index(0)) ?? Address(1, true));
            case Code.Cpobj:
                return (true, Address(0, false) ?? Address(1, true));
            case Code.Cpblk:
                return (true, Index(0) ?? Address(1, false) ?? Address(2, true));
            case Code.Initblk:
                return (true, Index(0) ?? Kind(1, StackKind.Int32) ?? Address(2, true));
            case Code.Localloc:
                return (true, Localloc(block));
            default:
                return default;
        }
    }

    private string? Localloc(Block block)
    {
        if (Index(0) is { } reason)
            return reason;
        if (stack.Count != 1)
            return "localloc with more than the size on the stack";
        for (var region = block.Region; region.Parent is not null; region = region.Parent)
        {
            if (FlowRules.IsHandler(region))
                return $"localloc inside a {FlowRules.Name(region)} region";
        }
        return null;
    }

    private string? Arithmetic(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case Code.Pop or Code.Dup:
                return Need(1);
            case >= Code.Add and <= Code.Xor or (>= Code.Add_Ovf and <= Code.Sub_Ovf_Un):
                return Need(2) ?? Binary(instruction.Code);
            case Code.Shl or Code.Shr or Code.Shr_Un:
                return Index(0) ?? Integer(1);
            case Code.Neg:
                return Need(1) ?? (Peek(0).Kind == StackKind.Float ? null : Integer(0));
            case Code.Not or Code.Switch:
                return instruction.Code == Code.Switch ? Kind(0, StackKind.Int32) : Integer(0);
            case Code.Ceq or (>= Code.Cgt and <= Code.Clt_Un) or (>= Code.Beq and <= Code.Blt_Un):
                return Need(2) ?? Comparison(instruction.Code);
            case Code.Brtrue or Code.Brfalse:
                return Need(1) ?? (Peek(0).Kind is StackKind.Value or StackKind.Float && !IsReference(Peek(0)) ? $"{Peek(0)} is no condition" : null);
            case Code.Ckfinite:
                return Kind(0, StackKind.Float);
            case Code.Throw:
                return Need(1) ?? (!IsReference(Peek(0)) ? $"{Peek(0)} is thrown" : null);
            case Code.Refanyval or Code.Refanytype:
                return Fits(0, body.Types.TypedReference);
            case Code.Endfilter:
                return stack.Count != 1 ? "endfilter with more or less than its answer on the stack" : Kind(0, StackKind.Int32);
            default:
                return IsConversion(instruction.Code)
                    ? Need(1) ?? (Peek(0).Kind is StackKind.Value || Peek(0).Kind == StackKind.Object && IsStrict ? $"{Peek(0)} is no number" : null)
                    : null;
        }
    }

    /// <summary>ECMA-335 III.1.5, tables 2, 5 and 7.</summary>
    private string? Binary(Code code)
    {
        var (left, right) = (Peek(1), Peek(0));
        if (left.Kind == StackKind.Float && right.Kind == StackKind.Float)
            return code is >= Code.Add and <= Code.Div or Code.Rem ? null : "a bitwise or checked operation on floating point numbers";
        if (IsInteger(left) && IsInteger(right))
            return (left.Kind == StackKind.Int64) == (right.Kind == StackKind.Int64) ? null : Mismatch(left, right);
        var addition = code is Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un;
        var subtraction = code is Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un;
        if (addition && (left.Kind == StackKind.ByRef && IsOffset(right) || right.Kind == StackKind.ByRef && IsOffset(left)))
            return null;
        if (subtraction && left.Kind == StackKind.ByRef && (right.Kind == StackKind.ByRef || IsOffset(right)))
            return null;
        return Mismatch(left, right);
    }

    /// <summary>ECMA-335 III.1.5, table 4; by-refs and pointers may be compared with each other (unverifiable, correct).</summary>
    private string? Comparison(Code code)
    {
        var (left, right) = (Peek(1), Peek(0));
        if (IsReference(left) || IsReference(right))
        {
            var identity = code is Code.Ceq or Code.Beq or Code.Bne_Un or Code.Cgt_Un or Code.Clt_Un or Code.Bgt_Un or Code.Ble_Un;
            return IsReference(left) && IsReference(right) ? identity ? null : "an order between object references" : Mismatch(left, right);
        }
        if (left.Kind == StackKind.Float && right.Kind == StackKind.Float)
            return null;
        var leftAddress = left.Kind == StackKind.ByRef;
        var rightAddress = right.Kind == StackKind.ByRef;
        if (leftAddress || rightAddress)
            return leftAddress && rightAddress || IsOffset(left) || IsOffset(right) ? null : Mismatch(left, right);
        return IsInteger(left) && IsInteger(right) && (left.Kind == StackKind.Int64) == (right.Kind == StackKind.Int64) ? null : Mismatch(left, right);
    }

    private const string Underflow = "the stack is too short";

    private static string Mismatch(StackType left, StackType right) => $"{left} and {right} do not go together";

    private StackType Peek(int depth) => stack[stack.Count - 1 - depth];

    private string? Need(int count) => stack.Count < count ? Underflow : null;

    private string? Kind(int depth, StackKind kind) =>
        stack.Count <= depth ? Underflow : Peek(depth).Kind == kind ? null
        : kind == StackKind.Int32 && StackAssignability.IsNative(Peek(depth)) ? null : $"{Peek(depth)} where {Describe(kind)} is needed";

    private string? Index(int depth) => stack.Count <= depth ? Underflow : IsOffset(Peek(depth)) ? null : $"{Peek(depth)} where an integer is needed";

    private string? Integer(int depth) => stack.Count <= depth ? Underflow : IsInteger(Peek(depth)) ? null : $"{Peek(depth)} where an integer is needed";

    private string? Vector(int depth)
    {
        if (stack.Count <= depth)
            return Underflow;
        var array = Peek(depth);
        if (!IsReference(array))
            return $"{array} where an array is needed";
        return IsStrict && array.Type is { Shape: not TypeShape.Vector } ? $"{array} is no vector" : null;
    }

    private string? Element(int depth, TypeSymbol type)
    {
        var array = Peek(depth);
        return !IsStrict || array.Type is not { Shape: TypeShape.Vector } vector || Assignability.IsPointerCompatible(vector.Element!, type)
            || assignability.Types.IsAssignable(vector.Element!, type) || assignability.Types.IsAssignable(type, vector.Element!)
            ? null : $"{array} has no elements of type {type}";
    }

    private string? Address(int depth, bool writes)
    {
        if (stack.Count <= depth)
            return Underflow;
        var address = Peek(depth);
        if (address.Kind != StackKind.ByRef)
            return StackAssignability.IsNative(address) || address.Kind == StackKind.Int32 ? null : $"{address} where an address is needed";
        return IsStrict && writes && address.Has(StackFlags.ReadOnly) ? "a store through a readonly by-ref" : null;
    }

    private string? Pointee(int depth, TypeSymbol type) =>
        !IsStrict || Peek(depth).Kind != StackKind.ByRef || Assignability.IsPointerCompatible(Peek(depth).Type!, type)
            ? null : $"{Peek(depth)} does not point to a {type}";

    private string? Referent() =>
        !IsStrict || Peek(1).Kind != StackKind.ByRef || assignability.Accepts(Peek(0), Peek(1).Type!, level)
            ? null : $"{Peek(0)} stored through {Peek(1)}";

    private string? Stored(int depth, TypeSymbol type) => Fits(depth, type);

    private string? Fits(int depth, TypeSymbol type) =>
        stack.Count <= depth ? Underflow : assignability.Accepts(Peek(depth), type, level) ? null : $"{Peek(depth)} where {type} is needed";

    private bool IsReference(StackType type) =>
        type.Kind == StackKind.Object || type.Kind == StackKind.Value && assignability.Types.IsKnownReference(type.Type!);

    private static bool IsOffset(StackType type) => type.Kind is StackKind.Int32 or StackKind.NativeInt or StackKind.Pointer;

    private static bool IsInteger(StackType type) => type.Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt or StackKind.Pointer;

    private static string Describe(StackKind kind) => kind switch
    {
        StackKind.Int32 => "a 32-bit integer",
        StackKind.Int64 => "a 64-bit integer",
        StackKind.Float => "a floating point number",
        _ => "a " + kind,
    };

    private static bool IsConversion(Code code) => code is (>= Code.Conv_I1 and <= Code.Conv_U8) or Code.Conv_R_Un
        or (>= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un) or (>= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8)
        or Code.Conv_U2 or Code.Conv_U1 or Code.Conv_I or Code.Conv_Ovf_I or Code.Conv_Ovf_U or Code.Conv_U;

    private static bool IsShortForm(Code code) => code is (>= Code.Ldarg_0 and <= Code.Stloc_S) or (>= Code.Ldc_I4_M1 and <= Code.Ldc_I4_S)
        or (>= Code.Br_S and <= Code.Blt_Un_S) or Code.Leave_S;

    private static string? Prefix(Instruction instruction)
    {
        var code = instruction.Code;
        if (code is Code.Constrained or Code.Volatile or Code.Unaligned or Code.Tail or Code.Readonly or Code.No)
            return "a prefix as an instruction of its own";
        if (instruction.Constrained is not null && code is not (Code.Callvirt or Code.Call or Code.Ldftn))
            return "constrained. before another instruction than call, callvirt or ldftn";
        if (instruction.Prefixes == Prefixes.None)
            return null;
        var memory = code is (>= Code.Ldind_I1 and <= Code.Stind_R8) or Code.Stind_I or Code.Ldfld or Code.Stfld or Code.Ldobj or Code.Stobj or Code.Cpblk or Code.Initblk;
        if ((instruction.Prefixes & Prefixes.Volatile) != 0 && !memory && code is not (Code.Ldsfld or Code.Stsfld))
            return "volatile. before an instruction that does not touch memory";
        if ((instruction.Prefixes & Prefixes.Unaligned) != 0 && !memory)
            return "unaligned. before an instruction that does not touch memory";
        if ((instruction.Prefixes & Prefixes.Tail) != 0 && code is not (Code.Call or Code.Callvirt or Code.Calli))
            return "tail. before an instruction that is no call";
        return (instruction.Prefixes & Prefixes.ReadOnly) != 0 && code is not (Code.Ldelema or Code.Call) ? "readonly. before an instruction that yields no element's address" : null;
    }
}
