using System;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Placement;

/// <summary>The types and members of the runtime library that woven code calls, as the woven module refers to them.</summary>
internal sealed class RuntimeLibrary
{
    public const string AssemblyName = "Cassette.Attributes";

    private readonly TypeUniverse types;
    private readonly ModuleDefinition library;

    private RuntimeLibrary(TypeUniverse types, ModuleDefinition library)
    {
        this.types = types;
        this.library = library;
    }

    /// <summary>The library's own module.</summary>
    public ModuleDefinition Module => library;

    public TypeSymbol DelegateTable => Type("Cassette.Runtime.DelegateTable");
    public TypeSymbol DelegateClone => Type("Cassette.Runtime.DelegateClone");
    public TypeSymbol FamilyTable => Type("Cassette.Runtime.FamilyTable");
    public TypeSymbol PointerTable => Type("Cassette.Runtime.PointerTable");
    public TypeSymbol Handlers => Type("Cassette.Runtime.Handlers");
    public TypeSymbol KeptDelegates => Type("Cassette.Runtime.KeptDelegates");
    public TypeSymbol StateReference => Type("Cassette.Runtime.StateReference");
    public TypeSymbol CloneMarker => Type("Cassette.Runtime.CloneMarker");
    public TypeSymbol ForeignOverrides => Type("Cassette.Runtime.ForeignOverrides");
    public TypeSymbol JoinPoint => Type("Cassette.JoinPoint");
    public TypeSymbol JoinPointTable => Type("Cassette.Runtime.JoinPointTable");
    public TypeSymbol Unboxable => Type("Cassette.Unboxable");

    /// <summary>What throws as making a delegate of an instance method and no instance does.</summary>
    public MethodSymbol ThrowsOnNull => Method(DelegateTable, "ThrowNoTarget", 0);

    /// <summary>The library that a module refers to; null when it refers to none, and so cannot enter any context.</summary>
    public static RuntimeLibrary? Of(TypeUniverse types)
    {
        var reference = types.Module.AssemblyReferences.FirstOrDefault(r => r.Name == AssemblyName);
        return reference is null ? null
            : types.Module.AssemblyResolver.Resolve(reference) is { } assembly ? new RuntimeLibrary(types, assembly.MainModule)
            : throw new InvalidOperationException($"The referenced assembly {reference.FullName} cannot be found.");
    }

    /// <summary><c>Unsafe.As</c>: takes an object for one of a class, and looks at nothing.</summary>
    public MethodSymbol UnsafeAs(TypeSymbol type)
    {
        var @unsafe = types.Core("System.Runtime.CompilerServices", "Unsafe");
        return types.Method(@unsafe.Definition!.Methods.First(m => m.Name == "As" && m.GenericParameters.Count == 1), @unsafe, [type]);
    }

    /// <summary>
    /// Reads the variable that a reference on the stack refers to, or the type's default where it refers to nothing. A pointer, which is no type
    /// argument, is read as it is.
    /// </summary>
    /// <param name="type">The variable's type.</param>
    /// <param name="isBoxed">Whether what is read is boxed at once: a struct that is read first takes room in the caller's frame where the JIT does not optimise.</param>
    public Instruction Read(TypeSymbol type, bool isBoxed = false)
    {
        if (type.Shape is TypeShape.Pointer or TypeShape.FunctionPointer)
            return new Instruction(Code.Ldobj, type);
        var references = Type("Cassette.Runtime.References");
        return new Instruction(Code.Call, types.Method(references.Definition!.Methods.First(m => m.Name == (isBoxed ? "ReadBoxed" : "Read")), references, [type]));
    }

    public TypeSymbol Type(string fullName) =>
        types.Import(library.GetType(fullName) ?? throw Missing(fullName), GenericScope.Empty);

    /// <summary>A method of a library type by name and number of parameters.</summary>
    public MethodSymbol Method(TypeSymbol type, string name, int parameters)
    {
        var method = type.Definition!.Methods.FirstOrDefault(m => m.Name == name && m.Parameters.Count == parameters) ?? throw Missing(type + "." + name);
        return types.Method(method, type, []);
    }

    /// <summary>A method of a type by name and the names of its parameters' types.</summary>
    public MethodSymbol Method(TypeSymbol type, string name, params string[] parameterTypes)
    {
        var method = type.Definition!.Methods.FirstOrDefault(m => m.Name == name && m.Parameters.Select(p => p.ParameterType.Name).SequenceEqual(parameterTypes)) ?? throw Missing(type + "." + name);
        return types.Method(method, type, []);
    }

    private Exception Missing(string name) =>
        new InvalidOperationException($"{library.Name} has no {name}: the weaver and the runtime library are of different versions.");
}
