using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>
/// Prints the bodies that <c>Dump</c> asks for before and after the overdub pass, which changes them in place: the seeds'
/// <c>@code_lowered</c> beside <c>@overdub</c>'s.
/// </summary>
internal sealed class BodyDumper
{
    private readonly TypeUniverse types;
    private readonly List<PlannedClone> selected;
    private readonly Dictionary<PlannedClone, IRListing> before = new(ReferenceComparer<PlannedClone>.Instance);
    private readonly Dictionary<PlannedClone, string> printed = new(ReferenceComparer<PlannedClone>.Instance);
    private readonly HashSet<PlannedClone> wanted;

    /// <summary>Selects the planned methods that the patterns match, and marks the patterns that match any.</summary>
    public BodyDumper(TypeUniverse types, IReadOnlyList<DumpConfig> dumps, PatternMatcher matcher, PatternUsage usage, WeavePlan plan)
    {
        this.types = types;
        // An async method's or an iterator's own body only starts a machine, whose members have the author's code.
        selected = plan.Clones.Concat(plan.Machines.SelectMany(m => m.Members)).Where(c => !c.Method.IsAbstract && Select(c)).ToList();
        wanted = new(selected, ReferenceComparer<PlannedClone>.Instance);

        bool Select(PlannedClone clone)
        {
            var matching = dumps.Where(d => matcher.Matches(d.Pattern, clone.Author, clone.Author)).ToList();
            foreach (var dump in matching)
                usage.MarkMatched(dump.Pattern);
            return matching.Count > 0;
        }
    }

    public void Before(PlannedClone clone)
    {
        if (wanted.Contains(clone))
            before.Add(clone, IRPrinter.List(clone.Body!));
    }

    public void After(PlannedClone clone)
    {
        if (wanted.Contains(clone))
            printed.Add(clone, IRPrinter.PrintSideBySide(before[clone], IRPrinter.List(clone.Body!)));
    }

    /// <summary>A section for each method and context, by name; null where nothing was asked for.</summary>
    public string? Text()
    {
        if (selected.Count == 0)
            return null;
        var text = new StringBuilder();
        foreach (var clone in selected.Select(c => (Clone: c, Title: TitleOf(c))).OrderBy(c => c.Title, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(clone.Title).Append('\n');
            if (printed.TryGetValue(clone.Clone, out var listing))
                text.Append(listing);
            if (clone.Clone.Refusal != LeaveReason.None)
                text.Append("No clone: ").Append(clone.Clone.RefusalText ?? clone.Clone.Refusal.ToString()).Append('\n');
        }
        return text.ToString();
    }

    private string TitleOf(PlannedClone clone) => "==== " + clone.SelfIn(types).DisplayName + " in " + clone.Stack.Name + (clone.Place is null ? "" : " for " + clone.Place.Code.Name);
}
