using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Delegates of lambdas that the compiler makes once before a loop and keeps in the lambda's closure: the one that carries the contexts is made once, too, and is
/// kept in a local of the clone. There the contexts are the same all the time, and nothing outlives the clone.
/// <code>
/// static D Again(D original, D last, Ctx context) => last closed over the original's closure ? last : new D(new Bound(closure, context).Invoke);
/// </code>
/// </summary>
internal sealed class RepeatedTargets(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, BoundTargets targets)
{
    private readonly Dictionary<(MethodDefinition, TypeSymbol, ContextStack), MethodDefinition> binders = [];

    /// <summary>Whether delegates of a method can be told apart by their closures, without type arguments that the method which does it would have to have.</summary>
    public static bool CanTake(MethodSymbol target, TypeSymbol delegateType) =>
        target.HasThis && !target.DeclaringType.IsValueType && !BoundTargets.HasOneTarget(target, delegateType) && !delegateType.IsOpen && target.DeclaringType.Arguments.Length + target.MethodArguments.Length == 0;

    /// <summary>Binds the delegate on the stack, which may be null.</summary>
    public void Emit(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts)
    {
        var key = (target.Definition!, delegateType, stack);
        if (!binders.TryGetValue(key, out var binder))
            binders.Add(key, binder = Write(target, delegateType, stack));
        var last = new Local(delegateType);
        writer.Body.Locals.Add(last);
        writer.Emit(Code.Ldloc, last);
        emitContexts();
        writer.Emit(Code.Call, types.Method(binder, types.Import(holder.Type, GenericScope.Empty), []));
        writer.Emit(Code.Dup);
        writer.Emit(Code.Stloc, last);
    }

    private MethodDefinition Write(MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        var type = importer.Import(delegateType);
        var binder = holder.AddMethod("Again@" + stack.Name, method =>
        {
            method.ReturnType = type;
            method.Parameters.Add(new ParameterDefinition("original", ParameterAttributes.None, type));
            method.Parameters.Add(new ParameterDefinition("last", ParameterAttributes.None, type));
            foreach (var context in stack.Parameters)
                method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
        });
        var body = MethodFrame.Of(types, binder);
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        Block none = writer.NewBlock([]), make = writer.NewBlock([]);
        var carrier = stack.IsStateless ? null : targets.Carrier(target.Definition!, stack, isClosedStatic: false).Constructor.DeclaringType;
        writer.Emit(Code.Ldarg, body.Arguments[0]);
        writer.BranchOver(Code.Brfalse, none, []);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.BranchOver(Code.Brfalse, make, []);
        EmitTarget(writer, body.Arguments[1]);
        if (carrier != null)
        {
            writer.Emit(Code.Call, library.UnsafeAs(types.SelfOf(carrier)));
            writer.Emit(Code.Ldfld, types.Field(carrier.Fields[0], types.SelfOf(carrier)));
        }
        EmitTarget(writer, body.Arguments[0]);
        writer.BranchOver(Code.Bne_Un, make, []);
        writer.Emit(Code.Ldarg, body.Arguments[1]);
        writer.Emit(Code.Ret);
        writer.Start(make);
        EmitTarget(writer, body.Arguments[0]);
        writer.Emit(Code.Castclass, target.DeclaringType);
        targets.EmitNew(writer, target, delegateType, stack, () => EmitContexts(writer));
        writer.Emit(Code.Ret);
        writer.Start(none);
        writer.Emit(Code.Ldnull);
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(body, binder);
        return binder;
    }

    private void EmitTarget(BlockWriter writer, Argument argument)
    {
        writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "Target", 1));
    }

    private static void EmitContexts(BlockWriter writer)
    {
        foreach (var context in writer.Body.Arguments.Skip(2))
            writer.Emit(Code.Ldarg, context);
    }
}
