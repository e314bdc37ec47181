using System;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>Prefixes of an instruction (ECMA-335 III.2), the ones without an operand.</summary>
[Flags]
public enum Prefixes
{
    None = 0,
    Volatile = 1,
    Tail = 2,
    ReadOnly = 4,
    NoTypeCheck = 8,
    NoRangeCheck = 16,
    NoNullCheck = 32,
    /// <summary><c>unaligned.</c>: the alignment is in <see cref="Instruction.Alignment"/>.</summary>
    Unaligned = 64,
}

/// <summary>
/// One instruction, in long form: short and macro encodings (<c>ldarg.0</c>, <c>br.s</c>, <c>ldc.i4.1</c>) are read as their general form,
/// and the emitter picks the shortest again. Prefixes belong to the instruction they precede.
/// The operand is, by opcode: null, int, long, float, double, string, <see cref="Argument"/>, <see cref="Local"/>, <see cref="Block"/>,
/// <see cref="Block"/>[], <see cref="TypeSymbol"/>, <see cref="MethodSymbol"/>, <see cref="FieldSymbol"/> or <see cref="CallSignature"/>.
/// </summary>
public sealed class Instruction(Code code, object? operand = null)
{
    public Code Code { get; set; } = code;

    public object? Operand { get; set; } = operand;

    public Prefixes Prefixes { get; set; }

    public int Alignment { get; set; }

    /// <summary>The type of a <c>constrained.</c> prefix.</summary>
    public TypeSymbol? Constrained { get; set; }

    /// <summary>The author's source for this and the following instructions; null where the previous point still holds.</summary>
    public SourceSpan? Source { get; set; }

    /// <summary>Marks a call that the overdub pass leaves alone: the seeds' <c>:nooverdub</c>.</summary>
    public bool NoOverdub { get; set; }

    /// <summary>The levels of a stack of contexts that leave the call alone, a bit each, the innermost level's first: a pass speaks for its own level.</summary>
    internal int NativeLevels { get; set; }

    /// <summary>The instruction that a pass made this one from: it is still the same call, with other operands.</summary>
    internal Instruction? CopiedFrom { get; init; }

    /// <summary>The offset it was imported from; -1 for instructions that a pass made.</summary>
    public int OriginalOffset { get; init; } = -1;

    /// <summary>The same instruction once more, with its source and another operand.</summary>
    internal Instruction Copy(object? operand) => new(Code, operand)
    {
        Prefixes = Prefixes,
        Alignment = Alignment,
        Constrained = Constrained,
        Source = Source,
        NoOverdub = NoOverdub,
        NativeLevels = NativeLevels,
        OriginalOffset = OriginalOffset,
    };

    public MethodSymbol Method => (MethodSymbol)Operand!;

    public FieldSymbol Field => (FieldSymbol)Operand!;

    public TypeSymbol Type => (TypeSymbol)Operand!;

    public Block Target => (Block)Operand!;
}
