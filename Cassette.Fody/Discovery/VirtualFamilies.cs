using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>How a type of the module fulfils an interface method of the module.</summary>
/// <param name="Type">The implementing class or struct.</param>
/// <param name="InterfaceMethod">The interface's method, on the interface as the type implements it.</param>
/// <param name="Method">The method that runs, on the type that declares it; null when it lies outside the module or is ambiguous.</param>
internal sealed record InterfaceImplementation(TypeDefinition Type, MethodSymbol InterfaceMethod, MethodSymbol? Method);

/// <summary>
/// Who overrides and implements what among the module's own types (ECMA-335 I.8.10.4, II.10.3, II.12.2). Built once, when the first
/// virtual call is met.
/// </summary>
internal sealed class VirtualFamilies
{
    private readonly TypeUniverse types;
    private readonly Dictionary<MethodDefinition, List<MethodDefinition>> overriders = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly Dictionary<MethodDefinition, MethodDefinition> overridden = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly Dictionary<MethodDefinition, MethodDefinition> firstDeclarations = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly Dictionary<MethodDefinition, List<InterfaceImplementation>> implementations = new(ReferenceComparer<MethodDefinition>.Instance);

    public VirtualFamilies(TypeUniverse types)
    {
        this.types = types;
        foreach (var type in types.Module.GetTypes())
        {
            if (type.IsInterface)
                continue;
            foreach (var method in type.Methods)
            {
                if (method.IsVirtual && !method.IsStatic && FindOverridden(type, method) is { } parent)
                {
                    overridden[method] = parent;
                    if (parent.Module == types.Module)
                        ListOf(overriders, parent).Add(method);
                }
            }
            AddImplementations(type);
        }
    }

    /// <summary>The first declaration of a class method's slot; may lie outside the module.</summary>
    public MethodDefinition RootOf(MethodDefinition method)
    {
        while (overridden.TryGetValue(method, out var parent))
            method = parent;
        return method;
    }

    /// <summary>The first declaration of a class method's slot in the module: where a clone's slot begins.</summary>
    public MethodDefinition RootInModule(MethodDefinition method)
    {
        while (overridden.TryGetValue(method, out var parent) && parent.Module == types.Module)
            method = parent;
        return method;
    }

    /// <summary>The first declaration of a class method's slot, wherever the method itself is defined.</summary>
    public MethodDefinition FirstDeclaration(MethodDefinition method)
    {
        if (firstDeclarations.TryGetValue(method, out var first))
            return first;
        first = RootOf(method);
        while (!first.DeclaringType.IsInterface && first.Module != types.Module && FindOverridden(first.DeclaringType, first) is { } parent)
            first = parent;
        firstDeclarations.Add(method, first);
        return first;
    }

    /// <summary>The module's methods that override a class method outside, the topmost ones only.</summary>
    public IEnumerable<MethodDefinition> TopOverriders => overridden.Where(o => o.Value.Module != types.Module).Select(o => o.Key);

    /// <summary>
    /// The module's method that runs for an interface's method on one of the module's types; null where it is none of the module's, is
    /// ambiguous, or is inherited, so that the base type answers for it.
    /// </summary>
    public MethodSymbol? ImplementationOn(TypeSymbol type, MethodSymbol interfaceMethod, bool inherited) =>
        FindImplementation(type, interfaceMethod, inherited)?.Method is { Definition: { } found } method && found.Module == types.Module ? method : null;

    /// <summary>The class method that a method directly overrides, wherever it is defined.</summary>
    public MethodDefinition? OverriddenBy(MethodDefinition method) => overridden.TryGetValue(method, out var parent) ? parent : null;

    /// <summary>The module's methods that directly override a method of the module.</summary>
    public IReadOnlyList<MethodDefinition> OverridersOf(MethodDefinition method) =>
        overriders.TryGetValue(method, out var list) ? list : [];

    /// <summary>How the module's own classes and structs implement an interface method of the module.</summary>
    public IReadOnlyList<InterfaceImplementation> ImplementationsOf(MethodDefinition interfaceMethod) =>
        implementations.TryGetValue(interfaceMethod, out var list) ? list : [];

    private void AddImplementations(TypeDefinition type)
    {
        if (type.BaseType is null)
            return;
        var self = types.SelfOf(type);
        foreach (var @interface in self.Interfaces)
        {
            if (@interface.Definition is not { } definition || definition.Module != types.Module)
                continue;
            var inherited = self.BaseType!.Interfaces.Contains(@interface);
            foreach (var method in definition.Methods)
            {
                if (!method.IsVirtual || method.IsStatic)
                    continue;
                var symbol = types.Method(method, @interface, types.ParametersOf(method));
                // A type that inherits the interface takes part only where it names the method anew.
                var implementation = FindImplementation(self, symbol, inherited);
                if (implementation is { } found)
                    ListOf(implementations, method).Add(new InterfaceImplementation(type, symbol, found.Method));
            }
        }
    }

