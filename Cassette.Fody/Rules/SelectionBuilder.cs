using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Rules;

/// <summary>Puts the rules that match a call into the order in which they are tried, and reports those between which nothing decides.</summary>
internal sealed class SelectionBuilder(Assignability assignability, Specificity specificity, DiagnosticBag diagnostics)
{
    public RuleSelection Build(List<RuleBinding> matches, List<RuleModel> undecided, CallShape call)
    {
        var count = call.Arguments.Length;
        matches = WithoutRepetitions(matches, count);
        var live = matches.Where(m => !matches.Any(u => u.IsUnconditional && specificity.IsMoreSpecific(u.Rule, m.Rule, count))).ToList();
        ReportTies(live, call);
        // Behind a rule that runs in any case it makes no difference whether another one would match.
        undecided.RemoveAll(u => live.Exists(m => m.IsUnconditional && specificity.IsMoreSpecific(m.Rule, u, count)));
        return new RuleSelection(Sort(live, count), undecided);
    }

    /// <summary>A method with several attributes of one kind is one rule with several targets: the narrowest that matches counts.</summary>
    private List<RuleBinding> WithoutRepetitions(List<RuleBinding> matches, int count)
    {
        var kept = new List<RuleBinding>();
        foreach (var match in matches)
        {
            var same = kept.FindIndex(k => k.Rule.Definition == match.Rule.Definition && k.Rule.DeclaringType == match.Rule.DeclaringType && SameTests(k, match));
            if (same < 0)
                kept.Add(match);
            else if (specificity.IsMoreSpecific(match.Rule, kept[same].Rule, count))
                kept[same] = match;
        }
        return kept;
    }

    private static bool SameTests(RuleBinding a, RuleBinding b) => a.Tests.SequenceEqual(b.Tests);

    private List<RuleBinding> Sort(List<RuleBinding> live, int count)
    {
        var sorted = new List<RuleBinding>();
        while (live.Count > 0)
        {
            // In a cycle, which only a tie can make, declaration order decides; the build has failed by then.
            var next = live.FindIndex(m => !live.Any(o => o != m && specificity.IsMoreSpecific(o.Rule, m.Rule, count)));
            var binding = live[next < 0 ? 0 : next];
            sorted.Add(binding);
            if (binding.IsUnconditional)
                break;
            live.Remove(binding);
        }
        return sorted;
    }

    private void ReportTies(List<RuleBinding> live, CallShape call)
    {
        var count = call.Arguments.Length;
        for (var i = 0; i < live.Count; i++)
        {
            for (var j = i + 1; j < live.Count; j++)
            {
                var (a, b) = (live[i], live[j]);
                if (a.Rule.Definition == b.Rule.Definition || specificity.IsMoreSpecific(a.Rule, b.Rule, count) || specificity.IsMoreSpecific(b.Rule, a.Rule, count))
                    continue;
                if (MayBothApply(a, b) && !live.Any(c => Covers(c, a, b, count)))
                    diagnostics.Report(DiagnosticCatalog.AmbiguousRules, a.Rule.Position, a.Rule.Located, b.Rule.Located, call.Callee.DisplayName);
            }
        }
    }

    /// <summary>Two tests of one value exclude each other where no object can be both.</summary>
    private bool MayBothApply(RuleBinding a, RuleBinding b)
    {
        foreach (var test in a.Tests)
        {
            foreach (var other in b.Tests)
            {
                if (test.Subject == other.Subject && test.Argument == other.Argument && !assignability.IsSubtypeOrPossible(test.Type, other.Type))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Whether a third rule goes before both and applies whenever both do.</summary>
    private bool Covers(RuleBinding third, RuleBinding a, RuleBinding b, int count) =>
        third != a && third != b
        && specificity.IsMoreSpecific(third.Rule, a.Rule, count) && specificity.IsMoreSpecific(third.Rule, b.Rule, count)
        && third.Tests.All(test => Implies(a, test) || Implies(b, test));

    private bool Implies(RuleBinding binding, RuntimeTest test) =>
        binding.Tests.Any(t => t.Subject == test.Subject && t.Argument == test.Argument && assignability.IsBoxedAssignable(t.Type, test.Type));
}
