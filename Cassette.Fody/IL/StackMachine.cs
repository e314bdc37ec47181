using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// The typed transfer function of every instruction (ECMA-335 III): the one place that knows what an instruction pops and pushes. The
/// importer, the verifier, the printer and the passes all walk a block with it. It checks that the right number and kinds of values are there;
/// whether they fit what they are used for is the verifier's question.
/// </summary>
public sealed class StackMachine(MethodIR body)
{
    private readonly TypeUniverse types = body.Types;
    private int offset;

    /// <summary>The evaluation stack, bottom first.</summary>
    public List<StackType> Stack { get; } = [];

    public MethodIR Body { get; } = body;

    /// <summary>Starts at the entry of a block.</summary>
    public void Enter(Block block)
    {
        Stack.Clear();
        Stack.AddRange(block.EntryStack);
    }

    /// <summary>How many values a call takes off the stack, the receiver and a function pointer included.</summary>
    public static int PopsOfCall(Instruction call) => call.Code == Code.Jmp ? 0 : OpcodeTable.PopsOfCall(call);

    /// <summary>Pops what the instruction takes and pushes what it gives. Throws <see cref="InvalidILException"/> when it cannot be typed.</summary>
    public void Apply(Instruction instruction)
    {
        offset = instruction.OriginalOffset;
        switch (instruction.Code)
        {
            case Code.Nop or Code.Break or Code.Br or Code.Jmp:
                break;
            case Code.Ldarg:
                var argument = (Argument)instruction.Operand!;
                var loaded = StackType.Of(argument.Type);
                Push(argument is { IsThis: true, IsReassigned: false } ? WithFlags(loaded, StackFlags.This) : loaded);
                break;
            case Code.Ldarga:
                Push(new StackType(StackKind.ByRef, ((Argument)instruction.Operand!).Type));
                break;
            case Code.Ldloc:
                Push(((Local)instruction.Operand!).Type);
                break;
            case Code.Ldloca:
                Push(new StackType(StackKind.ByRef, ((Local)instruction.Operand!).Type));
                break;
            case Code.Starg or Code.Stloc or Code.Stsfld or Code.Pop:
                Pop();
                break;
            case Code.Initobj:
                Address(Pop());
                break;
            case Code.Brfalse or Code.Brtrue:
                Require(Pop(), "a condition", Kinds.Int32 | Kinds.Int64 | Kinds.NativeInt | Kinds.Pointer | Kinds.ByRef | Kinds.Object);
                break;
            case Code.Switch:
                Require(Pop(), "a number to switch on", Kinds.Int32 | Kinds.NativeInt);
                break;
            case Code.Dup:
                var top = Pop();
                Push(top);
                Push(top);
                break;
            case Code.Ldnull:
                Push(new StackType(StackKind.Object, null));
                break;
            case Code.Ldc_I4:
                Push(types.Int32);
                break;
            case Code.Ldc_I8:
                Push(types.Int64);
                break;
            case Code.Ldc_R4:
                Push(types.Single);
                break;
            case Code.Ldc_R8:
                Push(types.Double);
                break;
            case Code.Ldstr:
                Push(types.String);
                break;
            case Code.Call or Code.Callvirt or Code.Calli or Code.Newobj:
                ApplyCall(instruction);
                break;
            case Code.Ret:
                if (Body.ReturnType.Shape != TypeShape.Void)
                    Pop();
                break;
            case Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Div_Un or Code.Rem or Code.Rem_Un
                or Code.Add_Ovf or Code.Add_Ovf_Un or Code.Sub_Ovf or Code.Sub_Ovf_Un or Code.Mul_Ovf or Code.Mul_Ovf_Un:
                ApplyArithmetic(instruction.Code);
                break;
            case Code.And or Code.Or or Code.Xor:
                ApplyBitwise();
                break;
            case Code.Shl or Code.Shr or Code.Shr_Un:
                Require(Pop(), "a shift count", Kinds.Int32 | Kinds.NativeInt);
                var shifted = Require(Pop(), "a shifted value", Kinds.Int32 | Kinds.Int64 | Kinds.NativeInt | Kinds.Pointer);
                Push(shifted.Kind == StackKind.Pointer ? StackType.Of(types.UIntPtr) : Promoted(shifted));
                break;
            case Code.Neg:
                Push(Promoted(Require(Pop(), "a negated value", Kinds.Int32 | Kinds.Int64 | Kinds.NativeInt | Kinds.Float | Kinds.Pointer)));
                break;
            case Code.Not:
                var negated = Require(Pop(), "a complemented value", Kinds.Int32 | Kinds.Int64 | Kinds.NativeInt | Kinds.Pointer);
                Push(negated.Type!.Shape == TypeShape.Enum ? negated : Promoted(negated));
                break;
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un:
                Compare();
                Push(types.Boolean);
                break;
            case Code.Beq or Code.Bne_Un or Code.Bge or Code.Bge_Un or Code.Bgt or Code.Bgt_Un or Code.Ble or Code.Ble_Un or Code.Blt or Code.Blt_Un:
                Compare();
                break;
            case >= Code.Conv_I1 and <= Code.Conv_U8 or Code.Conv_R_Un or >= Code.Conv_Ovf_I1_Un and <= Code.Conv_Ovf_U_Un
                or >= Code.Conv_Ovf_I1 and <= Code.Conv_Ovf_U8 or >= Code.Conv_U2 and <= Code.Conv_Ovf_U or Code.Conv_U:
                ApplyConversion(instruction.Code);
                break;
            case Code.Ckfinite:
                Push(Require(Pop(), "a number", Kinds.Float));
                break;
            case >= Code.Ldind_I1 and <= Code.Ldind_Ref:
                Push(Indirect(Address(Pop()), instruction.Code));
                break;
            case Code.Ldobj:
                Address(Pop());
                Push(instruction.Type);
                break;
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj or Code.Cpobj:
                Pop();
                Address(Pop());
                break;
            case Code.Ldfld or Code.Ldflda or Code.Ldsfld or Code.Ldsflda or Code.Stfld:
                ApplyField(instruction);
                break;
            case Code.Newarr:
                Require(Pop(), "an array length", Kinds.Int32 | Kinds.NativeInt);
                Push(types.Vector(instruction.Type));
                break;
            case Code.Ldlen:
                Require(Pop(), "an array", Kinds.Object);
                Push(types.UIntPtr);
                break;
            case Code.Ldelema:
                ArrayElement();
                Push(new StackType(StackKind.ByRef, instruction.Type, (instruction.Prefixes & Prefixes.ReadOnly) != 0 ? StackFlags.ReadOnly | StackFlags.Permanent : StackFlags.Permanent));
                break;
            case Code.Ldelem_Any:
                ArrayElement();
                Push(instruction.Type);
                break;
            case >= Code.Ldelem_I1 and <= Code.Ldelem_Ref:
                Push(Element(ArrayElement(), instruction.Code));
                break;
            case >= Code.Stelem_I and <= Code.Stelem_Ref or Code.Stelem_Any:
                Pop();
                ArrayElement();
                break;
            case Code.Box:
                Pop();
                Push(new StackType(StackKind.Object, Boxed(instruction.Type)));
                break;
            case Code.Unbox:
                Require(Pop(), "a box", Kinds.Object);
                Push(new StackType(StackKind.ByRef, instruction.Type, StackFlags.ReadOnly | StackFlags.Permanent));
                break;
            case Code.Unbox_Any:
                Require(Pop(), "a box", Kinds.Object);
                Push(instruction.Type);
                break;
            case Code.Castclass or Code.Isinst:
                Require(Pop(), "an object", Kinds.Object);
                Push(new StackType(StackKind.Object, Boxed(instruction.Type)));
                break;
            case Code.Ldtoken:
                Push(types.Core(instruction.Operand switch { TypeSymbol => "RuntimeTypeHandle", MethodSymbol => "RuntimeMethodHandle", _ => "RuntimeFieldHandle" }));
                break;
            case Code.Ldftn:
                Push(new StackType(StackKind.NativeInt, types.IntPtr, StackFlags.Function, instruction.Method));
                break;
            case Code.Ldvirtftn:
                Require(Pop(), "an object", Kinds.Object);
                Push(new StackType(StackKind.NativeInt, types.IntPtr, StackFlags.Function, instruction.Method));
                break;
            case Code.Sizeof:
                Push(types.UInt32);
                break;
            case Code.Localloc:
                Require(Pop(), "a size", Kinds.Int32 | Kinds.NativeInt);
                Push(types.Pointer(types.Void));
                break;
            case Code.Arglist:
                Push(types.Core("RuntimeArgumentHandle"));
                break;
            case Code.Mkrefany:
                Address(Pop());
                Push(types.TypedReference);
                break;
            case Code.Refanyval:
                Pop();
                Push(new StackType(StackKind.ByRef, instruction.Type));
                break;
            case Code.Refanytype:
                Pop();
                Push(types.Core("RuntimeTypeHandle"));
                break;
            case Code.Cpblk or Code.Initblk:
                Pop();
                Pop();
                Address(Pop());
                break;
            case Code.Throw:
                Require(Pop(), "an exception", Kinds.Object);
                Stack.Clear();
                break;
            case Code.Endfilter:
                Require(Pop(), "a filter's answer", Kinds.Int32);
                break;
            case Code.Leave or Code.Rethrow or Code.Endfinally:
                Stack.Clear();
                break;
            default:
                throw Invalid($"the opcode {instruction.Code} is not known");
        }
    }

