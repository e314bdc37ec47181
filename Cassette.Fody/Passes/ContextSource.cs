using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Passes;

/// <summary>
/// Where a body has its contexts: in its last arguments, or, for a member of a state machine, in fields of the machine. Both are listed innermost
/// first, so that a part of the stack is always the end of the list. A context without fields of its own is not kept: any is as good.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="fields">The machine's fields; null for arguments.</param>
internal sealed class ContextSource(MethodIR body, IReadOnlyList<ContextField>? fields = null)
{
    /// <summary>Loads the context of a level.</summary>
    public void Emit(BlockWriter writer, int depth)
    {
        if (fields is null)
            writer.Emit(Code.Ldarg, ArgumentOf(depth));
        else if (FieldOf(depth).Field is { } field)
            EmitField(writer, Code.Ldfld, field);
        else
            writer.Emit(Code.Ldloc, EmptyOf(depth, writer));
    }

    /// <summary>Loads the address of a level's context.</summary>
    public void EmitAddress(BlockWriter writer, int depth)
    {
        if (fields is null)
            writer.Emit(Code.Ldarga, ArgumentOf(depth));
        else if (FieldOf(depth).Field is { } field)
            EmitField(writer, Code.Ldflda, field);
        else
            writer.Emit(Code.Ldloca, EmptyOf(depth, writer));
    }

    /// <summary>Stores what is on the stack as the context of a level of a state machine.</summary>
    public void EmitStore(BlockWriter writer, int depth)
    {
        var (type, field) = FieldOf(depth);
        if (field is null)
        {
            writer.Emit(Code.Pop);
            return;
        }
        var value = writer.Temporary(type);
        writer.Emit(Code.Stloc, value);
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(Code.Ldloc, value);
        writer.Emit(Code.Stfld, field);
    }

    private void EmitField(BlockWriter writer, Code code, FieldSymbol field)
    {
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.Emit(code, field);
    }

    private Local EmptyOf(int depth, BlockWriter writer)
    {
        var type = FieldOf(depth).Context;
        var local = writer.Temporary(type);
        writer.Emit(Code.Ldloca, local);
        writer.Emit(Code.Initobj, type);
        return local;
    }

    private Argument ArgumentOf(int depth) => body.Arguments[body.Arguments.Count - depth];

    private ContextField FieldOf(int depth) => fields![fields.Count - depth];
}

/// <summary>A context of a state machine.</summary>
/// <param name="Context">Its type.</param>
/// <param name="Field">The machine's field; null for a struct without fields.</param>
internal readonly record struct ContextField(TypeSymbol Context, FieldSymbol? Field);
