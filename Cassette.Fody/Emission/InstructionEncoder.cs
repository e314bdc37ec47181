using System;
using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>Writes single instructions, with their prefixes, in the shortest form that does not depend on distances.</summary>
internal sealed class InstructionEncoder(SymbolImporter importer, MethodDefinition target, GenericMap map, Dictionary<Local, VariableDefinition> locals)
{
    /// <summary>Where branches lead until their blocks are written; Cecil makes no branch without a target.</summary>
    private readonly CecilInstruction placeholder = CecilInstruction.Create(OpCodes.Nop);
    private readonly List<(CecilInstruction Instruction, object Target)> branches = [];

    public List<CecilInstruction> Instructions { get; } = [];

    /// <summary>Writes an instruction; returns its first part: a prefix, where it has one.</summary>
    public CecilInstruction Emit(Instruction instruction)
    {
        var start = Instructions.Count;
        EmitPrefixes(instruction);
        var opCode = OpcodeTable.OpCodeOf(instruction.Code);
        switch (instruction.Operand)
        {
            case null:
                Add(CecilInstruction.Create(opCode));
                break;
            case Block block:
                AddBranch(CecilInstruction.Create(opCode, placeholder), block);
                break;
            case Block[] blocks:
                AddBranch(CecilInstruction.Create(opCode, Array.Empty<CecilInstruction>()), blocks);
                break;
            case int value when instruction.Code == Code.Ldc_I4:
                Add(LoadInteger(value));
                break;
            case int value:
                Add(CecilInstruction.Create(opCode, value));
                break;
            case long value:
                Add(CecilInstruction.Create(opCode, value));
                break;
            case float value:
                Add(CecilInstruction.Create(opCode, value));
                break;
            case double value:
                Add(CecilInstruction.Create(opCode, value));
                break;
            case string value:
                Add(CecilInstruction.Create(opCode, value));
                break;
            case Argument argument:
                Add(OfArgument(instruction.Code, argument.Index));
                break;
            case Local local:
                Add(OfLocal(instruction.Code, locals[local]));
                break;
            case TypeSymbol type:
                Add(CecilInstruction.Create(opCode, importer.Import(type, map)));
                break;
            case MethodSymbol method:
                Add(CecilInstruction.Create(opCode, importer.Import(method, map)));
                break;
            case FieldSymbol field:
                Add(CecilInstruction.Create(opCode, importer.Import(field, map)));
                break;
            case CallSignature signature:
                Add(CecilInstruction.Create(opCode, importer.Import(signature, map)));
                break;
            default:
                throw new InvalidOperationException($"{instruction.Code} with a {instruction.Operand.GetType().Name} as operand.");
        }
        return Instructions[start];
    }

    public void EmitBranch(Block block) => AddBranch(CecilInstruction.Create(OpCodes.Br, placeholder), block);

    public void EmitNop() => Add(CecilInstruction.Create(OpCodes.Nop));

    public void ResolveBranches(Dictionary<Block, CecilInstruction> starts)
    {
        foreach (var (instruction, destination) in branches)
            instruction.Operand = destination is Block block ? starts[block] : Array.ConvertAll((Block[])destination, b => starts[b]);
    }

    private void EmitPrefixes(Instruction instruction)
    {
        if (instruction.Prefixes == Prefixes.None && instruction.Constrained is null)
            return;
        var prefixes = instruction.Prefixes;
        if ((prefixes & (Prefixes.NoTypeCheck | Prefixes.NoRangeCheck | Prefixes.NoNullCheck)) != 0)
        {
            var checks = ((prefixes & Prefixes.NoTypeCheck) != 0 ? 1 : 0) | ((prefixes & Prefixes.NoRangeCheck) != 0 ? 2 : 0) | ((prefixes & Prefixes.NoNullCheck) != 0 ? 4 : 0);
            Add(CecilInstruction.Create(OpCodes.No, (byte)checks));
        }
        if ((prefixes & Prefixes.Unaligned) != 0)
            Add(CecilInstruction.Create(OpCodes.Unaligned, (byte)instruction.Alignment));
        if ((prefixes & Prefixes.Volatile) != 0)
            Add(CecilInstruction.Create(OpCodes.Volatile));
        if ((prefixes & Prefixes.ReadOnly) != 0)
            Add(CecilInstruction.Create(OpCodes.Readonly));
        if (instruction.Constrained != null)
            Add(CecilInstruction.Create(OpCodes.Constrained, importer.Import(instruction.Constrained, map)));
        if ((prefixes & Prefixes.Tail) != 0)
            Add(CecilInstruction.Create(OpCodes.Tail));
    }