    private void ApplyCall(Instruction call)
    {
        var count = PopsOfCall(call);
        if (Stack.Count < count)
            throw Invalid($"{call.Code} takes {count} values, of which {Stack.Count} are there");
        Stack.RemoveRange(Stack.Count - count, count);
        var result = call.Code == Code.Newobj ? call.Method.DeclaringType
            : call.Operand is CallSignature signature ? signature.ReturnType
            : call.Method.ReturnType;
        if (result.Shape != TypeShape.Void)
            Push(result);
    }

    private void ApplyField(Instruction instruction)
    {
        var field = instruction.Field;
        switch (instruction.Code)
        {
            case Code.Ldsfld:
                Push(field.Type);
                return;
            case Code.Ldsflda:
                Push(new StackType(StackKind.ByRef, field.Type, StackFlags.Permanent));
                return;
            case Code.Stfld:
                Pop();
                Require(Pop(), "an object with the field", Kinds.Object | Kinds.ByRef | Kinds.Pointer | Kinds.NativeInt | Kinds.Value);
                return;
        }
        var self = Require(Pop(), "an object with the field", Kinds.Object | Kinds.ByRef | Kinds.Pointer | Kinds.NativeInt | Kinds.Value);
        if (field.IsStatic)
            Push(instruction.Code == Code.Ldfld ? StackType.Of(field.Type) : new StackType(StackKind.ByRef, field.Type, StackFlags.Permanent));
        else if (instruction.Code == Code.Ldfld)
            Push(field.Type);
        else if (self.Kind is StackKind.Pointer or StackKind.NativeInt)
            Push(types.Pointer(field.Type));
        else
            Push(new StackType(StackKind.ByRef, field.Type, self.Kind == StackKind.Object ? StackFlags.Permanent : self.Flags & (StackFlags.ReadOnly | StackFlags.Permanent)));
    }

