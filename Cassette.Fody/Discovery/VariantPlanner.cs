using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Plans variants of rules that enter their own context: of the outermost context's primitives for the contexts inside it, and of the clones of
/// other contexts' rules for those and for contexts without hooks. Only what the rule itself shows is entered there: with any
/// delegate of the type, every lambda of the module would run in every stack.
/// </summary>
internal sealed class VariantPlanner(ContextStacks stacks, StateMachines machines)
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

    /// <summary>
    /// Which clone of a rule a site calls, in the contexts around the rule's own; null where any place has the same one. Async rules have no place
    /// for inner contexts: their machines keep the contexts that they run in, and no others.
    /// </summary>
    public RulePlace? PlaceOf(CallSite site, RuleBinding binding)
    {
        if (site.Level.Outer is null || binding.Method.Definition is not { } rule)
            return null;
        var isQuiet = WithoutHooks.Of(site.Level.Innermost) != null;
        var entries = EntriesOf(rule).Where(e => e.Entry.Stack == PlainOf(null, site.Level)).ToList();
        var keepsInner = binding.Rule.Kind == RuleKind.Overdub && site.Goes.Depth > site.Level.Depth && machines.StartedBy(rule) is null
            && entries.Exists(e => e.Shown != null && e.Entry.Word != "Fallback");
        return keepsInner || isQuiet && entries.Count > 0 ? new RulePlace(site.Level, keepsInner ? site.Goes : site.Level) : null;
    }

    /// <summary>An entry in a rule's clone, as the clone's place has it.</summary>
    /// <param name="site">The entry's call, planned as any other's.</param>
    /// <param name="place">Where the rule is called.</param>
    /// <param name="isShown">Whether the rule shows what the entry's delegate is made of.</param>
    public CallSite AtPlace(CallSite site, RulePlace place, bool isShown)
    {
        if (site.Entry!.Stack != PlainOf(place.Level.Outer, place.Level))
            return site;
        var keepsInner = isShown && site.Entry.Word != "Fallback";
        return site with
        {
            Entry = site.Entry with { Stack = keepsInner ? place.Code : place.Level },
            Form = new EntryForm(WithoutHooks.Of(place.Level.Innermost) != null, keepsInner ? place.Inner.Length : 0),
        };
    }

    private IEnumerable<(int Index, EntryCall Entry, IReadOnlyList<MethodSymbol>? Shown)> EntriesOf(MethodDefinition rule) =>
        (machines.StartedBy(rule)?.Type.Methods.ToArray() ?? [rule]).SelectMany(m => entering.TryGetValue(m, out var entries) ? entries : []);

    /// <summary>What a rule of a level's innermost context enters when it enters the context that it is given.</summary>
    private ContextStack PlainOf(ContextStack? outer, ContextStack level) => stacks.Enter(outer, WithoutHooks.Of(level.Innermost) ?? level.Innermost);

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
                if (entry.Stack != PlainOf(null, site.Level))
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