    private CecilInstruction OfArgument(Code code, int index)
    {
        switch (code)
        {
            case Code.Ldarg when index < 4:
                return CecilInstruction.Create(index switch { 0 => OpCodes.Ldarg_0, 1 => OpCodes.Ldarg_1, 2 => OpCodes.Ldarg_2, _ => OpCodes.Ldarg_3 });
            default:
                var parameter = target.HasThis && !target.ExplicitThis ? index == 0 ? target.Body.ThisParameter : target.Parameters[index - 1] : target.Parameters[index];
                var isShort = index <= byte.MaxValue;
                return CecilInstruction.Create(
                    code switch
                    {
                        Code.Ldarg => isShort ? OpCodes.Ldarg_S : OpCodes.Ldarg,
                        Code.Ldarga => isShort ? OpCodes.Ldarga_S : OpCodes.Ldarga,
                        Code.Starg => isShort ? OpCodes.Starg_S : OpCodes.Starg,
                        _ => throw new InvalidOperationException($"{code} with an argument as operand."),
                    },
                    parameter);
        }
    }

    private static CecilInstruction OfLocal(Code code, VariableDefinition variable)
    {
        var index = variable.Index;
        switch (code)
        {
            case Code.Ldloc when index < 4:
                return CecilInstruction.Create(index switch { 0 => OpCodes.Ldloc_0, 1 => OpCodes.Ldloc_1, 2 => OpCodes.Ldloc_2, _ => OpCodes.Ldloc_3 });
            case Code.Stloc when index < 4:
                return CecilInstruction.Create(index switch { 0 => OpCodes.Stloc_0, 1 => OpCodes.Stloc_1, 2 => OpCodes.Stloc_2, _ => OpCodes.Stloc_3 });
            default:
                var isShort = index <= byte.MaxValue;
                return CecilInstruction.Create(
                    code switch
                    {
                        Code.Ldloc => isShort ? OpCodes.Ldloc_S : OpCodes.Ldloc,
                        Code.Ldloca => isShort ? OpCodes.Ldloca_S : OpCodes.Ldloca,
                        Code.Stloc => isShort ? OpCodes.Stloc_S : OpCodes.Stloc,
                        _ => throw new InvalidOperationException($"{code} with a local as operand."),
                    },
                    variable);
        }
    }

    private static CecilInstruction LoadInteger(int value) => value switch
    {
        -1 => CecilInstruction.Create(OpCodes.Ldc_I4_M1),
        0 => CecilInstruction.Create(OpCodes.Ldc_I4_0),
        1 => CecilInstruction.Create(OpCodes.Ldc_I4_1),
        2 => CecilInstruction.Create(OpCodes.Ldc_I4_2),
        3 => CecilInstruction.Create(OpCodes.Ldc_I4_3),
        4 => CecilInstruction.Create(OpCodes.Ldc_I4_4),
        5 => CecilInstruction.Create(OpCodes.Ldc_I4_5),
        6 => CecilInstruction.Create(OpCodes.Ldc_I4_6),
        7 => CecilInstruction.Create(OpCodes.Ldc_I4_7),
        8 => CecilInstruction.Create(OpCodes.Ldc_I4_8),
        >= sbyte.MinValue and <= sbyte.MaxValue => CecilInstruction.Create(OpCodes.Ldc_I4_S, (sbyte)value),
        _ => CecilInstruction.Create(OpCodes.Ldc_I4, value),
    };

    private void Add(CecilInstruction instruction) => Instructions.Add(instruction);

    private void AddBranch(CecilInstruction instruction, object destination)
    {
        Instructions.Add(instruction);
        branches.Add((instruction, destination));
    }
}
