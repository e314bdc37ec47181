using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>A class or struct of the module, and what a call in a family runs on an object whose class is exactly that one.</summary>
/// <param name="Type">The class or struct, on type arguments that are known.</param>
/// <param name="Method">The method that runs, on the type that declares it.</param>
public sealed record ExactClass(TypeSymbol Type, MethodSymbol Method);

/// <summary>The few classes that objects behind a call in a family rooted outside have, as far as they are the module's.</summary>
/// <param name="Root">The root, on type arguments that are known.</param>
/// <param name="Classes">The classes, in the module's order.</param>
/// <param name="IsClosed">Whether an object of any other class has no clone.</param>
public sealed record ExactFamily(MethodSymbol Root, IReadOnlyList<ExactClass> Classes, bool IsClosed);

/// <summary>
/// Finds the classes that calls in families rooted outside may compare an object's class with, one by one: that is one comparison each for the
/// JIT, and a hit needs no look-up and no virtual call.
/// </summary>
internal sealed class ExactFamilies(TypeUniverse types, ModuleIndex index, OutsideFamilies outside, System.Lazy<VirtualFamilies> families, StateMachines machines)
{
    /// <summary>More comparisons one after the other than these stand in a method of their own, which is not inlined.</summary>
    public const int MostCompared = 4;

    /// <summary>Of as many one may still be told to be likely at a place.</summary>
    private const int Most = Placement.LikelyMethods.MaxCandidates;

    private readonly bool hasFriends = ModuleFacts.HasFriends(types.Module);
    private readonly bool isOptimized = ModuleFacts.IsOptimized(types.Module);
    private readonly Dictionary<(MethodSymbol, TypeDefinition?), ExactFamily?> known = [];
    private readonly Dictionary<(MethodSymbol, string), ExactFamily> byClasses = [];

    /// <summary>The classes to compare with; null where that is not to be done: none are known, there are many, or the JIT does not optimise.</summary>
    /// <param name="root">The root, as the call's place sees it.</param>
    /// <param name="receiver">The receiver's static type; null where it is not known.</param>
    public ExactFamily? Of(MethodSymbol root, TypeSymbol? receiver)
    {
        if (!isOptimized || root.DeclaringType.IsOpen || root.MethodArguments.Length > 0 || root.Definition is not { IsPublic: true, IsStatic: false })
            return null;
        var key = (root, receiver?.Definition);
        if (!known.TryGetValue(key, out var family))
            known.Add(key, family = Find(root, receiver?.Definition));
        return family;
    }

    /// <summary>
    /// The method of the module that a call of a root runs on an object whose class is exactly a given one; null where it lies outside, is
    /// declared in an interface, or is not known.
    /// </summary>
    public MethodSymbol? MethodOn(TypeSymbol type, MethodSymbol root)
    {
        if (!root.DeclaringType.Definition!.IsInterface)
            return outside.OverrideOn(type, root.Definition!);
        var members = outside.MembersOf(root.Definition!);
        foreach (var current in ChainOf(type))
        {
            foreach (var member in members)
            {
                if (member.Type == current.Definition && OnType(member.InterfaceMethod.DeclaringType, current) == root.DeclaringType)
                    return member.Method!.DeclaringType.Shape == TypeShape.Interface ? null : MostDerived(type, member.Method.Definition!);
            }
        }
        return null;
    }

    private ExactFamily? Find(MethodSymbol root, TypeDefinition? receiver)
    {
        var classes = new List<ExactClass>();
        var isClosed = true;
        foreach (var type in types.Module.GetTypes())
        {
            if (type.IsInterface || type.BaseType is null || machines.IsMachine(type) || Plumbing.HandsOutElements(type, root.Definition!) || !TakesPart(types.SelfOf(type), root.Definition!) || IsOther(type, root.DeclaringType))
                continue;
            if (!MayBeBehind(type, receiver))
            {
                // What derives from it outside may be.
                isClosed &= receiver is not { IsInterface: true } || !ModuleFacts.MayBeDerivedOutside(type, hasFriends);
                continue;
            }
            isClosed &= !ModuleFacts.MayBeDerivedOutside(type, hasFriends);
            if (type.IsAbstract)
                continue;
            var closed = Close(type, root.DeclaringType);
            if (closed != null && !closed.IsByRefLike && MethodOn(closed, root) is { Definition.IsAbstract: false } method)
                classes.Add(new ExactClass(closed, method));
            else
                isClosed = false;
        }
        // What only others make, by reflection or from outside, is met less often, and so is what a record has of itself.
        if (classes.Count > MostCompared && classes.RemoveAll(c => !index.IsMade(c.Type.Definition!)) > 0)
            isClosed = false;
        if (classes.Count > MostCompared && classes.RemoveAll(c => IsOfCompiler(c.Method.Definition!)) > 0)
            isClosed = false;
        // What the compiler made, for collection expressions, say, comes last.
        return classes.Count is > 0 and <= Most ? Shared(new ExactFamily(root, [.. classes.OrderBy(c => c.Type.Definition!.Name[0] == '<')], isClosed)) : null;
    }

