using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Which fields and properties outside of the module keep delegates that code outside may call: those that are declared with a delegate type, or
/// with an array of one. What is generic over the delegate's type only keeps it, as with <see cref="HandedDelegates"/>.
/// </summary>
internal static class KeptDelegates
{
    /// <summary>The delegate type that an instruction puts into a field outside; null for any other instruction.</summary>
    public static TypeDefinition? PutBy(Instruction instruction, ModuleDefinition module) =>
        instruction.Code is Code.Stfld or Code.Stsfld && IsKept((FieldSymbol)instruction.Operand!, module) ? HandedDelegates.DelegateTypeOf(instruction.Field.Type) : null;

    /// <summary>Whether an instruction reads a delegate from a field outside.</summary>
    public static bool IsReadBy(Instruction instruction, ModuleDefinition module) =>
        instruction.Code is Code.Ldfld or Code.Ldsfld && IsKept((FieldSymbol)instruction.Operand!, module);

    /// <summary>Whether an instruction does either.</summary>
    public static bool IsTouchedBy(Instruction instruction, ModuleDefinition module) => PutBy(instruction, module) != null || IsReadBy(instruction, module);

    /// <summary>Whether a method puts what its last parameter gives into a property.</summary>
    public static bool IsPutBy(MethodSymbol callee, int parameter) => callee.Definition is { IsSetter: true } && parameter == callee.Parameters.Length - 1;

    /// <summary>Whether a method reads a delegate from a property.</summary>
    public static bool IsReadBy(MethodSymbol callee) =>
        callee.Definition is { IsGetter: true } definition && IsDelegate(definition.ReturnType, callee.ReturnType) && !HandedDelegates.IsDelegateRoot(definition.DeclaringType);

    /// <summary>
    /// Whether an instruction hands out delegates in a field outside in a way that cannot be followed: by the field's address, or because the field
    /// takes delegates of any type.
    /// </summary>
    public static bool IsLost(Instruction instruction, ModuleDefinition module)
    {
        if (instruction.Operand is not FieldSymbol { Definition: { } definition } field || definition.Module == module)
            return false;
        return instruction.Code switch
        {
            Code.Ldflda or Code.Ldsflda => IsDelegate(definition.FieldType, field.Type),
            Code.Stfld or Code.Stsfld => field.Type.Definition is { } type && HandedDelegates.IsDelegateRoot(type),
            _ => false,
        };
    }

    private static bool IsKept(FieldSymbol field, ModuleDefinition module) =>
        field.Definition is { } definition && definition.Module != module && IsDelegate(definition.FieldType, field.Type);

    private static bool IsDelegate(TypeReference declared, TypeSymbol type) =>
        declared is not GenericParameter and not ArrayType { ElementType: GenericParameter } && HandedDelegates.DelegateTypeOf(type) != null;
}