    /// <summary>Table III.2 and III.7: binary numeric operations, pointers included.</summary>
    private void ApplyArithmetic(Code code)
    {
        StackType b = Pop(), a = Pop();
        var isSum = code is Code.Add or Code.Add_Ovf or Code.Add_Ovf_Un;
        var isDifference = code is Code.Sub or Code.Sub_Ovf or Code.Sub_Ovf_Un;
        if (IsAddress(a) && IsAddress(b))
        {
            if (isDifference)
                Push(types.IntPtr);
            else if (a.Kind == StackKind.Pointer && b.Kind == StackKind.Pointer || isSum)
                Push(types.UIntPtr);
            else
                throw Operands(code, a, b);
        }
        else if (IsAddress(a) && IsOffset(b))
        {
            Push(isSum || isDifference ? a.Kind == StackKind.ByRef ? new StackType(StackKind.ByRef, a.Type) : a : StackType.Of(types.UIntPtr));
        }
        else if (IsOffset(a) && IsAddress(b))
        {
            Push(isSum ? b.Kind == StackKind.ByRef ? new StackType(StackKind.ByRef, b.Type) : b : StackType.Of(types.UIntPtr));
        }
        else if (IsOffset(a) && IsOffset(b) && a.Kind != b.Kind)
        {
            Push(types.IntPtr);
        }
        else if (a.Kind == b.Kind && a.Kind == StackKind.Float)
        {
            Push(a.Type!.Shape == TypeShape.Single && b.Type!.Shape == TypeShape.Single ? types.Single : types.Double);
        }
        else if (a.Kind == b.Kind && a.Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt)
        {
            Push(Promoted(a) is var first && IsUnsigned(first) ? first : Promoted(b));
        }
        else
        {
            throw Operands(code, a, b);
        }
    }

