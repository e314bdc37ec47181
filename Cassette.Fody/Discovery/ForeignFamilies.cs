using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Answers whether a virtual call of a method outside the module may run a method of the module: an override of it, or an implementation, in a
/// type that an object behind the receiver's static type can have.
/// </summary>
internal sealed class ForeignFamilies
{
    private readonly TypeUniverse types;
    private readonly Assignability assignability;
    private readonly Dictionary<string, List<MethodDefinition>> virtuals = [];
    private readonly List<TypeDefinition> classes = [];
    private readonly ClosedFamilies closed;

    public ForeignFamilies(TypeUniverse types)
    {
        this.types = types;
        assignability = new Assignability(types);
        closed = new ClosedFamilies(types);
        foreach (var type in types.Module.GetTypes())
        {
            if (type.IsInterface)
                continue;
            classes.Add(type);
            foreach (var method in type.Methods)
            {
                if (!method.IsVirtual || method.IsStatic || method.IsAbstract || !method.IsReuseSlot)
                    continue;
                if (!virtuals.TryGetValue(method.Name, out var list))
                    virtuals.Add(method.Name, list = []);
                list.Add(method);
            }
        }
    }

    /// <summary>Whether a call may arrive in the module.</summary>
    /// <param name="callee">The method, defined outside the module.</param>
    /// <param name="receiver">The receiver's static type; null where it is not known.</param>
    public bool MayReachModule(MethodSymbol callee, TypeSymbol? receiver) => callee.DeclaringType.Definition is { IsInterface: true }
        ? classes.Any(type => MayBeBehind(type, receiver) && Implements(type, callee))
        : virtuals.TryGetValue(callee.Name, out var overrides) && overrides.Any(method => MayBeBehind(method.DeclaringType, receiver) && Overrides(method, callee));

    /// <summary>Whether a type of the module, or a base of it in the module, has the method that an interface's method leads to.</summary>
    public bool Implements(TypeDefinition type, MethodSymbol interfaceMethod)
    {
        foreach (var implemented in types.SelfOf(type).Interfaces)
        {
            if (implemented.Definition is null || !assignability.MayConvert(implemented, interfaceMethod.DeclaringType))
                continue;
            for (var current = types.SelfOf(type); current?.Definition is { } definition && definition.Module == types.Module; current = current.BaseType)
            {
                if (definition.Methods.Any(m => Fulfils(m, current, implemented, interfaceMethod.Definition!)))
                    return true;
            }
        }
        return false;
    }

    private bool Fulfils(MethodDefinition method, TypeSymbol type, TypeSymbol @interface, MethodDefinition interfaceMethod)
    {
        if (!method.IsVirtual || method.IsStatic || method.IsAbstract)
            return false;
        if (method.Overrides.Any(o => types.DefinitionOf(o.GetElementMethod()) == interfaceMethod))
            return true;
        return method.IsPublic && method.Name == interfaceMethod.Name && HaveSameParameters(method, type, interfaceMethod, @interface);
    }

    private bool Overrides(MethodDefinition method, MethodSymbol callee)
    {
        for (var type = types.SelfOf(method.DeclaringType).BaseType; type?.Definition != null; type = type.BaseType)
        {
            if (type.Definition == callee.DeclaringType.Definition)
                return HaveSameParameters(method, types.SelfOf(method.DeclaringType), callee.Definition!, type);
        }
        return false;
    }

    private bool HaveSameParameters(MethodDefinition method, TypeSymbol type, MethodDefinition other, TypeSymbol otherType)
    {
        if (method.Parameters.Count != other.Parameters.Count || method.GenericParameters.Count != other.GenericParameters.Count)
            return false;
        var arguments = types.ParametersOf(method);
        return types.Method(method, type, arguments).Parameters.SequenceEqual(types.Method(other, otherType, arguments).Parameters);
    }

    /// <summary>Whether a call of a root, on the type arguments that it has there, may run a member of its family, which then needs the context.</summary>
    /// <param name="member">The member.</param>
    /// <param name="root">The root.</param>
    /// <param name="receiver">The receiver's static type; null where it is not known.</param>
    public bool MayRun(InterfaceImplementation member, MethodSymbol root, TypeSymbol? receiver) =>
        !Plumbing.HandsOutElements(member.Type, root.Definition!) && assignability.MayConvert(member.InterfaceMethod.DeclaringType, root.DeclaringType) && (receiver is null || MayBeBehind(member.Type, receiver));

    /// <summary>Whether an object whose class is a type, or derived from it, can stand behind a static type.</summary>
    private bool MayBeBehind(TypeDefinition type, TypeSymbol? receiver)
    {
        if (receiver?.Definition is not { } wanted)
            return receiver?.Shape is not (TypeShape.Vector or TypeShape.Array);
        if (wanted.IsInterface)
            return closed.DescendantsOf(type) is not { } classes || classes.Any(c => types.SelfOf(c).Interfaces.Any(i => assignability.MayConvert(i, receiver)));
        return IsBaseOf(wanted, type) || IsBaseOf(type, wanted);
    }

    private bool IsBaseOf(TypeDefinition ancestor, TypeDefinition type)
    {
        for (TypeSymbol? current = types.SelfOf(type); current?.Definition != null; current = current.BaseType)
        {
            if (current.Definition == ancestor)
                return true;
        }
        return false;
    }
}
