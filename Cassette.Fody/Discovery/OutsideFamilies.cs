using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Who of the module takes part in a family of virtual methods to which no clone's slot can be added: one that is declared outside, or one of
/// static members.
/// </summary>
/// <remarks>
/// State machines are left out: who runs one made natively runs it natively, and one made in a context carries it.
/// </remarks>
internal sealed class OutsideFamilies(TypeUniverse types, Lazy<VirtualFamilies> families, Func<TypeDefinition, bool> isMachine)
{
    private readonly Dictionary<MethodDefinition, IReadOnlyList<InterfaceImplementation>> members = new(ReferenceComparer<MethodDefinition>.Instance);

    /// <summary>The first declaration of a method's slot, on the type arguments that the method's type gives it.</summary>
    public MethodSymbol RootOf(MethodSymbol callee)
    {
        var root = callee.DeclaringType.Shape == TypeShape.Interface ? callee.Definition! : families.Value.FirstDeclaration(callee.Definition!);
        return types.Method(root, BaseOf(callee.DeclaringType, root.DeclaringType)!, callee.MethodArguments);
    }

    /// <summary>How the module's types take part in a family: the type, the root as it inherits it, and its own method, which it does not inherit.</summary>
    public IReadOnlyList<InterfaceImplementation> MembersOf(MethodDefinition root)
    {
        if (!members.TryGetValue(root, out var found))
            members.Add(root, found = [.. root.DeclaringType.IsInterface ? ImplementationsOf(root) : OverridersOf(root)]);
        return found;
    }

    /// <summary>The method of a class of the module that a call of a root runs on an object whose class is that one; null when it lies outside.</summary>
    public MethodSymbol? OverrideOn(TypeSymbol type, MethodDefinition root)
    {
        for (TypeSymbol? current = type; current?.Definition is { } definition && definition.Module == types.Module; current = current.BaseType)
        {
            var own = definition.Methods.FirstOrDefault(m => m.IsVirtual && !m.IsStatic && m.Parameters.Count == root.Parameters.Count && families.Value.FirstDeclaration(m) == root);
            if (own != null)
                return types.Method(own, current, types.ParametersOf(own));
        }
        return null;
    }

    /// <summary>The instantiation of a type that another is or derives from.</summary>
    private static TypeSymbol? BaseOf(TypeSymbol type, TypeDefinition ancestor)
    {
        for (TypeSymbol? current = type; current != null; current = current.BaseType)
        {
            if (current.Definition == ancestor)
                return current;
        }
        return null;
    }

    private IEnumerable<InterfaceImplementation> OverridersOf(MethodDefinition root)
    {
        foreach (var method in families.Value.TopOverriders)
        {
            if (method.Name == root.Name && families.Value.FirstDeclaration(method) == root && BaseOf(types.SelfOf(method.DeclaringType), root.DeclaringType) is { } @base)
                yield return new InterfaceImplementation(method.DeclaringType, types.Method(root, @base, types.ParametersOf(method)), types.SelfOf(method));
        }
    }

    private IEnumerable<InterfaceImplementation> ImplementationsOf(MethodDefinition root)
    {
        foreach (var type in types.Module.GetTypes())
        {
            if (type.IsInterface || type.BaseType is null || isMachine(type))
                continue;
            var self = types.SelfOf(type);
            foreach (var @interface in self.Interfaces)
            {
                if (@interface.Definition != root.DeclaringType)
                    continue;
                var symbol = types.Method(root, @interface, types.ParametersOf(root));
                var inherited = self.BaseType!.Interfaces.Contains(@interface);
                if ((families.Value.ImplementationOn(self, symbol, inherited) ?? OverrideOfInherited(self, symbol)) is { } method)
                    yield return new InterfaceImplementation(type, symbol, method);
            }
        }
    }

    /// <summary>The type's own override of a class method outside that implements the interface there.</summary>
    private MethodSymbol? OverrideOfInherited(TypeSymbol self, MethodSymbol interfaceMethod)
    {
        foreach (var method in self.Definition!.Methods)
        {
            if (!method.IsVirtual || method.IsStatic || method.Name != interfaceMethod.Name || families.Value.OverriddenBy(method) is not { IsPublic: true } parent || parent.Module == types.Module)
                continue;
            var symbol = types.Method(method, self, types.ParametersOf(method));
            if (types.Method(interfaceMethod.Definition!, interfaceMethod.DeclaringType, symbol.MethodArguments).Parameters.SequenceEqual(symbol.Parameters))
                return symbol;
        }
        return null;
    }
}