    /// <summary>Table III.5: two bools give a bool, two values of one enum give that enum, so that flags and conditions keep their types.</summary>
    private void ApplyBitwise()
    {
        StackType b = Pop(), a = Pop();
        if (a.Type == b.Type && a.Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt)
            Push(a.Type!.Shape is TypeShape.Boolean or TypeShape.Enum ? new StackType(a.Kind, a.Type) : Promoted(a));
        else if (a.Kind == b.Kind && a.Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt)
            Push(Promoted(a) is var first && IsUnsigned(first) ? first : Promoted(b));
        else if ((IsOffset(a) || IsAddress(a)) && (IsOffset(b) || IsAddress(b)))
            Push(types.IntPtr);
        else
            throw Operands(Code.And, a, b);
    }

    private void ApplyConversion(Code code)
    {
        Require(Pop(), "a number", Kinds.Int32 | Kinds.Int64 | Kinds.NativeInt | Kinds.Float | Kinds.Pointer | Kinds.ByRef | Kinds.Object);
        Push(code switch
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
            Code.Conv_R8 or Code.Conv_R_Un => types.Double,
            _ => throw Invalid($"the conversion {code} is not known"),
        });
    }

    /// <summary>What is read through an address: the type it points to where the instruction's own type is the same up to signedness and meaning.</summary>
    private StackType Indirect(StackType address, Code code)
    {
        var pointed = address.Kind switch
        {
            StackKind.ByRef => address.Type,
            StackKind.Pointer when address.Type!.Shape == TypeShape.Pointer => address.Type.Element,
            _ => null,
        };
        if (code == Code.Ldind_Ref)
            return pointed != null && StackType.Of(pointed).Kind == StackKind.Object ? StackType.Of(pointed) : StackType.Of(types.Object);
        var own = code switch
        {
            Code.Ldind_I1 => types.SByte,
            Code.Ldind_U1 => types.Byte,
            Code.Ldind_I2 => types.Int16,
            Code.Ldind_U2 => types.UInt16,
            Code.Ldind_I4 => types.Int32,
            Code.Ldind_U4 => types.UInt32,
            Code.Ldind_I8 => types.Int64,
            Code.Ldind_I => types.IntPtr,
            Code.Ldind_R4 => types.Single,
            _ => types.Double,
        };
        return StackType.Of(SameSize(pointed, own) ? pointed! : own);
    }

    private StackType Element(StackType array, Code code)
    {
        var element = array.Type is { Shape: TypeShape.Vector } vector ? vector.Element : null;
        if (code == Code.Ldelem_Ref)
            return element != null && StackType.Of(element).Kind == StackKind.Object ? StackType.Of(element) : StackType.Of(types.Object);
        var own = code switch
        {
            Code.Ldelem_I1 => types.SByte,
            Code.Ldelem_U1 => types.Byte,
            Code.Ldelem_I2 => types.Int16,
            Code.Ldelem_U2 => types.UInt16,
            Code.Ldelem_I4 => types.Int32,
            Code.Ldelem_U4 => types.UInt32,
            Code.Ldelem_I8 => types.Int64,
            Code.Ldelem_I => types.IntPtr,
            Code.Ldelem_R4 => types.Single,
            _ => types.Double,
        };
        return StackType.Of(SameSize(element, own) ? element! : own);
    }

    private StackType ArrayElement()
    {
        Require(Pop(), "an array index", Kinds.Int32 | Kinds.NativeInt);
        return Require(Pop(), "an array", Kinds.Object);
    }

    private void Compare()
    {
        StackType b = Pop(), a = Pop();
        var fits = a.Kind == b.Kind || (IsOffset(a) || IsAddress(a)) && (IsOffset(b) || IsAddress(b));
        if (!fits || a.Kind == StackKind.Value)
            throw Operands(Code.Ceq, a, b);
    }

    private StackType Address(StackType address) =>
        Require(address, "an address", Kinds.ByRef | Kinds.Pointer | Kinds.NativeInt | Kinds.Int32);

    private static bool SameSize(TypeSymbol? pointed, TypeSymbol own) => pointed != null && SizeClass(pointed.Underlying.Shape) is var size && size != 0 && size == SizeClass(own.Shape);

    private static int SizeClass(TypeShape shape) => shape switch
    {
        TypeShape.Boolean or TypeShape.SByte or TypeShape.Byte => 1,
        TypeShape.Char or TypeShape.Int16 or TypeShape.UInt16 => 2,
        TypeShape.Int32 or TypeShape.UInt32 => 4,
        TypeShape.Int64 or TypeShape.UInt64 => 8,
        TypeShape.IntPtr or TypeShape.UIntPtr or TypeShape.Pointer or TypeShape.FunctionPointer => 16,
        TypeShape.Single => 32,
        TypeShape.Double => 64,
        _ => 0,
    };

    /// <summary>The result type of arithmetic: small integers, bools, chars and enums become their 32-bit (or wider) number.</summary>
    private StackType Promoted(StackType value) => value.Type!.Underlying.Shape switch
    {
        TypeShape.UInt32 => StackType.Of(types.UInt32),
        TypeShape.UInt64 => StackType.Of(types.UInt64),
        TypeShape.UIntPtr or TypeShape.Pointer or TypeShape.FunctionPointer => StackType.Of(types.UIntPtr),
        _ => value.Kind switch
        {
            StackKind.Int32 => StackType.Of(types.Int32),
            StackKind.Int64 => StackType.Of(types.Int64),
            StackKind.NativeInt => StackType.Of(types.IntPtr),
            _ => new StackType(value.Kind, value.Type),
        },
    };

    /// <summary>Where languages mix an unsigned integer with a constant or a small integer, they mean the unsigned type.</summary>
    private static bool IsUnsigned(StackType value) => value.Type!.Shape is TypeShape.UInt32 or TypeShape.UInt64 or TypeShape.UIntPtr;

    /// <summary>A boxed nullable is a box of its value (I.8.2.4).</summary>
    private static TypeSymbol Boxed(TypeSymbol type) =>
        type.Shape == TypeShape.Struct && type.Arguments.Length == 1 && type.Named is { Name: "Nullable`1", Namespace: "System" } ? type.Arguments[0] : type;

    private static bool IsAddress(StackType type) => type.Kind is StackKind.ByRef or StackKind.Pointer;

    private static bool IsOffset(StackType type) => type.Kind is StackKind.Int32 or StackKind.NativeInt;

    private static StackType WithFlags(StackType type, StackFlags flags) => new(type.Kind, type.Type, type.Flags | flags, type.Function);

    private void Push(TypeSymbol type) => Stack.Add(StackType.Of(type));

    private void Push(StackType type) => Stack.Add(type);

    private StackType Pop()
    {
        if (Stack.Count == 0)
            throw Invalid("the stack is empty");
        var top = Stack[Stack.Count - 1];
        Stack.RemoveAt(Stack.Count - 1);
        return top;
    }

    private StackType Require(StackType type, string role, Kinds kinds) =>
        ((int)kinds >> (int)type.Kind & 1) != 0 ? type : throw Invalid($"{type} stands where {role} is needed");

    private InvalidILException Operands(Code code, StackType a, StackType b) => Invalid($"{code} of {a} and {b}");

    private InvalidILException Invalid(string reason) => new(reason, offset);

    /// <summary>A set of kinds, as bits: asked for at every instruction, so that arrays of kinds would be most of what an import allocates.</summary>
    [Flags]
    private enum Kinds
    {
        Int32 = 1 << StackKind.Int32,
        Int64 = 1 << StackKind.Int64,
        NativeInt = 1 << StackKind.NativeInt,
        Float = 1 << StackKind.Float,
        Object = 1 << StackKind.Object,
        ByRef = 1 << StackKind.ByRef,
        Value = 1 << StackKind.Value,
        Pointer = 1 << StackKind.Pointer,
    }
}
