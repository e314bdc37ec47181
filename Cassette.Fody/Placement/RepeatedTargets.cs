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
/// Delegates that are handed over in a loop and natively made once for it: those that the compiler keeps in the lambda's closure, and those of lambdas without captures.
/// The one that carries the contexts is made once, too, and is kept in a local of the clone: there the contexts are the same all the time, and nothing outlives the clone.
/// <code>
/// static D Again(D original, D last, Ctx context) => last closed over the original's closure ? last : new D(new Bound(closure, context).Invoke);
/// static D Once(D last, Ctx context) => last ?? new D(new Bound(context).Invoke);
/// </code>
/// </summary>
internal sealed class RepeatedTargets(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, BoundTargets targets)
{
    private readonly Dictionary<(MethodDefinition, TypeSymbol, ContextStack), MethodDefinition> binders = [];

    /// <summary>Whether delegates of a method can be told apart by their closures, without type arguments that the method which does it would have to have.</summary>
    public static bool CanTake(MethodSymbol target, TypeSymbol delegateType) =>
        target.HasThis && !target.DeclaringType.IsValueType && !BoundTargets.HasOneTarget(target, delegateType) && !delegateType.IsOpen && target.DeclaringType.Arguments.Length + target.MethodArguments.Length == 0;

    /// <summary>Whether there is one delegate for all of a method's contexts, which is kept nowhere else.</summary>
    public bool IsOne(MethodSymbol target, TypeSymbol delegateType, ContextStack stack) =>
        !stack.IsStateless && BoundTargets.HasOneTarget(target, delegateType) && !delegateType.IsOpen && target.DeclaringType.Arguments.Length + target.MethodArguments.Length == 0
        && !targets.IsKept(target, delegateType, stack);

    /// <summary>Binds the delegate on the stack, which may be null; where there is but one, what is on the stack may be its target.</summary>
    public void Emit(BlockWriter writer, MethodSymbol target, TypeSymbol delegateType, ContextStack stack, System.Action emitContexts)
    {
        var key = (target.Definition!, delegateType, stack);
        if (!binders.TryGetValue(key, out var binder))
            binders.Add(key, binder = BoundTargets.HasOneTarget(target, delegateType) ? WriteOnce(target, delegateType, stack) : WriteAgain(target, delegateType, stack));
        var last = new Local(delegateType);
        writer.Body.Locals.Add(last);
        if (BoundTargets.HasOneTarget(target, delegateType))
            writer.Emit(Code.Pop);
        writer.Emit(Code.Ldloc, last);
        emitContexts();
        writer.Emit(Code.Call, types.Method(binder, types.Import(holder.Type, GenericScope.Empty), []));
        writer.Emit(Code.Dup);
        writer.Emit(Code.Stloc, last);
    }

    private MethodDefinition WriteOnce(MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        var binder = Declare("Once@", ["last"], delegateType, stack);
        var writer = Begin(binder);
        var make = writer.NewBlock([]);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.BranchOver(Code.Brfalse, make, []);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
        writer.Emit(Code.Ret);
        writer.Start(make);
        targets.EmitUnkept(writer, target, delegateType, stack, () => EmitContexts(writer, 1));
        End(writer, binder);
        return binder;
    }

    private MethodDefinition WriteAgain(MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        var binder = Declare("Again@", ["original", "last"], delegateType, stack);
        var writer = Begin(binder);
        var body = writer.Body;
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
        targets.EmitNew(writer, target, delegateType, stack, () => EmitContexts(writer, 2));
        writer.Emit(Code.Ret);
        writer.Start(none);
        writer.Emit(Code.Ldnull);
        End(writer, binder);
        return binder;
    }

    private MethodDefinition Declare(string name, string[] delegates, TypeSymbol delegateType, ContextStack stack) => holder.AddMethod(name + stack.Name, method =>
    {
        method.ReturnType = importer.Import(delegateType);
        foreach (var parameter in delegates)
            method.Parameters.Add(new ParameterDefinition(parameter, ParameterAttributes.None, method.ReturnType));
        foreach (var context in stack.Parameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
    });

    private BlockWriter Begin(MethodDefinition method)
    {
        var writer = new BlockWriter(MethodFrame.Of(types, method));
        writer.Start(new Block(writer.Body.Body));
        return writer;
    }

    private void End(BlockWriter writer, MethodDefinition method)
    {
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(writer.Body, method);
    }

    private void EmitTarget(BlockWriter writer, Argument argument)
    {
        writer.Emit(Code.Ldarg, argument);
        writer.Emit(Code.Call, library.Method(library.DelegateTable, "Target", 1));
    }

    private static void EmitContexts(BlockWriter writer, int first)
    {
        foreach (var context in writer.Body.Arguments.Skip(first))
            writer.Emit(Code.Ldarg, context);
    }
}
