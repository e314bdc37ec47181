using System;
using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>
/// Remembers which patterns matched anything. Patterns are told apart by identity: the same text twice is two
/// patterns at two places.
/// </summary>
/// <example>
/// <code>
/// config.DeclareTo(usage);
/// usage.Declare(pointcut, pointcut.ToString(), rulePosition);
/// if (matcher.Matches(pointcut, callee, definition, caller, kind)) usage.MarkMatched(pointcut);
/// usage.ReportUnmatched(diagnostics, () => new PatternAdvisor(modules));
/// </code>
/// </example>
public sealed class PatternUsage
{
    private readonly List<Declared> _declared = [];
    private readonly HashSet<object> _matched = new(ReferenceComparer<object>.Instance);

    /// <summary>Adds a pattern that should match something.</summary>
    /// <param name="pattern">A pointcut, method pattern or selection item.</param>
    /// <param name="text">How a message shows it.</param>
    /// <param name="position">Where it is written.</param>
    public void Declare(object pattern, string text, SourcePosition? position) =>
        _declared.Add(new Declared(pattern, text, position));

    /// <summary>Says that <paramref name="pattern"/> matched.</summary>
    public void MarkMatched(object pattern) => _matched.Add(pattern);

    /// <summary>Whether <paramref name="pattern"/> was marked.</summary>
    public bool IsMatched(object pattern) => _matched.Contains(pattern);

    /// <summary>Warns of each pattern that was declared and never marked, with a suggestion.</summary>
    /// <param name="diagnostics">Gets the warnings.</param>
    /// <param name="advisor">Only asked for when there is one: it reads every name in the modules.</param>
    public void ReportUnmatched(DiagnosticBag diagnostics, Func<PatternAdvisor> advisor)
    {
        PatternAdvisor? made = null;
        foreach (Declared declared in _declared)
        {
            if (!_matched.Contains(declared.Pattern))
                diagnostics.Add((made ??= advisor()).Explain(declared.Pattern, declared.Text, declared.Position));
        }
    }

    private readonly record struct Declared(object Pattern, string Text, SourcePosition? Position);
}
