using System;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.IL;

/// <summary>Reads instructions in long form into their blocks: macros opened, prefixes gathered, operands typed.</summary>
internal sealed class InstructionReader(TypeUniverse types, MethodIR body, MethodBody cecil, BodyShape shape, GenericScope scope)
{
    public void Read()
    {
        Block block = null!;
        Instruction? prefixed = null;
        foreach (var source in cecil.Instructions)
        {
            if (shape.BlockAt(source.Offset) is { } started)
            {
                if (prefixed != null)
                    throw new InvalidILException("a branch leads between a prefix and its instruction", source.Offset);
                block = started;
            }
            if (IsPrefix(source.OpCode.Code))
            {
                prefixed ??= new Instruction(Code.Nop) { OriginalOffset = source.Offset };
                ReadPrefix(source, prefixed);
                shape.Note(source.Offset, prefixed);
                continue;
            }
            var instruction = prefixed ?? new Instruction(Code.Nop) { OriginalOffset = source.Offset };
            prefixed = null;
            ReadInto(instruction, source);
            shape.Note(source.Offset, instruction);
            block.Instructions.Add(instruction);
        }
        if (prefixed != null)
            throw new InvalidILException("a prefix stands before nothing", prefixed.OriginalOffset);
    }

    private static bool IsPrefix(Code code) => code is Code.Volatile or Code.Unaligned or Code.Tail or Code.Constrained or Code.Readonly or Code.No;

    private void ReadPrefix(CecilInstruction source, Instruction instruction)
    {
        switch (source.OpCode.Code)
        {
            case Code.Volatile:
                instruction.Prefixes |= Prefixes.Volatile;
                break;
            case Code.Unaligned:
                instruction.Prefixes |= Prefixes.Unaligned;
                instruction.Alignment = (byte)source.Operand;
                break;
            case Code.Tail:
                instruction.Prefixes |= Prefixes.Tail;
                break;
            case Code.Readonly:
                instruction.Prefixes |= Prefixes.ReadOnly;
                break;
            case Code.No:
                var checks = (byte)source.Operand;
                instruction.Prefixes |= ((checks & 1) != 0 ? Prefixes.NoTypeCheck : 0) | ((checks & 2) != 0 ? Prefixes.NoRangeCheck : 0) | ((checks & 4) != 0 ? Prefixes.NoNullCheck : 0);
                break;
            default:
                instruction.Constrained = types.Import((TypeReference)source.Operand, scope);
                break;
        }
    }

    private void ReadInto(Instruction instruction, CecilInstruction source)
    {
        var code = source.OpCode.Code;
        switch (code)
        {
            case >= Code.Ldarg_0 and <= Code.Ldarg_3:
                Set(Code.Ldarg, ArgumentAt(code - Code.Ldarg_0, source));
                return;
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                Set(Code.Ldloc, LocalAt(code - Code.Ldloc_0, source));
                return;
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                Set(Code.Stloc, LocalAt(code - Code.Stloc_0, source));
                return;
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                Set(Code.Ldc_I4, code - Code.Ldc_I4_0);
                return;
            case Code.Ldc_I4_S:
                Set(Code.Ldc_I4, (int)(sbyte)source.Operand);
                return;
        }
        instruction.Code = LongForm(code);
        instruction.Operand = source.Operand switch
        {
            null => null,
            CecilInstruction target => shape.Target(target),
            CecilInstruction[] targets => Array.ConvertAll(targets, shape.Target),
            ParameterDefinition parameter => ArgumentAt(parameter.Index + (cecil.Method.HasThis && !cecil.Method.ExplicitThis ? 1 : 0), source),
            VariableDefinition variable => LocalAt(variable.Index, source),
            // A token names a type, a method or a field alike; an operand that is one thing is never read as another.
            TypeReference type => types.Import(type, scope),
            MethodReference method => types.Import(method, scope),
            FieldReference field => types.Import(field, scope),
            CallSite site => types.ImportSignature(site, scope),
            sbyte value => (int)value,
            byte value => (int)value,
            var value => value,
        };

        void Set(Code longForm, object operand)
        {
            instruction.Code = longForm;
            instruction.Operand = operand;
        }
    }

    private Argument ArgumentAt(int index, CecilInstruction at) =>
        index >= 0 && index < body.Arguments.Count ? body.Arguments[index] : throw new InvalidILException($"there is no argument {index}", at.Offset);

    private Local LocalAt(int index, CecilInstruction at) =>
        index < body.Locals.Count ? body.Locals[index] : throw new InvalidILException($"there is no local {index}", at.Offset);

    private static Code LongForm(Code code) => code switch
    {
        Code.Ldarg_S => Code.Ldarg,
        Code.Ldarga_S => Code.Ldarga,
        Code.Starg_S => Code.Starg,
        Code.Ldloc_S => Code.Ldloc,
        Code.Ldloca_S => Code.Ldloca,
        Code.Stloc_S => Code.Stloc,
        Code.Br_S => Code.Br,
        Code.Brfalse_S => Code.Brfalse,
        Code.Brtrue_S => Code.Brtrue,
        Code.Beq_S => Code.Beq,
        Code.Bge_S => Code.Bge,
        Code.Bgt_S => Code.Bgt,
        Code.Ble_S => Code.Ble,
        Code.Blt_S => Code.Blt,
        Code.Bne_Un_S => Code.Bne_Un,
        Code.Bge_Un_S => Code.Bge_Un,
        Code.Bgt_Un_S => Code.Bgt_Un,
        Code.Ble_Un_S => Code.Ble_Un,
        Code.Blt_Un_S => Code.Blt_Un,
        Code.Leave_S => Code.Leave,
        _ => code,
    };
}
