using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Discovery;

/// <summary>
/// The source that holds while a body is walked in its order. What the compiler adds it marks as hidden, a suspension in the middle of a statement
/// too, and it does not say where the statement goes on: that is behind the awaiter's <c>GetResult</c>.
/// </summary>
/// <param name="machine">The state machine whose member the body is; null for any other body.</param>
internal sealed class SourceCursor(StateMachine? machine)
{
    private SourceSpan? visible;

    public SourceSpan? Current { get; private set; }

    /// <summary>Comes to an instruction.</summary>
    public void Enter(Instruction instruction)
    {
        if (instruction.Source is not { } source)
            return;
        Current = source;
        if (!source.IsHidden)
            visible = source;
    }

    /// <summary>Leaves an instruction behind.</summary>
    public void Leave(Instruction instruction)
    {
        if (machine != null && instruction.Operand is MethodSymbol callee && machine.EndsAwait(callee))
            Current = visible ?? Current;
    }
}
