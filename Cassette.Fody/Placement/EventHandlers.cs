using System;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Adds and removes handlers of events outside: what is added carries the contexts, and removing an equal handler removes it again.
/// </summary>
internal sealed class EventHandlers(TypeUniverse types, RuntimeLibrary library)
{
    /// <summary>Whether a method adds or removes a handler, on an object or statically.</summary>
    public static bool IsAccessor(MethodSymbol callee) =>
        callee.Definition is { } definition && (definition.IsAddOn || definition.IsRemoveOn) && callee.Parameters.Length == 1
        && callee.ReturnType.Shape == TypeShape.Void && !callee.DeclaringType.IsValueType && !callee.DeclaringType.IsGenericParameter;

    /// <summary>Puts what is to be added or removed in the handler's place, which is on the stack, above the event's object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="accessor">The method that adds or removes.</param>
    /// <param name="bind">Binds the delegate on the stack.</param>
    /// <returns>What to write after the call.</returns>
    public Action Emit(BlockWriter writer, MethodSymbol accessor, Action bind)
    {
        var type = accessor.Parameters[0];
        Local handler = writer.Temporary(type), bound = writer.Temporary(type);
        var source = accessor.HasThis ? writer.Temporary(accessor.DeclaringType) : null;
        writer.Emit(Code.Stloc, handler);
        if (source != null)
        {
            writer.Emit(Code.Dup);
            writer.Emit(Code.Stloc, source);
        }
        if (accessor.Definition!.IsRemoveOn)
        {
            EmitEvent(writer, accessor, source);
            writer.Emit(Code.Ldloc, handler);
            writer.Emit(Code.Call, library.Method(library.Handlers, "Removed", 3));
            writer.Emit(Code.Castclass, type);
            return () => { };
        }
        writer.Emit(Code.Ldloc, handler);
        bind();
        writer.Emit(Code.Dup);
        writer.Emit(Code.Stloc, bound);
        return () =>
        {
            EmitEvent(writer, accessor, source);
            writer.Emit(Code.Ldloc, handler);
            writer.Emit(Code.Ldloc, bound);
            writer.Emit(Code.Call, library.Method(library.Handlers, "Added", 4));
        };
    }

    private void EmitEvent(BlockWriter writer, MethodSymbol accessor, Local? source)
    {
        if (source != null)
        {
            writer.Emit(Code.Ldloc, source);
        }
        else
        {
            writer.Emit(Code.Ldtoken, accessor.DeclaringType);
            writer.Emit(Code.Call, library.Method(types.Core("Type"), "GetTypeFromHandle", 1));
        }
        // Without add_ or remove_, and without the interface of an explicit implementation.
        writer.Emit(Code.Ldstr, accessor.Name.Substring(accessor.Name.IndexOf('_', accessor.Name.LastIndexOf('.') + 1) + 1));
    }
}
