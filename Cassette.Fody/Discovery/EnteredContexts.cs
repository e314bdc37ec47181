using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>The contexts that a plan enters, to be held against those that the configuration speaks of.</summary>
internal sealed class EnteredContexts
{
    private readonly HashSet<TypeReference> types = [];

    public EnteredContexts(WeavePlan plan)
    {
        var stacks = plan.Clones.Select(c => c.Stack)
            .Concat(plan.Invocations.Select(i => i.Stack))
            .Concat(plan.EnteringMethods.SelectMany(m => m.Entries).Select(e => e.Entry.Stack));
        foreach (var context in stacks.SelectMany(s => s.Contexts))
            types.Add((WithoutHooks.Of(context) ?? context).Named!);
    }

    /// <summary>
    /// Warns of each configured context that nothing enters: its settings have no effect. A type that does not exist is an error.
    /// </summary>
    public void ReportMissing(WeaverConfig config, PatternMatcher matcher, DeclaredEntryFinder finder, DiagnosticBag diagnostics)
    {
        foreach (var context in config.Contexts)
        {
            // For a context with entries the finder has looked already, and says itself what is wrong with them.
            if (!types.Any(t => matcher.Matches(context.Type, t)) && context.Entries.Count == 0 && finder.FindContext(context) is not null)
                diagnostics.Report(DiagnosticCatalog.NoEntries, context.Position, context.TypeName);
        }
    }
}
