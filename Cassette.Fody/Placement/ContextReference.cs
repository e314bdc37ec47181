using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Stacks of contexts whose whole state is one reference: one context is a class, or a struct that has no other instance field than a reference or
/// such a struct, and the others have no fields. A delegate can be closed over the reference, so that nothing has to be made to hold it.
/// </summary>
internal sealed class ContextReference(TypeUniverse types, RuntimeLibrary library)
{
    /// <summary>Whether a stack's state is one reference.</summary>
    public bool IsStateOf(ContextStack stack) => stack.Parameters.Length == 1 && IsReference(stack.Parameters[0]);

    /// <summary>The class of the module that the reference is declared to be of; null where it is another type, or generic.</summary>
    public TypeDefinition? OwnerOf(ContextStack stack)
    {
        var type = stack.Parameters[0];
        while (type.IsValueType)
            type = types.Field(type.Definition!.Fields.First(f => !f.IsStatic), type).Type;
        return type is { Shape: TypeShape.Class, Arguments.Length: 0, Definition: { } owner } && owner.Module == types.Module && !CallRouter.IsDelegate(owner) ? owner : null;
    }

    /// <summary>Turns the context on the stack into the reference, which is an <c>object</c> then.</summary>
    public void EmitTake(BlockWriter writer, ContextStack stack) => Emit(writer, "Of", stack);

    /// <summary>Turns the reference on the stack into the context.</summary>
    public void EmitGive(BlockWriter writer, ContextStack stack) => Emit(writer, "To", stack);

    private void Emit(BlockWriter writer, string name, ContextStack stack)
    {
        var method = library.Method(library.StateReference, name, 1);
        writer.Emit(Code.Call, types.Method(method.Definition!, method.DeclaringType, [stack.Parameters[0]]));
    }

    /// <summary>Whether a value is one reference and nothing else.</summary>
    public static bool IsReference(TypeSymbol type)
    {
        if (!type.IsValueType)
            return type.IsReferenceType && !type.IsGenericParameter;
        if (type is not { Shape: TypeShape.Struct, IsByRefLike: false, Definition: { } definition } || HasOwnLayout(definition) || IsOutline(definition))
            return false;
        var fields = definition.Fields.Where(f => !f.IsStatic).ToArray();
        return fields.Length == 1 && IsReference(type.Universe.Field(fields[0], type).Type);
    }

    /// <summary>Whether a struct may be larger than its field, or have it several times.</summary>
    public static bool HasOwnLayout(TypeDefinition type) =>
        type.IsExplicitLayout || type.ClassSize > 0 || type.CustomAttributes.Any(a => a.AttributeType.Name == "InlineArrayAttribute");

    /// <summary>Whether the struct is seen in a reference assembly, which may show fewer fields than there are.</summary>
    private static bool IsOutline(TypeDefinition type) =>
        type.Module.Assembly?.CustomAttributes.Any(a => a.AttributeType.Name == "ReferenceAssemblyAttribute") == true;
}
