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
/// hidden fields of a class of the module that the state refers to, so that they live no longer than it does and no other context finds them.
/// <code>
/// class State { ...; D bound0; ...; D bound7; Kept kept; }
/// sealed class Kept(Ctx context) { D bound0; ...; D bound7; }
/// </code>
/// Where the whole state is the reference to that object, the first few are in fields of its own. Others are kept for the contexts that they carry. Contexts
/// that differ in as much as a number, or are those of a copy of the object, which has the same in its fields, are given others, which take the place of those.
/// </summary>
/// <remarks>
/// What else the contexts refer to is kept alive by that object, until it is used in other contexts or is gone itself. Classes whose fields others than the program
/// count on are left alone: those with a layout, and those marked as serializable.
/// </remarks>
internal sealed class StateKeepers(TypeUniverse types, SymbolImporter importer, Holder holder, RuntimeLibrary library)
{
    /// <summary>How many delegates one object keeps for a stack: there is room for all of them as soon as there is one.</summary>
    private const int MaxKept = 8;

    private readonly ContextReference reference = new(types, library);
    private readonly ContextComparison comparison = new(types, library);
    private readonly Dictionary<ContextStack, StateOwner?> owners = [];
    private readonly Dictionary<ContextStack, Keeper> keepers = [];
    private readonly Dictionary<ContextStack, int> direct = [];
    private int declared;

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
        var owner = OwnerOf(stack)!;
        var isReference = reference.IsStateOf(stack);
        direct.TryGetValue(stack, out var count);
        if (isReference && count < MaxKept)
        {
            direct[stack] = count + 1;
            return new KeptPlace(owner, null, AddHidden(owner, "bound" + count + "@" + stack.Name, importer.Import(delegateType)), isReference);
        }
        if (!keepers.TryGetValue(stack, out var keeper) || keeper.Count == MaxKept)
            keepers[stack] = keeper = Declare(stack, owner);
        var field = new FieldDefinition("bound" + keeper.Count++, FieldAttributes.Assembly, importer.Import(delegateType));
        keeper.Class.Fields.Add(field);
        return new KeptPlace(owner, keeper, types.Field(field, types.SelfOf(keeper.Class)), isReference);
    }

    /// <summary>Loads the state's object into a local, and branches where there is none. The contexts are the body's arguments.</summary>
    public Local EmitOwner(BlockWriter writer, StateOwner owner, Block ownerless)
    {
        var local = writer.Temporary(owner.Type);
        writer.Emit(Code.Ldarg, writer.Body.Arguments[owner.Parameter]);
        foreach (var field in owner.Path)
            writer.Emit(Code.Ldfld, field);
        writer.Emit(Code.Stloc, local);
        writer.Emit(Code.Ldloc, local);
        writer.BranchOver(Code.Brfalse, ownerless, []);
        return local;
    }

    /// <summary>Loads what the state's object keeps into a local, and branches where that is nothing, or is for other contexts.</summary>
    public Local EmitKept(BlockWriter writer, Keeper keeper, Local owner, Block other)
    {
        var kept = writer.Temporary(types.SelfOf(keeper.Class));
        writer.Emit(Code.Ldloc, owner);
        writer.Emit(Code.Ldfld, keeper.Field);
        writer.Emit(Code.Stloc, kept);
        writer.Emit(Code.Ldloc, kept);
        writer.BranchOver(Code.Brfalse, other, []);
        for (var i = 0; i < keeper.Contexts.Length; i++)
        {
            var (argument, held) = (writer.Body.Arguments[i], keeper.Contexts[i]);
            comparison.Emit(writer, held.Type, () => writer.Emit(Code.Ldarg, argument), () => EmitHeld(writer, kept, held), other);
        }
        return kept;
    }

    private static void EmitHeld(BlockWriter writer, Local kept, FieldSymbol held)
    {
        writer.Emit(Code.Ldloc, kept);
        writer.Emit(Code.Ldfld, held);
    }

    private Keeper Declare(ContextStack stack, StateOwner owner)
    {
        var name = "Kept" + declared++ + "@" + stack.Name;
        var type = holder.AddClass(name);
        var (constructor, fields) = new CarrierFields(types, importer, holder).Write(type, stack.Parameters);
        return new Keeper(type, constructor, fields, AddHidden(owner, name, type));
    }

    private FieldSymbol AddHidden(StateOwner owner, string name, TypeReference type)
    {
        var field = new FieldDefinition(MetadataNames.Fit("<Cassette>" + name), FieldAttributes.Assembly | FieldAttributes.NotSerialized, type);
        holder.MarkGenerated(field);
        owner.Type.Definition!.Fields.Add(field);
        return types.Field(field, owner.Type);
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
/// <param name="type">The class.</param>
/// <param name="constructor">Its constructor, which takes the contexts.</param>
/// <param name="contexts">Its fields for the contexts.</param>
/// <param name="field">The field for it of the state's object.</param>
internal sealed class Keeper(TypeDefinition type, MethodDefinition constructor, FieldSymbol[] contexts, FieldSymbol field)
{
    public TypeDefinition Class { get; } = type;

    public MethodDefinition Constructor { get; } = constructor;

    public FieldSymbol[] Contexts { get; } = contexts;

    public FieldSymbol Field { get; } = field;

    /// <summary>How many delegates have a place in it.</summary>
    public int Count { get; set; }
}

/// <summary>Where one delegate is kept.</summary>
/// <param name="Owner">The state's object.</param>
/// <param name="Keeper">The class that keeps it; null for a field of the state's object.</param>
/// <param name="Bound">The field.</param>
/// <param name="IsReference">Whether the whole state is the reference to its object.</param>
internal readonly record struct KeptPlace(StateOwner Owner, Keeper? Keeper, FieldSymbol Bound, bool IsReference);
