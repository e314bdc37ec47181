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
/// The interfaces that stand in for slots where none can be added: in a class or interface outside, or beside a static abstract member that a
/// type which the weaver never sees would lack. In C#, for <c>int IComparable&lt;T&gt;.CompareTo(T)</c> and a context:
/// <code>
/// interface CompareTo@Ctx&lt;in T&gt; { int CompareTo@Ctx(T other, Ctx context); }
/// static int CompareTo@Ctx&lt;T&gt;(IComparable&lt;T&gt; self, T other, Ctx context) =>
///     self is CompareTo@Ctx&lt;T&gt; woven ? woven.CompareTo@Ctx(other, context) : self.CompareTo(other);
/// static int CompareTo@Ctx&lt;T, TSelf&gt;(ref TSelf self, T other, Ctx context) =>
///     self is CompareTo@Ctx&lt;T&gt; ? self.CompareTo@Ctx(other, context) : self.CompareTo(other);
/// </code>
/// The second serves calls on type parameters, and makes no box: both calls in it are constrained. Where the type is a struct, the JIT decides
/// its test while it compiles.
/// </summary>
internal sealed class Families(TypeUniverse types, SymbolImporter importer, Holder holder)
{
    private readonly Dictionary<(MethodDefinition, ContextStack), MethodDefinition> slots = [];
    private readonly HashSet<(TypeDefinition, TypeSymbol)> implemented = [];

    /// <summary>Declares the interfaces that the plan calls for.</summary>
    public void Declare(WeavePlan plan)
    {
        foreach (var (root, stack) in plan.Families)
            slots.Add((root, stack), Declare(root, stack));
    }

    /// <summary>The method of the interface that stands in for a root.</summary>
    public MethodDefinition SlotOf(MethodDefinition root, ContextStack stack) => slots[(root, stack)];

    /// <summary>Lets a type implement the interface that stands in for a root, which is given as the type inherits it.</summary>
    public TypeReference Implement(TypeDefinition type, MethodSymbol root, ContextStack stack)
    {
        var @interface = InterfaceOf(SlotOf(root.Definition!, stack), root.DeclaringType);
        if (implemented.Add((type, @interface)))
            type.Interfaces.Add(new Mono.Cecil.InterfaceImplementation(importer.Import(@interface)));
        return importer.Import(@interface);
    }

    /// <summary>The interface on the root's type arguments.</summary>
    public TypeSymbol InterfaceOf(MethodDefinition slot, TypeSymbol declaringType) =>
        types.Instantiate(types.Import(slot.DeclaringType, GenericScope.Empty), declaringType.Arguments);

    private MethodDefinition Declare(MethodDefinition root, ContextStack stack)
    {
        var type = holder.AddInterface(root.Name.Substring(root.Name.LastIndexOf('.') + 1) + slots.Count + "@" + stack.Name);
        GenericParameters.Copy(types, importer, root.DeclaringType, root.DeclaringType.GenericParameters, type);
        for (var i = 0; i < type.GenericParameters.Count; i++)
            type.GenericParameters[i].Attributes |= root.DeclaringType.GenericParameters[i].Attributes & GenericParameterAttributes.VarianceMask;
        var kind = root.IsStatic ? MethodAttributes.Static : MethodAttributes.NewSlot;
        var slot = new MethodDefinition(
            MetadataNames.Fit(root.Name + "@" + stack.Name), MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.Abstract | MethodAttributes.Virtual | kind, types.Module.TypeSystem.Void)
        { HasThis = !root.IsStatic };
        GenericParameters.Copy(types, importer, root, root.GenericParameters, slot);
        type.Methods.Add(slot);
        // Constraints of the method may name the type's parameters.
        var symbol = types.Method(root, types.Instantiate(types.Import(root.DeclaringType, GenericScope.Empty), types.ParametersOf(type)), types.ParametersOf(slot));
        slot.ReturnType = importer.Import(symbol.ReturnType);
        for (var i = 0; i < symbol.Parameters.Length; i++)
            slot.Parameters.Add(new ParameterDefinition(root.Parameters[i].Name, ParameterAttributes.None, importer.Import(symbol.Parameters[i])));
        foreach (var context in stack.Parameters)
            slot.Parameters.Add(new ParameterDefinition("context", ParameterAttributes.None, importer.Import(context)));
        return slot;
    }
}
