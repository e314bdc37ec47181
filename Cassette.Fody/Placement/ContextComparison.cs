using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Whether two contexts are the same, so that what was made for one serves the other: by identity where a reference is compared, and by bits where a
/// number is, as no code of the program's is to run. The fields of the module's own structs are compared one by one.
/// </summary>
internal sealed class ContextComparison(TypeUniverse types, RuntimeLibrary library)
{
    /// <summary>Whether values of a type can be compared.</summary>
    public bool CanCompare(TypeSymbol type)
    {
        if (type.IsOpen || type.IsByRefLike || type.Shape is TypeShape.ByRef or TypeShape.Unresolved)
            return false;
        return !type.IsValueType || IsBits(type) || ContextReference.IsReference(type) || IsOwn(type) && FieldsOf(type).All(f => CanCompare(f.Type));
    }

    /// <summary>Writes a branch to a block, for contexts that differ.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="type">The contexts' type.</param>
    /// <param name="emitOne">Loads the one.</param>
    /// <param name="emitOther">Loads the other.</param>
    /// <param name="differ">The block.</param>
    public void Emit(BlockWriter writer, TypeSymbol type, System.Action emitOne, System.Action emitOther, Block differ)
    {
        if (IsComparedAsOne(type))
        {
            emitOne();
            emitOther();
            writer.BranchOver(Code.Bne_Un, differ, []);
        }
        else if (IsOwn(type) && !HasOwnLayout(type))
        {
            foreach (var field in FieldsOf(type))
                Emit(writer, field.Type, () => EmitField(writer, emitOne, field), () => EmitField(writer, emitOther, field), differ);
        }
        else
        {
            emitOne();
            emitOther();
            var same = library.Method(library.StateReference, "Same", 2);
            writer.Emit(Code.Call, types.Method(same.Definition!, same.DeclaringType, [type]));
            writer.BranchOver(Code.Brfalse, differ, []);
        }
    }

    private static void EmitField(BlockWriter writer, System.Action emitOwner, FieldSymbol field)
    {
        emitOwner();
        writer.Emit(Code.Ldfld, field);
    }

    /// <summary>Not floating-point numbers, of which one may differ from itself, and zeros of different signs equal each other.</summary>
    private static bool IsComparedAsOne(TypeSymbol type) =>
        type.IsReferenceType || StackType.Of(type).Kind is StackKind.Int32 or StackKind.Int64 or StackKind.NativeInt or StackKind.Pointer;

    /// <summary>
    /// Whether a value has no references in it, however deep. A reference assembly tells that rightly, as the compiler asks it too; were it wrong,
    /// values would be found to differ.
    /// </summary>
    private bool IsBits(TypeSymbol type) =>
        IsComparedAsOne(type) ? !type.IsReferenceType
        : StackType.Of(type).Kind == StackKind.Float || type is { Shape: TypeShape.Struct, IsByRefLike: false, Definition: { } definition } && FieldsOf(type).All(f => IsBits(f.Type));

    private bool IsOwn(TypeSymbol type) => type is { Shape: TypeShape.Struct, Definition: { } definition } && definition.Module == types.Module && (!HasOwnLayout(type) || IsBits(type));

    private static bool HasOwnLayout(TypeSymbol type) => ContextReference.HasOwnLayout(type.Definition!);

    private FieldSymbol[] FieldsOf(TypeSymbol type) => [.. type.Definition!.Fields.Where(f => !f.IsStatic).Select(f => types.Field(f, type))];
}
