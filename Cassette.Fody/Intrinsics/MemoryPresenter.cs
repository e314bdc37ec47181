using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Intrinsics;

/// <summary>Presents fields, arrays, indirection, allocation and casts.</summary>
internal sealed class MemoryPresenter(TypeUniverse types, IntrinsicLibrary library)
{
    /// <summary>The intrinsic for an instruction on what the stack holds; null where there is none.</summary>
    public MethodSymbol? Present(string name, Instruction instruction, StackMachine machine)
    {
        var stack = machine.Stack;
        switch (name)
        {
            case "LoadStatic":
                return library.Find(name, [], instruction.Field.Type);
            case "StoreStatic":
                return library.Find(name, ["TField"], instruction.Field.Type);
            case "StaticAddress":
                return library.Find(name, [], instruction.Field.Type);
            case "LoadField" or "FieldAddress":
                return Field(name, stack[stack.Count - 1], instruction.Field);
            case "StoreField":
                return Field(name, stack[stack.Count - 2], instruction.Field, "TField");
            case "LoadElement" or "ElementAddress":
                return library.Find(name, ["T[]", Index(stack[stack.Count - 1])], Element(instruction, machine, stack[stack.Count - 2]));
            case "StoreElement":
                return library.Find(name, ["T[]", Index(stack[stack.Count - 2]), "T"], Element(instruction, machine, stack[stack.Count - 3]));
            case "ArrayLength":
                return library.Find(name, ["T[]"], stack[stack.Count - 1].Type is { Shape: TypeShape.Vector } vector ? vector.Element! : types.Object);
            case "NewArray":
                return library.Find(name, [Index(stack[stack.Count - 1])], instruction.Type);
            case "Box":
                return library.Find(name, ["T"], instruction.Type);
            case "Cast" when !instruction.Type.IsReferenceType:
                return null;
            case "Unbox" or "UnboxAny" or "Cast" or "IsInstance" or "IsBox":
                return library.Find(name, ["object"], instruction.Type);
            case "LoadIndirect":
                return library.Find(name, [Address("T", stack[stack.Count - 1])], Pointed(instruction, machine, stack[stack.Count - 1]));
            case "StoreIndirect":
                return library.Find(name, [Address("T", stack[stack.Count - 2]), "T"], Pointed(instruction, machine, stack[stack.Count - 2]));
            case "InitObject":
                return library.Find(name, [Address("T", stack[stack.Count - 1])], instruction.Type);
            case "CopyObject":
                return library.Find(name, Both("T", stack), instruction.Type);
            case "CopyBlock":
                return library.Find(name, [.. Both("void", stack.GetRange(0, stack.Count - 1)), "uint"]);
            case "InitBlock":
                return library.Find(name, [Address("void", stack[stack.Count - 3]), "byte", "uint"]);
            case "StackAllocate":
                return library.Find(name, ["nuint"]);
            default:
                return null;
        }
    }

    /// <summary>The intrinsic for a call of a method that the runtime gives to arrays of several dimensions (ECMA-335 II.14.2).</summary>
    public MethodSymbol? OfArray(string name, MethodSymbol method)
    {
        var array = method.DeclaringType;
        string[] indexes = [.. Enumerable.Repeat("int", array.Rank)];
        var shape = "T[" + new string(',', array.Rank - 1) + "]";
        // A constructor may take lower bounds too.
        return name != "NewArray" ? library.Find(name, name == "StoreElement" ? [shape, .. indexes, "T"] : [shape, .. indexes], array.Element!)
            : method.Parameters.Length == array.Rank && array.Rank > 1 ? library.Find(name, indexes, array.Element!) : null;
    }

    private MethodSymbol? Field(string name, StackType target, FieldSymbol field, params string[] further)
    {
        // An instruction for instances may name a static field, whose object it throws away (III.4.10).
        if (field.IsStatic)
            return null;
        return library.Find(name, [Target(target), .. further], target.Kind == StackKind.Object ? Narrowest(target.Type, field.DeclaringType) : field.DeclaringType, field.Type);
    }

    private static string Target(StackType target) => target.Kind switch
    {
        StackKind.ByRef => "TObject&",
        StackKind.Pointer or StackKind.NativeInt => "TObject*",
        _ => "TObject",
    };

    /// <summary>The object's static type where it derives from the field's.</summary>
    private static TypeSymbol Narrowest(TypeSymbol? actual, TypeSymbol declaring)
    {
        for (var type = actual; type != null; type = type.BaseType)
        {
            if (type == declaring)
                return actual!;
        }
        return declaring;
    }

    private static string Index(StackType index) => index.Kind == StackKind.Int32 ? "int" : "nint";

    private static string Address(string pointed, StackType address) =>
        address.Kind != StackKind.ByRef ? pointed + "*" : pointed == "void" ? "byte&" : pointed + "&";

    /// <summary>Two addresses: where one is a reference, the other one is taken as such.</summary>
    private static string[] Both(string pointed, List<StackType> stack)
    {
        StackType destination = stack[stack.Count - 2], source = stack[stack.Count - 1];
        var shape = Address(pointed, destination.Kind == StackKind.ByRef ? destination : source);
        return [shape, shape];
    }

    private TypeSymbol Element(Instruction instruction, StackMachine machine, StackType array) =>
        instruction.Operand as TypeSymbol ?? ResultOf(new Instruction(LoadOf(instruction.Code)), machine, array, StackType.Of(types.Int32));

    private TypeSymbol Pointed(Instruction instruction, StackMachine machine, StackType address) =>
        instruction.Operand as TypeSymbol ?? ResultOf(new Instruction(LoadOf(instruction.Code)), machine, address);

    /// <summary>What a load would find: for a store as for the load itself.</summary>
    private static TypeSymbol ResultOf(Instruction load, StackMachine machine, params StackType[] stack)
    {
        var probe = new StackMachine(machine.Body);
        probe.Stack.AddRange(stack);
        probe.Apply(load);
        return probe.Stack[probe.Stack.Count - 1].Type!;
    }

    private static Code LoadOf(Code store) => store switch
    {
        Code.Stelem_I => Code.Ldelem_I,
        Code.Stelem_I1 => Code.Ldelem_I1,
        Code.Stelem_I2 => Code.Ldelem_I2,
        Code.Stelem_I4 => Code.Ldelem_I4,
        Code.Stelem_I8 => Code.Ldelem_I8,
        Code.Stelem_R4 => Code.Ldelem_R4,
        Code.Stelem_R8 => Code.Ldelem_R8,
        Code.Stelem_Ref => Code.Ldelem_Ref,
        Code.Stind_I => Code.Ldind_I,
        Code.Stind_I1 => Code.Ldind_I1,
        Code.Stind_I2 => Code.Ldind_I2,
        Code.Stind_I4 => Code.Ldind_I4,
        Code.Stind_I8 => Code.Ldind_I8,
        Code.Stind_R4 => Code.Ldind_R4,
        Code.Stind_R8 => Code.Ldind_R8,
        Code.Stind_Ref => Code.Ldind_Ref,
        _ => store,
    };
}
