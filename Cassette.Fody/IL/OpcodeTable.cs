using System;
using System.Collections.Generic;
using System.Reflection;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>
/// What every opcode of ECMA-335 III is, whatever the types: its normal (long) form, its short branch, the kind of its operand, where control
/// goes after it, and how many values it pops and pushes. What types they have is the <see cref="StackMachine"/>'s part.
/// </summary>
/// <example><code>
/// var arguments = OpcodeTable.Pops(call, body);
/// </code></example>
public static class OpcodeTable
{
    /// <summary>Depends on the operand, or empties the stack.</summary>
    private const sbyte Variable = -1;

    private static readonly Entry[] Entries = Build();

    /// <summary>Every opcode there is, in the order of Cecil's enumeration.</summary>
    public static IEnumerable<Code> All
    {
        get
        {
            for (var i = 0; i < Entries.Length; i++)
                yield return (Code)i;
        }
    }

    public static OpCode OpCodeOf(Code code) => Entries[(int)code].OpCode;

    /// <summary>The general form of a short or macro encoding (<c>br</c> for <c>br.s</c>, <c>ldarg</c> for <c>ldarg.0</c>); others are their own.</summary>
    public static Code NormalForm(Code code) => Entries[(int)code].Normal;

    /// <summary>The short form of a branch in normal form; null for what has none.</summary>
    public static Code? ShortBranch(Code code)
    {
        var entry = Entries[(int)code];
        return entry.ShortBranch == Code.Nop ? null : entry.ShortBranch;
    }

    public static OperandKind OperandOf(Code code) => Entries[(int)code].Operand;

    public static OpcodeFlow FlowOf(Code code) => Entries[(int)code].Flow;

    public static bool IsPrefix(Code code) => Entries[(int)code].IsPrefix;

    public static bool FallsThrough(Code code) => Entries[(int)code].Flow != OpcodeFlow.Ends;

    /// <summary>Whether the instruction is the last of its block: it branches, or control ends there.</summary>
    public static bool EndsBlock(Code code) => Entries[(int)code].Flow != OpcodeFlow.Next;

    /// <summary>
    /// How many values an instruction takes. <c>leave</c>, <c>endfinally</c> and <c>rethrow</c> take none, they throw away what is there; so
    /// does <c>throw</c>, after its exception.
    /// </summary>
    public static int Pops(Instruction instruction, MethodIR body)
    {
        var pops = Entries[(int)instruction.Code].Pops;
        return pops != Variable ? pops
            : instruction.Code == Code.Ret ? body.ReturnType.Shape == TypeShape.Void ? 0 : 1
            : PopsOfCall(instruction);
    }

    /// <summary>How many values an instruction leaves: two for <c>dup</c>, one or none for all others.</summary>
    public static int Pushes(Instruction instruction)
    {
        var pushes = Entries[(int)instruction.Code].Pushes;
        if (pushes != Variable)
            return pushes;
        var result = instruction.Operand is CallSignature signature ? signature.ReturnType : instruction.Method.ReturnType;
        return result.Shape == TypeShape.Void ? 0 : 1;
    }

    /// <summary>How many values a call takes off the stack, the receiver and a function pointer included.</summary>
    public static int PopsOfCall(Instruction call)
    {
        if (call.Operand is CallSignature signature)
            return signature.Parameters.Length + (signature.HasThis && !signature.ExplicitThis ? 1 : 0) + 1;
        var method = call.Method;
        return method.Parameters.Length + method.VarArgs.Length + (method.HasThis && !method.Reference.ExplicitThis && call.Code != Code.Newobj ? 1 : 0);
    }

