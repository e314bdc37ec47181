using System.Collections.Generic;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// The methods that find a delegate which carries contexts with their state, and make it where there is none. Two threads may both make one then, and
/// one of the two is kept, as where the compiler keeps a lambda's.
/// </summary>
internal sealed class KeptMakers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library, StateKeepers keepers, BoundTargets targets)
{
    private readonly Dictionary<(MethodDefinition, TypeSymbol, ContextStack), MethodDefinition> takers = [];

    /// <summary><c>static D Take(contexts)</c>: small enough to be inlined; whatever is not there is left to the maker.</summary>
    public MethodSymbol Taker(MethodSymbol target, TypeSymbol delegateType, ContextStack stack)
    {
        var key = (target.Definition!, delegateType, stack);
        if (!takers.TryGetValue(key, out var taker))
        {
            taker = Declare("Take@", delegateType, stack);
            takers.Add(key, taker);
            var place = keepers.Add(stack, delegateType);
            WriteTaker(taker, place, OnHolder(Maker(target, delegateType, stack, place)));
        }
        return OnHolder(taker);
    }

    private void WriteTaker(MethodDefinition taker, KeptPlace place, MethodSymbol maker)
    {
        var body = MethodFrame.Of(types, taker);
        var writer = Begin(body);
        var other = writer.NewBlock([]);
        var owner = keepers.EmitOwner(writer, place.Owner, other);
        var bound = writer.Temporary(body.ReturnType);
        writer.Emit(Code.Ldloc, place.Keeper is { } keeper ? keepers.EmitKept(writer, keeper, owner, other) : owner);
        writer.Emit(Code.Ldfld, place.Bound);
        writer.Emit(Code.Stloc, bound);
        writer.Emit(Code.Ldloc, bound);
        writer.BranchOver(Code.Brfalse, other, []);
        if (place.Keeper is null)
        {
            // A copy of the object has the original's.
            writer.Emit(Code.Ldloc, bound);
            writer.Emit(Code.Call, library.Method(library.DelegateTable, "Target", 1));
            writer.Emit(Code.Ldloc, owner);
            writer.BranchOver(Code.Bne_Un, other, []);
        }
        writer.Emit(Code.Ldloc, bound);
        writer.Emit(Code.Ret);
        writer.Start(other);
        EmitArguments(writer);
        writer.Emit(Code.Call, maker);
        End(writer, taker);
    }

    /// <summary><c>static D Make(contexts)</c>: makes the delegate and keeps it; only makes it for contexts whose state lacks the object that it would be kept with.</summary>
    private MethodDefinition Maker(MethodSymbol target, TypeSymbol delegateType, ContextStack stack, KeptPlace place)
    {
        var maker = Declare("Make@", delegateType, stack);
        var body = MethodFrame.Of(types, maker);
        var writer = Begin(body);
        var ownerless = writer.NewBlock([]);
        var owner = keepers.EmitOwner(writer, place.Owner, ownerless);
        var kept = place.Keeper is { } keeper ? EmitKeeper(writer, keeper, owner) : owner;
        var closedOver = place.IsReference ? owner : kept;
        var method = place.IsReference ? targets.StateMethod(target.Definition!, stack, owner.Type.Definition!)
            : targets.TargetOn(kept.Type.Definition!, place.Bound.Name, target.Definition!, stack, (w, thunk) => EmitFields(w, thunk, place.Keeper!.Contexts));
        var bound = writer.Temporary(delegateType);
        writer.Emit(Code.Ldloc, closedOver);
        writer.Emit(Code.Ldftn, types.Method(method, closedOver.Type, []));
        writer.Emit(Code.Newobj, library.Method(delegateType, ".ctor", 2));
        writer.Emit(Code.Stloc, bound);
        writer.Emit(Code.Ldloc, kept);
        writer.Emit(Code.Ldloc, bound);
        writer.Emit(Code.Stfld, place.Bound);
        writer.Emit(Code.Ldloc, bound);
        writer.Emit(Code.Ret);
        writer.Start(ownerless);
        targets.EmitUnkept(writer, target, delegateType, stack, () => EmitArguments(writer));
        End(writer, maker);
        return maker;
    }

    /// <summary>Finds what keeps delegates for the contexts, or puts it there.</summary>
    private Local EmitKeeper(BlockWriter writer, Keeper keeper, Local owner)
    {
        Block other = writer.NewBlock([]), there = writer.NewBlock([]);
        var kept = keepers.EmitKept(writer, keeper, owner, other);
        writer.Jump(there);
        writer.Start(other);
        EmitArguments(writer);
        writer.Emit(Code.Newobj, types.Method(keeper.Constructor, kept.Type, []));
        writer.Emit(Code.Stloc, kept);
        writer.Emit(Code.Ldloc, owner);
        writer.Emit(Code.Ldloc, kept);
        writer.Emit(Code.Stfld, keeper.Field);
        writer.RunInto(there);
        return kept;
    }

    private MethodDefinition Declare(string name, TypeSymbol delegateType, ContextStack stack) => holder.AddMethod(name + stack.Name, method =>
    {
        method.ReturnType = importer.Import(delegateType);
        foreach (var context in stack.Parameters)
            method.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
    });

    private static void EmitFields(BlockWriter writer, MethodIR body, FieldSymbol[] fields)
    {
        foreach (var field in fields)
        {
            writer.Emit(Code.Ldarg, body.Arguments[0]);
            writer.Emit(Code.Ldfld, field);
        }
    }

    private static void EmitArguments(BlockWriter writer)
    {
        foreach (var argument in writer.Body.Arguments)
            writer.Emit(Code.Ldarg, argument);
    }

    private MethodSymbol OnHolder(MethodDefinition method) => types.Method(method, types.Import(holder.Type, GenericScope.Empty), []);

    private static BlockWriter Begin(MethodIR body)
    {
        var writer = new BlockWriter(body);
        writer.Start(new Block(body.Body));
        return writer;
    }

    private void End(BlockWriter writer, MethodDefinition method)
    {
        writer.Emit(Code.Ret);
        writer.Finish();
        holder.AddBody(writer.Body, method);
    }
}