    private ExactFamily Shared(ExactFamily family)
    {
        var key = (family.Root, family.IsClosed + ":" + string.Join(",", family.Classes.Select(c => c.Type.Id)));
        if (!byClasses.TryGetValue(key, out var shared))
            byClasses.Add(key, shared = family);
        return shared;
    }

    private bool TakesPart(TypeSymbol self, MethodDefinition root)
    {
        var members = outside.MembersOf(root);
        return ChainOf(self).Any(current => members.Any(m => m.Type == current.Definition));
    }

    /// <summary>Whether a type implements a generic interface on other arguments only, between which there is no conversion, or derives from a generic class on others.</summary>
    private bool IsOther(TypeDefinition type, TypeSymbol rootType)
    {
        if (type.HasGenericParameters)
            return false;
        if (!rootType.Definition!.IsInterface)
            return !Derives(types.SelfOf(type), rootType);
        return !rootType.Definition.GenericParameters.Any(p => !rootType.Arguments[p.Position].IsValueType && (p.IsCovariant || p.IsContravariant)) && !types.SelfOf(type).Interfaces.Contains(rootType);
    }

    private static bool Derives(TypeSymbol type, TypeSymbol rootType)
    {
        for (TypeSymbol? current = type; current != null; current = current.BaseType)
        {
            if (current == rootType)
                return true;
        }
        return false;
    }

    /// <summary>The type on the arguments that make it a root's; null where they are not to be told.</summary>
    private TypeSymbol? Close(TypeDefinition type, TypeSymbol rootType)
    {
        var self = types.SelfOf(type);
        if (type.HasGenericParameters)
        {
            if (type.GenericParameters.Any(p => p.HasConstraints || (p.Attributes & GenericParameterAttributes.SpecialConstraintMask) != 0))
                return null;
            var interfaces = self.Interfaces.Where(i => i.Definition == rootType.Definition).ToArray();
            if (interfaces.Length != 1)
                return null;
            var arguments = new TypeSymbol[self.Arguments.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                var at = System.Array.IndexOf(interfaces[0].Arguments, self.Arguments[i]);
                if (at < 0)
                    return null;
                arguments[i] = rootType.Arguments[at];
            }
            self = types.Instantiate(types.Import(type, GenericScope.Empty), arguments);
        }
        return (rootType.Definition!.IsInterface ? self.Interfaces.Contains(rootType) : Derives(self, rootType)) ? self : null;
    }

    /// <summary>The override of a class method that runs on an object of a class.</summary>
    private MethodSymbol MostDerived(TypeSymbol type, MethodDefinition method)
    {
        var slot = families.Value.RootInModule(method);
        foreach (var current in ChainOf(type))
        {
            foreach (var candidate in current.Definition!.Methods)
            {
                if (candidate == method || candidate.IsVirtual && !candidate.IsStatic && families.Value.RootInModule(candidate) == slot)
                    return types.Method(candidate, current, []);
            }
        }
        throw new System.InvalidOperationException($"{type.DisplayName} has no {method.Name}.");
    }

    /// <summary>A class and those above it, as far as they are the module's.</summary>
    private IEnumerable<TypeSymbol> ChainOf(TypeSymbol type)
    {
        for (TypeSymbol? current = type; current?.Definition is { } definition && definition.Module == types.Module; current = current.BaseType)
            yield return current;
    }

    private TypeSymbol OnType(TypeSymbol type, TypeSymbol owner) => types.Substitute(type, owner.Definition, owner.Arguments, null, []);

    private bool MayBeBehind(TypeDefinition type, TypeDefinition? receiver)
    {
        if (receiver is null)
            return true;
        var self = types.SelfOf(type);
        if (receiver.IsInterface)
            return type.IsAbstract || self.Interfaces.Any(i => i.Definition == receiver);
        for (TypeSymbol? current = self; current != null; current = current.BaseType)
        {
            if (current.Definition == receiver)
                return true;
        }
        return false;
    }

    private static bool IsOfCompiler(MethodDefinition method) =>
        method.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");
}
