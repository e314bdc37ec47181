using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.RoundTrip;

/// <summary>How near an emitted body is to its original.</summary>
internal enum Likeness
{
    /// <summary>The same opcodes, operands, offsets, locals and handlers: the same bytes but for tokens.</summary>
    Identical,

    /// <summary>The same once every opcode is in its long form.</summary>
    OtherEncoding,

    /// <summary>The same once branches to the following instruction and nops are dropped too.</summary>
    OtherBranches,

    Different,
}

/// <summary>Compares bodies of two images of one assembly.</summary>
internal sealed class BodyComparison
{
    private readonly OperandText originals = new();
    private readonly OperandText emitted = new();

    /// <summary>What the last comparison found first.</summary>
    public string Difference { get; private set; } = "";

    public Likeness Compare(MethodBody original, MethodBody copy)
    {
        Difference = "";
        if (!SameFrame(original, copy))
            return Likeness.Different;
        if (SameCode(original.Instructions, copy.Instructions) && SameHandlers(original, copy))
            return Likeness.Identical;
        var exact = Difference;
        if (Same(Normalised(original, originals, false), Normalised(copy, emitted, false)))
        {
            Difference = exact;
            return Likeness.OtherEncoding;
        }
        if (Same(Normalised(original, originals, true), Normalised(copy, emitted, true)))
        {
            Difference = exact;
            return Likeness.OtherBranches;
        }
        return Likeness.Different;
    }

    private bool SameFrame(MethodBody original, MethodBody copy)
    {
        if (original.InitLocals != copy.InitLocals && original.HasVariables)
            return Fail($"init locals {original.InitLocals} became {copy.InitLocals}");
        if (original.Variables.Count != copy.Variables.Count)
            return Fail($"{original.Variables.Count} locals became {copy.Variables.Count}");
        for (var i = 0; i < original.Variables.Count; i++)
        {
            string was = originals.Of(original.Variables[i].VariableType), @is = emitted.Of(copy.Variables[i].VariableType);
            if (was != @is)
                return Fail($"local {i}: {was} became {@is}");
        }
        return true;
    }

    private bool SameCode(IList<Instruction> original, IList<Instruction> copy)
    {
        for (var i = 0; i < original.Count && i < copy.Count; i++)
        {
            Instruction was = original[i], @is = copy[i];
            if (was.OpCode.Code != @is.OpCode.Code || was.Offset != @is.Offset || originals.Of(was.Operand) != emitted.Of(@is.Operand))
                return Fail($"{Text(was, originals)} became {Text(@is, emitted)}");
        }
        return original.Count == copy.Count || Fail($"{original.Count} instructions became {copy.Count}");
    }

    private bool SameHandlers(MethodBody original, MethodBody copy) =>
        Handlers(original, originals).SequenceEqual(Handlers(copy, emitted)) || Fail("the handlers differ");

    private static IEnumerable<string> Handlers(MethodBody body, OperandText text) => body.ExceptionHandlers.Select(h =>
        $"{h.HandlerType} {h.TryStart.Offset}-{h.TryEnd?.Offset} {h.FilterStart?.Offset} {h.HandlerStart.Offset}-{h.HandlerEnd?.Offset} {(h.CatchType is null ? "" : text.Of(h.CatchType))}");

    /// <summary>The code as text, branch targets counted in instructions.</summary>
    private static List<string> Normalised(MethodBody body, OperandText text, bool dropBranches)
    {
        var position = new Dictionary<Instruction, int>();
        var count = 0;
        foreach (var instruction in body.Instructions)
        {
            position.Add(instruction, count);
            if (!dropBranches || !IsRedundant(instruction))
                count++;
        }
        var lines = new List<string>();
        foreach (var instruction in body.Instructions)
        {
            if (dropBranches && IsRedundant(instruction))
                continue;
            var (code, operand) = General(body, instruction);
            lines.Add(code + " " + operand switch
            {
                Instruction target => "->" + position[target],
                Instruction[] targets => string.Join(",", targets.Select(t => "->" + position[t])),
                _ => text.Of(operand),
            });
        }
        int At(Instruction? instruction) => instruction is null ? count : position[instruction];
        lines.AddRange(body.ExceptionHandlers.Select(h =>
            $"{h.HandlerType} {At(h.TryStart)}-{At(h.TryEnd)} {(h.FilterStart is null ? -1 : At(h.FilterStart))} {At(h.HandlerStart)}-{At(h.HandlerEnd)} {(h.CatchType is null ? "" : text.Of(h.CatchType))}"));
        return lines;
    }

    private static bool IsRedundant(Instruction instruction) => instruction.OpCode.Code is Code.Nop
        || instruction.OpCode.Code is Code.Br or Code.Br_S && instruction.Operand == instruction.Next;

    private static (string Code, object? Operand) General(MethodBody body, Instruction instruction)
    {
        var code = instruction.OpCode.Code;
        switch (code)
        {
            case >= Code.Ldarg_0 and <= Code.Ldarg_3:
                var index = code - Code.Ldarg_0 - (body.Method.HasThis && !body.Method.ExplicitThis ? 1 : 0);
                return ("ldarg", index < 0 ? body.ThisParameter : body.Method.Parameters[index]);
            case >= Code.Ldloc_0 and <= Code.Ldloc_3:
                return ("ldloc", body.Variables[code - Code.Ldloc_0]);
            case >= Code.Stloc_0 and <= Code.Stloc_3:
                return ("stloc", body.Variables[code - Code.Stloc_0]);
            case >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8:
                return ("ldc.i4", code - Code.Ldc_I4_0);
            default:
                var name = instruction.OpCode.Name;
                return (name.EndsWith(".s", System.StringComparison.Ordinal) ? name[..^2] : name, instruction.Operand);
        }
    }

    private bool Same(List<string> was, List<string> @is)
    {
        for (var i = 0; i < was.Count && i < @is.Count; i++)
        {
            if (was[i] != @is[i])
                return Fail($"#{i}: {was[i]} became {@is[i]}");
        }
        return was.Count == @is.Count || Fail($"{was.Count} lines became {@is.Count}");
    }

    private static string Text(Instruction instruction, OperandText text) => $"IL_{instruction.Offset:x4} {instruction.OpCode.Name} {text.Of(instruction.Operand)}";

    private bool Fail(string difference)
    {
        Difference = difference;
        return false;
    }
}
