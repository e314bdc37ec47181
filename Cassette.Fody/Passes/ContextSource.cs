using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Passes;

/// <summary>
/// Where a body has its contexts: in its last arguments, or, for a member of a state machine, in fields of the machine. Both are listed innermost
/// first, so that a part of the stack is always the end of the list. A struct without fields is in neither, and is made where it is needed.
/// </summary>
internal sealed class ContextSource
{
    private readonly MethodIR body;
    private readonly IReadOnlyList<ContextPlace> places;

    private ContextSource(MethodIR body, IReadOnlyList<ContextPlace> places)
    {
        this.body = body;
        this.places = places;
    }

    /// <summary>The contexts are the last of these arguments: those that clones carry, or all.</summary>
    public static ContextSource InArguments(MethodIR body, IReadOnlyList<Argument> arguments, IReadOnlyList<TypeSymbol> contexts, bool hasAll = false)
    {
        var places = new ContextPlace[contexts.Count];
        var next = arguments.Count;
        for (var i = places.Length - 1; i >= 0; i--)
            places[i] = new ContextPlace(contexts[i], null, hasAll || !ContextStack.IsEmpty(contexts[i]) ? arguments[--next] : null);
        return new ContextSource(body, places);
    }

    /// <summary>The contexts are in fields of the body's <c>this</c>.</summary>
    public static ContextSource InFields(MethodIR body, IReadOnlyList<ContextField> fields) =>
        new(body, [.. fields.Select(f => new ContextPlace(f.Context, f.Field, null))]);

    /// <summary>Loads the contexts that clones have parameters for, from one depth up to, without it, another; or all of them.</summary>
    public void EmitCarried(BlockWriter writer, int deepest, int above, bool all = false)
    {
        for (var depth = deepest; depth > above; depth--)
        {
            if (all || !ContextStack.IsEmpty(PlaceOf(depth).Context))
                Emit(writer, depth);
        }
    }

    /// <summary>Loads the context of a level.</summary>
    public void Emit(BlockWriter writer, int depth)
    {
        var place = PlaceOf(depth);
        if (place.Argument is { } argument)
            writer.Emit(Code.Ldarg, argument);
        else if (place.Field is { } field)
            EmitField(writer, Code.Ldfld, field);
        else
            writer.Emit(Code.Ldloc, EmptyOf(depth, writer));
    }

    /// <summary>Loads the address of a level's context.</summary>
    public void EmitAddress(BlockWriter writer, int depth)
    {
        var place = PlaceOf(depth);
        if (place.Argument is { } argument)
            writer.Emit(Code.Ldarga, argument);
        else if (place.Field is { } field)
            EmitField(writer, Code.Ldflda, field);
        else
            writer.Emit(Code.Ldloca, EmptyOf(depth, writer));
    }

    /// <summary>Stores what is on the stack as the context of a level.</summary>
    public void EmitStore(BlockWriter writer, int depth)
    {
        var (type, field, argument) = PlaceOf(depth);
        if (argument is not null)
        {
            writer.Emit(Code.Starg, argument);
            return;
        }
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
        var type = PlaceOf(depth).Context;
        var local = writer.Temporary(type);
        writer.Emit(Code.Ldloca, local);
        writer.Emit(Code.Initobj, type);
        return local;
    }

    private ContextPlace PlaceOf(int depth) => places[places.Count - depth];

    /// <summary>Where one context is: in a field, in an argument, or nowhere, as a struct without fields.</summary>
    private readonly record struct ContextPlace(TypeSymbol Context, FieldSymbol? Field, Argument? Argument);
}

/// <summary>A context of a state machine.</summary>
/// <param name="Context">Its type.</param>
/// <param name="Field">The machine's field; null for a struct without fields.</param>
internal readonly record struct ContextField(TypeSymbol Context, FieldSymbol? Field);
