using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>A call of a delegate that a local or an argument holds.</summary>
/// <param name="Block">Where it stands.</param>
/// <param name="Load">What reads the delegate, for the call alone.</param>
/// <param name="Call">The call.</param>
internal readonly record struct DelegateCall(Block Block, Instruction Load, Instruction Call)
{
    public object Variable => Load.Operand!;

    public TypeSymbol DelegateType => Call.Method.DeclaringType;
}