    private readonly record struct Found(MethodSymbol? Method);

    private Found? FindImplementation(TypeSymbol self, MethodSymbol interfaceMethod, bool inherited)
    {
        var isStatic = interfaceMethod.Definition!.IsStatic;
        for (var type = self; type?.Definition != null; type = type.BaseType)
        {
            var own = ReferenceEquals(type, self);
            foreach (var candidate in type.Definition.Methods)
            {
                if (candidate.HasOverrides && Overrides(type, candidate, interfaceMethod))
                    return new(types.Method(candidate, type, interfaceMethod.MethodArguments));
            }
            // A type that only inherits the interface keeps its base's implementation unless it re-declares the interface, which
            // the C# compiler writes into its own interface list.
            if (own && inherited && !Declares(type.Definition, interfaceMethod.DeclaringType))
                return null;
            foreach (var candidate in type.Definition.Methods)
            {
                if (candidate.IsPublic && candidate.IsStatic == isStatic && (candidate.IsVirtual || isStatic) && candidate.Name == interfaceMethod.Name && SameSignature(candidate, type, interfaceMethod))
                    return type.Definition.Module == types.Module ? new(types.Method(candidate, type, interfaceMethod.MethodArguments)) : new(null);
            }
        }
        return new(DefaultImplementation(self, interfaceMethod));
    }

    /// <summary>The default interface method that runs, when exactly one is in question (II.12.2: the most specific one).</summary>
    private MethodSymbol? DefaultImplementation(TypeSymbol self, MethodSymbol interfaceMethod)
    {
        var candidates = new List<MethodSymbol>();
        foreach (var @interface in self.Interfaces)
        {
            if (@interface.Definition is null)
                continue;
            foreach (var candidate in @interface.Definition.Methods)
            {
                if (candidate.HasOverrides && Overrides(@interface, candidate, interfaceMethod))
                    candidates.Add(types.Method(candidate, @interface, interfaceMethod.MethodArguments));
            }
        }
        candidates.RemoveAll(c => candidates.Any(other => other != c && other.DeclaringType.Interfaces.Contains(c.DeclaringType)));
        if (candidates.Count == 0 && !interfaceMethod.Definition!.IsAbstract)
            candidates.Add(interfaceMethod);
        return candidates.Count == 1 && candidates[0].Definition is { IsAbstract: false } only && only.Module == types.Module ? candidates[0] : null;
    }

    private bool Declares(TypeDefinition type, TypeSymbol @interface)
    {
        var scope = GenericScope.Of(types, type);
        return type.Interfaces.Any(i => types.Import(i.InterfaceType, scope) is var declared && (declared == @interface || declared.Interfaces.Contains(@interface)));
    }

    private bool Overrides(TypeSymbol type, MethodDefinition candidate, MethodSymbol interfaceMethod)
    {
        var scope = new GenericScope(types.ArgumentsOrParameters(type), types.ParametersOf(candidate));
        foreach (var reference in candidate.Overrides)
        {
            if (types.DefinitionOf(reference.GetElementMethod()) == interfaceMethod.Definition && types.Import(reference.DeclaringType, scope) == interfaceMethod.DeclaringType)
                return true;
        }
        return false;
    }

    private MethodDefinition? FindOverridden(TypeDefinition type, MethodDefinition method)
    {
        // A MethodImpl on a class method (covariant returns, explicitly chosen slots) wins over matching by name.
        foreach (var reference in method.Overrides)
        {
            if (types.DefinitionOf(reference.GetElementMethod()) is { DeclaringType.IsInterface: false } explicitly)
                return explicitly;
        }
        if (method.IsNewSlot)
            return null;
        for (var current = types.SelfOf(type).BaseType; current?.Definition != null; current = current.BaseType)
        {
            foreach (var candidate in current.Definition.Methods)
            {
                if (candidate.IsVirtual && !candidate.IsStatic && candidate.Name == method.Name && !candidate.IsPrivate
                    && SameSignature(candidate, current, types.SelfOf(method)))
                    return candidate;
            }
        }
        return null;
    }

    private bool SameSignature(MethodDefinition candidate, TypeSymbol type, MethodSymbol other)
    {
        if (candidate.Parameters.Count != other.Parameters.Length || candidate.GenericParameters.Count != other.MethodArguments.Length)
            return false;
        var symbol = types.Method(candidate, type, other.MethodArguments);
        return symbol.ReturnType == other.ReturnType && symbol.Parameters.SequenceEqual(other.Parameters);
    }

    private static List<T> ListOf<T>(Dictionary<MethodDefinition, List<T>> lists, MethodDefinition key)
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        return list;
    }
}
