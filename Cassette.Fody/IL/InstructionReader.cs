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
            var offset = shape.OffsetOf(source);
            if (shape.BlockAt(offset) is { } started)
            {
                if (prefixed != null)
                    throw new InvalidILException("a branch leads between a prefix and its instruction", offset);
                block = started;
            }
            if (OpcodeTable.IsPrefix(source.OpCode.Code))
            {
                prefixed ??= new Instruction(Code.Nop) { OriginalOffset = offset };
                ReadPrefix(source, prefixed);
                shape.Note(offset, prefixed);
                continue;
            }
            var instruction = prefixed ?? new Instruction(Code.Nop) { OriginalOffset = offset };
            prefixed = null;
            ReadInto(instruction, source);
            shape.Note(offset, instruction);
            block.Instructions.Add(instruction);
        }
        if (prefixed != null)
            throw new InvalidILException("a prefix stands before nothing", prefixed.OriginalOffset);
    }

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
        instruction.Code = OpcodeTable.NormalForm(code);
        var kind = OpcodeTable.OperandOf(code);
        instruction.Operand = OperandOf(source);
        if (!Fits(instruction.Operand, kind))
            throw new InvalidILException($"{code} has an operand that is no {kind}", shape.OffsetOf(source));
        if (instruction.Code is Code.Starg or Code.Ldarga)
            ((Argument)instruction.Operand!).IsReassigned = true;

        void Set(Code longForm, object operand)
        {
            instruction.Code = longForm;
            instruction.Operand = operand;
        }
    }

    private object? OperandOf(CecilInstruction source) => source.Operand switch
    {
        null => null,
        CecilInstruction target => shape.Target(target),
        CecilInstruction[] targets => Array.ConvertAll(targets, shape.Target),
        ParameterDefinition parameter => ArgumentAt(parameter.Index + (cecil.Method.HasThis && !cecil.Method.ExplicitThis ? 1 : 0), source),
        VariableDefinition variable => LocalAt(variable.Index, source),
        TypeReference type => types.Import(type, scope),
        MethodReference method => types.Import(method, scope),
        FieldReference field => types.Import(field, scope),
        CallSite site => types.ImportSignature(site, scope),
        sbyte value => (int)value,
        byte value => (int)value,
        var value => value,
    };

    /// <summary>Metadata tokens can be of any kind; an operand of one kind is never read as another.</summary>
    private static bool Fits(object? operand, OperandKind kind) => kind switch
    {
        OperandKind.None => operand is null,
        OperandKind.Int32 => operand is int,
        OperandKind.Int64 => operand is long,
        OperandKind.Single => operand is float,
        OperandKind.Double => operand is double,
        OperandKind.String => operand is string,
        OperandKind.Argument => operand is Argument,
        OperandKind.Local => operand is Local,
        OperandKind.Block => operand is Block,
        OperandKind.Blocks => operand is Block[],
        OperandKind.Type => operand is TypeSymbol,
        OperandKind.Method => operand is MethodSymbol,
        OperandKind.Field => operand is FieldSymbol,
        OperandKind.Token => operand is TypeSymbol or MethodSymbol or FieldSymbol,
        OperandKind.Signature => operand is CallSignature,
        _ => false,
    };

    private Argument ArgumentAt(int index, CecilInstruction at) =>
        index >= 0 && index < body.Arguments.Count ? body.Arguments[index] : throw new InvalidILException($"there is no argument {index}", shape.OffsetOf(at));

    private Local LocalAt(int index, CecilInstruction at) =>
        index < body.Locals.Count ? body.Locals[index] : throw new InvalidILException($"there is no local {index}", shape.OffsetOf(at));
}
