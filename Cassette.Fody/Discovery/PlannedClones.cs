using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>The clones of a plan, found by method, contexts, and the type arguments that they are specialised for.</summary>
internal sealed class PlannedClones
{
    private readonly Dictionary<(MethodDefinition, ContextStack, RulePlace?), PlannedClone> shared = [];
    private readonly Dictionary<(MethodSymbol, ContextStack, RulePlace?), PlannedClone> specialised = [];
    private readonly Dictionary<(MethodDefinition, ContextStack), int> counts = [];

    public void Add(PlannedClone clone)
    {
        if (clone.Instance is { } instance)
        {
            specialised.Add((instance, clone.Stack, clone.Place), clone);
            counts[(clone.Method, clone.Stack)] = SpecialisedCount(clone.Method, clone.Stack) + 1;
        }
        else
        {
            shared.Add((clone.Method, clone.Stack, clone.Place), clone);
        }
    }

    /// <summary>The clone that is generic as its original is.</summary>
    public PlannedClone? Shared(MethodDefinition method, ContextStack stack, RulePlace? place = null) => shared.TryGetValue((method, stack, place), out var clone) ? clone : null;

    /// <summary>The clone for a method on given type arguments.</summary>
    public PlannedClone? Specialised(MethodSymbol instance, ContextStack stack, RulePlace? place = null) => specialised.TryGetValue((instance, stack, place), out var clone) ? clone : null;

    /// <summary>How many specialised clones a method has.</summary>
    public int SpecialisedCount(MethodDefinition method, ContextStack stack) => counts.TryGetValue((method, stack), out var count) ? count : 0;

    /// <summary>The clone that a call of a clone goes to.</summary>
    public PlannedClone? Find(Instruction call, CallSite site, ContextStack stack) =>
        site.Route == CallRoute.Exact && site.Callee is null && call.Constrained is null && Specialised(call.Method, stack) is { } clone ? clone : Shared(site.Target!, stack);
}
