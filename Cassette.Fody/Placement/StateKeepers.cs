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
/// Where delegates that carry contexts are kept, as the compiler keeps those of lambdas without captures in static fields: with the contexts' state, in
/// a hidden field of a class of the module that the state refers to, so that they live no longer than it does and no other context finds them.
/// <code>
/// class State { ...; Kept kept; }
/// sealed class Kept(Ctx context) { D bound0; D bound1; ... }
/// </code>
/// Contexts that differ in as much as a number from those that delegates are kept for take their place: a copy of the state's object, which has the same
/// delegates in its field, and another context that refers to the same object.
/// </summary>
/// <remarks>
/// What else the contexts refer to is kept alive by that object, until it is used in other contexts or is gone itself. Classes whose fields others than the program
/// count on are left alone: those with a layout, and those marked as serializable.
/// </remarks>
internal sealed class StateKeepers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library)
{
    /// <summary>How many delegates one object keeps: it is made as a whole for the first of them.</summary>
    private const int MaxKept = 8;

    private readonly ContextComparison comparison = new(types, library);
    private readonly Dictionary<ContextStack, StateOwner?> owners = [];
    private readonly Dictionary<ContextStack, Keeper> keepers = [];

    /// <summary>The object of the module's among a stack's state that delegates can be kept with; null where there is none.</summary>
    public StateOwner? OwnerOf(ContextStack stack)
    {
        if (!owners.TryGetValue(stack, out var owner))
            owners.Add(stack, owner = stack.Parameters.All(comparison.CanCompare) ? stack.Parameters.Select((context, i) => Find(context, i, [])).FirstOrDefault(o => o != null) : null);
        return owner;
    }

    /// <summary>Declares the place of one more delegate.</summary>
    public KeptPlace Add(ContextStack stack, TypeSymbol delegateType)
    {
        if (!keepers.TryGetValue(stack, out var keeper) || keeper.Count == MaxKept)
            keepers[stack] = keeper = Declare(stack, OwnerOf(stack)!);
        var field = new FieldDefinition("bound" + keeper.Count++, FieldAttributes.Assembly, importer.Import(delegateType));
        keeper.Class.Fields.Add(field);
        return new KeptPlace(keeper, types.Field(field, types.SelfOf(keeper.Class)));
    }

    /// <summary>
    /// Loads the state's object and what it keeps into locals, and branches where there is none: to a block for contexts without such an object, and
    /// to one where it keeps nothing for these contexts.
    /// </summary>
    /// <param name="writer">Where to write; the contexts are the body's arguments.</param>
    /// <param name="keeper">What keeps delegates.</param>
    /// <param name="ownerless">The block for contexts without the object.</param>
    /// <param name="other">The block for contexts that nothing is kept for.</param>
    public (Local Owner, Local Kept) EmitFind(BlockWriter writer, Keeper keeper, Block ownerless, Block other)
    {
        var arguments = writer.Body.Arguments;
        Local owner = writer.Temporary(keeper.Owner.Type), kept = writer.Temporary(types.SelfOf(keeper.Class));
        writer.Emit(Code.Ldarg, arguments[keeper.Owner.Parameter]);
        foreach (var field in keeper.Owner.Path)
            writer.Emit(Code.Ldfld, field);
        writer.Emit(Code.Stloc, owner);
        writer.Emit(Code.Ldloc, owner);
        writer.BranchOver(Code.Brfalse, ownerless, []);
        writer.Emit(Code.Ldloc, owner);
        writer.Emit(Code.Ldfld, keeper.Field);
        writer.Emit(Code.Stloc, kept);
        writer.Emit(Code.Ldloc, kept);
        writer.BranchOver(Code.Brfalse, other, []);
        for (var i = 0; i < keeper.Contexts.Length; i++)
        {
            var (argument, held) = (arguments[i], keeper.Contexts[i]);
            comparison.Emit(writer, held.Type, () => writer.Emit(Code.Ldarg, argument), () => EmitHeld(writer, kept, held), other);
        }
        return (owner, kept);
    }

    private static void EmitHeld(BlockWriter writer, Local kept, FieldSymbol held)
    {
        writer.Emit(Code.Ldloc, kept);
        writer.Emit(Code.Ldfld, held);
    }

    private Keeper Declare(ContextStack stack, StateOwner owner)
    {
        var type = holder.AddClass("Kept" + owner.Type.Definition!.Fields.Count + "@" + stack.Name);
        var (constructor, fields) = new CarrierFields(types, importer, holder).Write(type, stack.Parameters);
        var field = new FieldDefinition("<Cassette>" + type.Name, FieldAttributes.Assembly | FieldAttributes.NotSerialized, type);
        holder.MarkGenerated(field);
        owner.Type.Definition.Fields.Add(field);
        return new Keeper(owner, type, constructor, fields, types.Field(field, owner.Type));
    }

    private StateOwner? Find(TypeSymbol type, int parameter, FieldSymbol[] path)
    {
        if (!type.IsValueType)
            return IsOwner(type) ? new StateOwner(type, parameter, path) : null;
        return type is { Shape: TypeShape.Struct, Definition: { } definition } && definition.Module == types.Module && !ContextReference.HasOwnLayout(definition)
            ? definition.Fields.Where(f => !f.IsStatic).Select(f => types.Field(f, type)).Select(f => Find(f.Type, parameter, [.. path, f])).FirstOrDefault(o => o != null)
            : null;
    }

    private bool IsOwner(TypeSymbol type) =>
        type is { Shape: TypeShape.Class, Arguments.Length: 0, Definition: { IsAutoLayout: true, IsSerializable: false, IsImport: false } definition }
        && definition.Module == types.Module && !CallRouter.IsDelegate(definition);
}

/// <summary>An object that a stack's state refers to.</summary>
/// <param name="Type">Its class, of the module.</param>
/// <param name="Parameter">Which of the stack's contexts refers to it.</param>
/// <param name="Path">By which fields; none where it is the context itself.</param>
internal sealed record StateOwner(TypeSymbol Type, int Parameter, FieldSymbol[] Path);

/// <summary>A class whose objects keep delegates for contexts.</summary>
/// <param name="owner">Where they are kept themselves.</param>
/// <param name="type">The class.</param>
/// <param name="constructor">Its constructor, which takes the contexts.</param>
/// <param name="contexts">Its fields for the contexts.</param>
/// <param name="field">The owner's field for it.</param>
internal sealed class Keeper(StateOwner owner, TypeDefinition type, MethodDefinition constructor, FieldSymbol[] contexts, FieldSymbol field)
{
    public StateOwner Owner { get; } = owner;

    public TypeDefinition Class { get; } = type;

    public MethodDefinition Constructor { get; } = constructor;

    public FieldSymbol[] Contexts { get; } = contexts;

    public FieldSymbol Field { get; } = field;

    /// <summary>How many delegates have a place in it.</summary>
    public int Count { get; set; }
}

/// <summary>Where one delegate is kept.</summary>
/// <param name="Keeper">The class.</param>
/// <param name="Bound">Its field.</param>
internal readonly record struct KeptPlace(Keeper Keeper, FieldSymbol Bound);
