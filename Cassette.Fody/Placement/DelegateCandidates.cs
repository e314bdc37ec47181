using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// What a delegate is most likely made of: of what is made where the caller is called, or else in the caller's type, or else anywhere, the
/// first that is anything.
/// </summary>
internal sealed class DelegateCandidates(TypeUniverse types, Shells shells, WeavePlan plan, DelegateTables tables)
{
    private readonly Dictionary<(TypeSymbol, ContextStack, MethodDefinition?), IReadOnlyList<MethodSymbol>> found = [];
    private readonly Dictionary<MethodDefinition, HashSet<MethodDefinition>> calls = [];
    private ILookup<ContextStack, PlannedClone>? targets;
    private ILookup<MethodDefinition, MethodDefinition>? makers;

    /// <summary>The methods, which have clones and one code each; none for a delegate type that is open.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The method whose body calls the delegate or hands it on; null where it is not known.</param>
    public IReadOnlyList<MethodSymbol> For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (delegateType.IsOpen)
            return [];
        if (!found.TryGetValue((delegateType, stack, caller), out var candidates))
            found.Add((delegateType, stack, caller), candidates = Find(delegateType, stack, caller));
        return candidates;
    }

    /// <summary>What tells the methods from others.</summary>
    public static string KeyOf(IReadOnlyList<MethodSymbol> candidates) => string.Join(" ", candidates.Select(c => c.Definition!.MetadataToken.ToInt32()));

    private MethodSymbol[] Find(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        var invocation = Invocation.Of(types, delegateType);
        targets ??= plan.Clones.Where(IsCandidate).ToLookup(c => c.Stack);
        var all = targets[stack].Where(c => c.SelfIn(types) is var t && t.ReturnType == invocation.ReturnType && t.Parameters.SequenceEqual(invocation.Parameters)).ToArray();
        makers ??= FindMakers();
        var near = caller is null ? [] : all.Where(c => makers[c.Method].Any(m => m == caller || CallsOf(m).Contains(caller))).ToArray();
        if (near.Length == 0 && caller != null)
            near = [.. all.Where(c => makers[c.Method].Any(m => Outermost(m) == Outermost(caller)))];
        if (near.Length == 0)
            near = all;
        return [.. near.Select(c => c.SelfIn(types))];
    }

    /// <summary>From each method that a delegate may be made of to the methods of the author's that take its address.</summary>
    private ILookup<MethodDefinition, MethodDefinition> FindMakers() => types.Module.GetTypes()
        .SelectMany(t => t.Methods)
        .Where(m => m.HasBody)
        .SelectMany(m => m.Body.Instructions.Where(i => i.OpCode.Code == Code.Ldftn && i.Operand is MethodDefinition).Select(i => (Target: (MethodDefinition)i.Operand, Maker: m)))
        .ToLookup(p => p.Target, p => p.Maker);

    private static TypeDefinition Outermost(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private HashSet<MethodDefinition> CallsOf(MethodDefinition maker)
    {
        if (!calls.TryGetValue(maker, out var called))
        {
            var operands = maker.HasBody ? maker.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>() : [];
            calls.Add(maker, called = [.. operands.Select(m => types.DefinitionOf(m.GetElementMethod())).OfType<MethodDefinition>()]);
        }
        return called;
    }

    /// <summary>A method with one code, which a delegate of it refers to itself and not by a stub that unboxes or dispatches.</summary>
    private bool IsCandidate(PlannedClone clone) => clone is { IsDelegateTarget: true, Refusal: LeaveReason.None, Instance: null, Machine: null }
        && clone.Method is { IsVirtual: false, HasGenericParameters: false, DeclaringType: { HasGenericParameters: false, IsInterface: false } type }
        && (clone.Method.IsStatic || !type.IsValueType) && shells.HasExact(clone.Method, clone.Stack) && !tables.IsReplaced(clone.Method, clone.Stack);
}
