using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Passes;

/// <summary>
/// Where a body has its contexts: in its last arguments, or, for a member of a state machine, in fields of the machine. Both are listed innermost
/// first, so that a part of the stack is always the end of the list.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="fields">The machine's fields; null for arguments.</param>
internal sealed class ContextSource(MethodIR body, FieldSymbol[]? fields = null)
{
    /// <summary>Loads the context of a level.</summary>
    public void Emit(BlockWriter writer, int depth)
    {
        if (fields is null)
        {
            writer.Emit(Code.Ldarg, ArgumentOf(depth));
            return;
        }
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldfld, FieldOf(depth));
    }

    /// <summary>Loads the address of a level's context.</summary>
    public void EmitAddress(BlockWriter writer, int depth)
    {
        if (fields is null)
        {
            writer.Emit(Code.Ldarga, ArgumentOf(depth));
            return;
        }
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldflda, FieldOf(depth));
    }

    private Argument ArgumentOf(int depth) => body.Arguments[body.Arguments.Count - depth];

    private FieldSymbol FieldOf(int depth) => fields![fields.Length - depth];
}
