using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Intrinsics;

/// <summary>An instruction presented to rules as a call.</summary>
/// <param name="Raw">The instruction: what is written where the machinery of calls writes the native call.</param>
/// <param name="Call">
/// What rules see: a call of a method of <c>Cassette.Intrinsic</c>, or for <c>NewObject</c> the <c>newobj</c> itself. It takes as many values from the
/// stack and leaves as many as <see cref="Raw"/>.
/// </param>
public sealed record IntrinsicCall(Instruction Raw, Instruction Call)
{
    /// <summary>For accesses of fields the field.</summary>
    public FieldSymbol? Field { get; init; }

    /// <summary>
    /// The branch that the comparison <see cref="Raw"/> was made of (ECMA-335 III.3.5 to III.3.16 define each as a comparison and a branch). It is replaced
    /// only where a rule matches.
    /// </summary>
    public FusedBranch? Branch { get; init; }

    /// <summary>The intrinsic's name.</summary>
    public string Name => Call.Method.IsConstructor ? IntrinsicLibrary.NewObject : Call.Method.Name;
}

/// <summary>A branch that compares.</summary>
/// <param name="Instruction">The branch.</param>
/// <param name="IsOnTrue">Whether it is taken where the comparison holds.</param>
public sealed record FusedBranch(Instruction Instruction, bool IsOnTrue);
