using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Plans variants of the outermost context's primitives for the contexts inside it. Only what the rule itself shows is entered there: with any
/// delegate of the type, every lambda of the module would run in every stack.
/// </summary>
internal sealed class VariantPlanner(ContextStacks stacks)
{
    private readonly Dictionary<MethodDefinition, List<(int Index, EntryCall Entry, IReadOnlyList<MethodSymbol>? Shown)>> entering = new(ReferenceComparer<MethodDefinition>.Instance);
    private readonly HashSet<(MethodDefinition, ContextStack)> planned = [];

    /// <summary>Whether a site's contexts inside the rule's own are handed to it.</summary>
    public static bool HasInner(CallSite site, RuleBinding binding) =>
        binding.Rule.Kind == RuleKind.Overdub && site.Level.Outer is null && site.Goes.Depth > site.Level.Depth;

    /// <summary>Takes down an entry in a native body, and what its delegate is made of as far as the body shows it.</summary>
    public void Note(MethodDefinition method, int index, EntryCall entry, IReadOnlyList<MethodSymbol>? shown)
    {
        if (!entering.TryGetValue(method, out var entries))
            entering.Add(method, entries = []);
        entries.Add((index, entry, shown));
    }

    /// <summary>What the delegate of an entry in a native body is made of, by the index of its call; null where the body does not show it.</summary>
    public IReadOnlyList<MethodSymbol>? ShownBy(MethodDefinition method, int index) => entering[method].Find(e => e.Index == index).Shown;

    /// <summary>The variants that a site calls and no site before it did, each with what it enters.</summary>
    public IReadOnlyList<(RuleVariant Variant, IReadOnlyList<(EntryCall Entry, IReadOnlyList<MethodSymbol> Shown)> Requests)> Plan(CallSite site)
    {
        var variants = new List<(RuleVariant, IReadOnlyList<(EntryCall, IReadOnlyList<MethodSymbol>)>)>();
        foreach (var binding in site.Rules!.Primitive.Bindings.Where(b => HasInner(site, b)))
        {
            if (binding.Method.Definition is not { } rule || !entering.TryGetValue(rule, out var entries) || !planned.Add((rule, site.Goes)))
                continue;
            var own = WithoutHooks.Of(site.Level.Innermost);
            var form = new EntryForm(IsQuiet: own != null, site.Goes.Depth - 1);
            var made = new List<VariantEntry>();
            var requests = new List<(EntryCall, IReadOnlyList<MethodSymbol>)>();
            foreach (var (index, entry, shown) in entries)
            {
                if (entry.Stack != stacks.Enter(null, own ?? site.Level.Innermost))
                {
                    made.Add(new VariantEntry(index, entry, default));
                }
                else if (shown is null || entry.Word == "Fallback")
                {
                    // Without the inner contexts; their number does not matter to what runs natively.
                    made.Add(new VariantEntry(index, entry with { Stack = site.Level }, form with { Inner = 0 }));
                }
                else
                {
                    var within = entry with { Stack = site.Goes };
                    made.Add(new VariantEntry(index, within, form));
                    requests.Add((within, shown));
                }
            }
            if (requests.Count > 0)
                variants.Add((new RuleVariant(rule, site.Goes, made), requests));
        }
        return variants;
    }
}