    private static Entry[] Build()
    {
        var opCodes = new Dictionary<Code, OpCode>();
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is OpCode opCode)
                opCodes.Add(opCode.Code, opCode);
        }
        var entries = new Entry[opCodes.Count];
        foreach (var pair in opCodes)
        {
            var (code, opCode) = (pair.Key, pair.Value);
            var normal = Normalize(code);
            entries[(int)code] = new Entry(
                opCode, normal, ShortFormOf(code, opCodes), Operand(code, opCodes[normal]), Flow(opCode), opCode.OpCodeType == OpCodeType.Prefix,
                PopCount(opCode), PushCount(opCode));
        }
        return entries;
    }

    private static Code Normalize(Code code)
    {
        switch (code)
        {
            case >= Code.Ldarg_0 and <= Code.Ldarg_3:
                return Code.Ldarg;
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return Code.Ldloc;
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                return Code.Stloc;
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_S:
                return Code.Ldc_I4;
            case >= Code.Br_S and <= Code.Blt_Un_S:
                return code + (Code.Br - Code.Br_S);
            default:
                return code switch
                {
                    Code.Ldarg_S => Code.Ldarg,
                    Code.Ldarga_S => Code.Ldarga,
                    Code.Starg_S => Code.Starg,
                    Code.Ldloc_S => Code.Ldloc,
                    Code.Ldloca_S => Code.Ldloca,
                    Code.Stloc_S => Code.Stloc,
                    Code.Leave_S => Code.Leave,
                    _ => code,
                };
        }
    }

    private static Code ShortFormOf(Code code, Dictionary<Code, OpCode> opCodes)
    {
        if (opCodes[code].OperandType != OperandType.InlineBrTarget)
            return Code.Nop;
        return code == Code.Leave ? Code.Leave_S : code - (Code.Br - Code.Br_S);
    }

    private static OperandKind Operand(Code code, OpCode normal) => normal.OperandType switch
    {
        OperandType.InlineNone => OperandKind.None,
        OperandType.InlineI => OperandKind.Int32,
        OperandType.InlineI8 => OperandKind.Int64,
        OperandType.ShortInlineR => OperandKind.Single,
        OperandType.InlineR => OperandKind.Double,
        OperandType.InlineString => OperandKind.String,
        OperandType.InlineArg => OperandKind.Argument,
        OperandType.InlineVar => OperandKind.Local,
        OperandType.InlineBrTarget => OperandKind.Block,
        OperandType.InlineSwitch => OperandKind.Blocks,
        OperandType.InlineType => OperandKind.Type,
        OperandType.InlineMethod => OperandKind.Method,
        OperandType.InlineField => OperandKind.Field,
        OperandType.InlineTok => OperandKind.Token,
        OperandType.InlineSig => OperandKind.Signature,
        OperandType.ShortInlineI => OperandKind.Byte,
        _ => throw new InvalidOperationException($"{code} has the operand type {normal.OperandType}."),
    };

    private static OpcodeFlow Flow(OpCode opCode) => opCode.Code switch
    {
        // Cecil counts jmp among the calls; it never comes back (III.3.37).
        Code.Jmp => OpcodeFlow.Ends,
        _ => opCode.FlowControl switch
        {
            FlowControl.Cond_Branch => OpcodeFlow.Conditional,
            FlowControl.Branch or FlowControl.Return or FlowControl.Throw => OpcodeFlow.Ends,
            _ => OpcodeFlow.Next,
        },
    };

    private static sbyte PopCount(OpCode opCode) => opCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 or StackBehaviour.PopAll => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8 or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => Variable,
    };

    private static sbyte PushCount(OpCode opCode) => opCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => Variable,
        _ => 1,
    };

    private readonly struct Entry(
        OpCode opCode, Code normal, Code shortBranch, OperandKind operand, OpcodeFlow flow, bool isPrefix, sbyte pops, sbyte pushes)
    {
        public readonly OpCode OpCode = opCode;
        public readonly Code Normal = normal;
        public readonly Code ShortBranch = shortBranch;
        public readonly OperandKind Operand = operand;
        public readonly OpcodeFlow Flow = flow;
        public readonly bool IsPrefix = isPrefix;
        public readonly sbyte Pops = pops;
        public readonly sbyte Pushes = pushes;
    }
}
