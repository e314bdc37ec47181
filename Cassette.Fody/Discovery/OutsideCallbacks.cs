using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Which methods of the module code that knows nothing of it can call on its objects: overrides and implementations of what is declared
/// outside, static members of interfaces included.
/// </summary>
internal sealed class OutsideCallbacks(TypeUniverse types, Assignability assignability)
{
    private readonly VirtualFamilies families = new(types);
    private readonly Dictionary<TypeSymbol, IReadOnlyList<MethodDefinition>> behind = [];
    private readonly Dictionary<TypeDefinition, IReadOnlyList<MethodDefinition>> callable = new(ReferenceComparer<TypeDefinition>.Instance);
    private readonly Dictionary<int, List<IReadOnlyList<MethodDefinition>>> lists = [];
    private List<TypeDefinition>? candidates;

    /// <summary>What can be called on an object that has a static type, in the order of the module. Types with the same methods have the same list.</summary>
    public IReadOnlyList<MethodDefinition> On(TypeSymbol type)
    {
        if (!behind.TryGetValue(type, out var methods))
            behind.Add(type, methods = CannotBeOfTheModule(type) ? [] : OneFor([.. Candidates.Where(c => MayBe(c, type)).SelectMany(CallableOn).Distinct()]));
        return methods;
    }

    /// <summary>One list for all types with the same methods behind them: each type parameter has all of the module's, which would be listed for each.</summary>
    private IReadOnlyList<MethodDefinition> OneFor(IReadOnlyList<MethodDefinition> methods)
    {
        var hash = methods.Aggregate(methods.Count, (sum, method) => sum * 31 + method.MetadataToken.ToInt32());
        if (!lists.TryGetValue(hash, out var known))
            lists.Add(hash, known = []);
        var found = known.FirstOrDefault(list => list.SequenceEqual(methods));
        if (found is null)
            known.Add(found = methods);
        return found;
    }

    /// <summary>The finaliser that an object of a class has from the module.</summary>
    public MethodDefinition? FinalizerOf(TypeDefinition type)
    {
        for (TypeSymbol? current = types.SelfOf(type); current?.Definition is { } definition && definition.Module == types.Module; current = current.BaseType)
        {
            if (definition.Methods.FirstOrDefault(IsFinalizer) is { } found)
                return found;
        }
        return null;
    }

    private List<TypeDefinition> Candidates => candidates ??= [.. types.Module.GetTypes().Where(t => !t.IsInterface && t.BaseType != null && CallableOn(t).Count > 0)];

    private IReadOnlyList<MethodDefinition> CallableOn(TypeDefinition type)
    {
        if (callable.TryGetValue(type, out var methods))
            return methods;
        var found = new List<MethodDefinition>();
        var self = types.SelfOf(type);
        for (TypeSymbol? current = self; current?.Definition is { } definition && definition.Module == types.Module; current = current.BaseType)
            found.AddRange(definition.Methods.Where(m => m.IsVirtual && !m.IsStatic && !m.IsAbstract && !IsFinalizer(m) && families.FirstDeclaration(m).Module != types.Module));
        foreach (var @interface in self.Interfaces)
        {
            if (@interface.Definition is not { } definition || definition.Module == types.Module)
                continue;
            foreach (var method in definition.Methods.Where(m => m.IsVirtual))
            {
                if (families.ImplementationOn(self, types.Method(method, @interface, types.ParametersOf(method)), inherited: false)?.Definition is { IsAbstract: false } implementation)
                    found.Add(implementation);
            }
        }
        callable.Add(type, methods = [.. found.Distinct()]);
        return methods;
    }

    private static bool IsFinalizer(MethodDefinition method) => method is { Name: "Finalize", IsVirtual: true, HasParameters: false } && method.ReturnType.FullName == "System.Void";

    private bool CannotBeOfTheModule(TypeSymbol type) =>
        type.Definition is { } definition && definition.Module != types.Module && definition.IsSealed;

    /// <summary>Whether the static type is one that the class or struct has.</summary>
    private bool MayBe(TypeDefinition candidate, TypeSymbol type)
    {
        if (type.IsGenericParameter)
            return types.ConstraintsOf(type).All(c => MayBe(candidate, c));
        if (type.Definition is not { } wanted)
            return false;
        if (type == types.Object || !IsOrDerives(candidate, wanted) && !(wanted.IsInterface && Implements(candidate, wanted)))
            return type == types.Object;
        // On which type arguments a generic class exists is not known here.
        var self = types.SelfOf(candidate);
        return self.IsOpen || type.IsOpen || candidate == wanted || (self.IsValueType ? assignability.IsBoxedAssignable(self, type) : assignability.IsAssignable(self, type));
    }

    private bool Implements(TypeDefinition candidate, TypeDefinition wanted) =>
        IsOrDerives(candidate, wanted) || types.SelfOf(candidate).Interfaces.Any(i => i.Definition == wanted);

    private bool IsOrDerives(TypeDefinition candidate, TypeDefinition wanted)
    {
        for (TypeSymbol? current = types.SelfOf(candidate); current?.Definition != null; current = current.BaseType)
        {
            if (current.Definition == wanted)
                return true;
        }
        return false;
    }
}
