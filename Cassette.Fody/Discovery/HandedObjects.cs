using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Objects of the module's types that native calls are handed, and whose own methods the callee can call back: those that override or
/// implement what the parameter's type declares.
/// </summary>
internal sealed class HandedObjects(TypeUniverse types)
{
    private readonly OutsideFamilies families = new(types, new Lazy<VirtualFamilies>(() => new VirtualFamilies(types)), _ => false);
    private readonly Dictionary<(TypeDefinition, TypeDefinition), bool> known = [];

    /// <summary>The first such argument's type.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="arguments">The arguments' types as far as they are known, the receiver left out.</param>
    /// <param name="isCertain">Whether the parameter is of a type that is there to be called back, not just of any.</param>
    public TypeSymbol? Find(MethodSymbol callee, IReadOnlyList<TypeSymbol?> arguments, out bool isCertain)
    {
        isCertain = false;
        TypeSymbol? found = null;
        if (callee.Definition is not { } definition || definition.Module == types.Module || HandedDelegates.IsDelegateRoot(definition.DeclaringType))
            return null;
        for (var i = 0; i < callee.Parameters.Length; i++)
        {
            if (arguments[i] is not { Definition: { } own } type || own.Module != types.Module || Plumbing.IsCompilerType(own) || CallRouter.IsDelegate(own))
                continue;
            var parameter = definition.Parameters[i].ParameterType is GenericParameter ? types.Object : callee.Parameters[i];
            if (parameter.Definition is not { } declared || !CanCallBack(declared, own))
                continue;
            var certain = declared != types.Object.Definition && declared != types.ValueType.Definition;
            if (found is null || certain && !isCertain)
                found = type;
            isCertain |= certain;
        }
        return found;
    }

    private bool CanCallBack(TypeDefinition declared, TypeDefinition own)
    {
        if (!known.TryGetValue((declared, own), out var can))
            known.Add((declared, own), can = declared.Module != types.Module && Roots(declared).Any(r => families.MembersOf(r).Any(m => IsOrDerives(own, m.Type))));
        return can;
    }

    /// <summary>The virtual methods that a reference of a type can be called through.</summary>
    private IEnumerable<MethodDefinition> Roots(TypeDefinition declared)
    {
        IEnumerable<TypeSymbol> all = [types.SelfOf(declared), .. types.SelfOf(declared).Interfaces];
        if (!declared.IsInterface)
        {
            all = [types.SelfOf(declared)];
            for (var @base = types.SelfOf(declared).BaseType; @base != null; @base = @base.BaseType)
                all = all.Append(@base);
        }
        return all.Where(t => t.Definition != null).SelectMany(t => t.Definition!.Methods).Where(m => m is { IsVirtual: true, IsStatic: false, IsNewSlot: true });
    }

    private bool IsOrDerives(TypeDefinition type, TypeDefinition ancestor)
    {
        for (TypeSymbol? current = types.SelfOf(type); current?.Definition != null; current = current.BaseType)
        {
            if (current.Definition == ancestor)
                return true;
        }
        return false;
    }
}
