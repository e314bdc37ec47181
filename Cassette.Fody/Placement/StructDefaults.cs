using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Emission;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// The interfaces by which structs reach the clones of default implementations that they inherit. A default implementation runs on the struct's
/// box itself (II.12.2), and what it changes there is changed for everybody who has the box; a stub in the struct would get a reference
/// to the content and could only make another box of it. In C#, for a struct and a context:
/// <code>
/// struct S : ICounter, S.Defaults@Ctx
/// {
///     interface Defaults@Ctx : ICounter { void ICounter.Twice@Ctx(Ctx context) => clone of ICounter.Twice; }
/// }
/// </code>
/// It is nested in the struct, to reach the interfaces that the struct reaches.
/// </summary>
internal sealed class StructDefaults(TypeUniverse types, SymbolImporter importer)
{
    private readonly Dictionary<(TypeDefinition, ContextStack), TypeDefinition> interfaces = [];
    private readonly HashSet<(TypeDefinition, TypeSymbol)> inherited = [];

    /// <summary>Whether a stub leads to code that is declared in an interface, which a struct has to run on its box.</summary>
    public static bool RunsOnBox(SlotStub stub) =>
        stub.Type.IsValueType && !stub.InterfaceMethod.Definition!.IsStatic && (stub.Implementation is null || stub.Implementation.DeclaringType.Shape == TypeShape.Interface);

    /// <summary>The stub as the struct's interface has it.</summary>
    /// <param name="stub">The stub, as the struct would have it.</param>
    /// <param name="slotted">The interface with the slot.</param>
    /// <param name="slot">The interface with the slot as the struct's interface inherits it.</param>
    public SlotStub Move(SlotStub stub, TypeSymbol slotted, out TypeSymbol slot)
    {
        var type = Of(stub.Type, stub.Stack);
        var arguments = types.ParametersOf(type);
        slot = Inherit(slotted);
        var implementation = stub.Implementation!;
        return stub with
        {
            Type = type,
            InterfaceMethod = types.Method(stub.InterfaceMethod.Definition!, Inherit(stub.InterfaceMethod.DeclaringType), stub.InterfaceMethod.MethodArguments),
            Implementation = types.Method(implementation.Definition!, Inherit(implementation.DeclaringType), implementation.MethodArguments),
        };

        TypeSymbol Inherit(TypeSymbol @interface)
        {
            var mapped = types.Substitute(@interface, stub.Type, arguments, null, []);
            if (inherited.Add((type, mapped)))
                type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(mapped)));
            return mapped;
        }
    }

    private TypeDefinition Of(TypeDefinition type, ContextStack stack)
    {
        if (interfaces.TryGetValue((type, stack), out var known))
            return known;
        var added = new TypeDefinition("", "Defaults@" + stack.Name, TypeAttributes.NestedAssembly | TypeAttributes.Abstract | TypeAttributes.Interface);
        interfaces.Add((type, stack), added);
        type.NestedTypes.Add(added);
        GenericParameters.Copy(types, importer, type, type.GenericParameters, added);
        TypeSymbol[] own = [.. types.ParametersOf(type)];
        type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(types.Instantiate(types.Import(added, GenericScope.Empty), own))));
        return added;
    }
}
