using System;
using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration;

/// <summary>
/// What <c>FodyWeavers.xml</c> says. Immutable; <see cref="WeaverConfigReader"/> makes it. Without any
/// attribute or element every context that the project enters is woven.
/// </summary>
public sealed class WeaverConfig
{
    /// <summary>The number of contexts inside each other where nothing is said.</summary>
    public const int DefaultMaxNesting = 3;

    /// <summary>The greatest number that is accepted: the number of clones grows with each level.</summary>
    public const int GreatestMaxNesting = 16;

    /// <summary>The seconds that a pass may take for a method where nothing is said.</summary>
    public const int DefaultPassTimeout = 10;

    /// <summary>The greatest number of seconds that is accepted: an hour.</summary>
    public const int GreatestPassTimeout = 3600;

    /// <summary>What <c>&lt;Cassette /&gt;</c> means.</summary>
    public static WeaverConfig Default { get; } = new();

    /// <summary>Whether calls that leave a context unintended are errors.</summary>
    public bool Strict { get; init; }

    /// <summary>How many entries may be active inside each other.</summary>
    public int MaxNesting { get; init; } = DefaultMaxNesting;

    /// <summary>How long one run of a pass over one method may take; null where nothing is said.</summary>
    public TimeSpan? PassTimeout { get; init; }

    /// <summary>Whether to write the report of what was cloned and what left the context.</summary>
    public bool Report { get; init; }

    /// <summary>Whether each clone is verified before it is written.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>The methods whose IR is written as text, from the attribute and the elements.</summary>
    public IReadOnlyList<DumpConfig> Dumps { get; init; } = [];

    /// <summary>The contexts that are configured; others that the project enters are woven as well.</summary>
    public IReadOnlyList<ContextConfig> Contexts { get; init; } = [];

    /// <summary>The includes and excludes for all contexts.</summary>
    public IReadOnlyList<SelectionItem> Selection { get; init; } = [];

    /// <summary>The rules narrowed for all contexts.</summary>
    public IReadOnlyList<RuleConfig> Rules { get; init; } = [];

    /// <summary>What is selected for a context, or where none is configured.</summary>
    public MethodSelection SelectionFor(ContextConfig? context) => new(context?.Selection ?? [], Selection);

    /// <summary>
    /// Declares every pattern of the configuration, so that those never marked as matched are reported.
    /// </summary>
    public void DeclareTo(PatternUsage usage)
    {
        foreach (DumpConfig dump in Dumps)
            usage.Declare(dump.Pattern, dump.Pattern.ToString(), dump.Position);
        DeclareSelection(Selection, usage);
        foreach (RuleConfig rule in Rules)
            usage.Declare(rule.Pointcut, rule.Pointcut.ToString(), rule.PointcutPosition);
        foreach (ContextConfig context in Contexts)
        {
            DeclareSelection(context.Selection, usage);
            foreach (RuleConfig rule in context.Rules)
                usage.Declare(rule.Pointcut, rule.Pointcut.ToString(), rule.PointcutPosition);
        }
    }

    private static void DeclareSelection(IReadOnlyList<SelectionItem> items, PatternUsage usage)
    {
        foreach (SelectionItem item in items)
            usage.Declare(item, item.ToString(), item.Position);
    }
}

/// <summary>A <c>&lt;Context&gt;</c> element.</summary>
/// <param name="TypeName">The context's type as written.</param>
/// <param name="Type">The same as a pattern without wildcards, to be matched with the types at hand.</param>
/// <param name="Position">Where the type is written.</param>
/// <param name="Entries">The entries declared for it.</param>
/// <param name="Selection">Its own includes and excludes, which go before those for all contexts.</param>
/// <param name="Rules">The rules narrowed for it alone.</param>
/// <param name="Passes">The passes that it has besides those it is marked with.</param>
public sealed record ContextConfig(
    string TypeName,
    TypePattern Type,
    SourcePosition? Position,
    IReadOnlyList<EntryConfig> Entries,
    IReadOnlyList<SelectionItem> Selection,
    IReadOnlyList<RuleConfig> Rules,
    IReadOnlyList<PassConfig> Passes);

/// <summary>A <c>&lt;Pass&gt;</c>: rewrites the bodies that run in the context.</summary>
/// <param name="TypeName">The pass's type as written.</param>
/// <param name="AssemblyName">The simple name of its assembly; null where any pass assembly may have it.</param>
/// <param name="Position">Where the type is written.</param>
public sealed record PassConfig(string TypeName, string? AssemblyName, SourcePosition? Position);

/// <summary>An <c>&lt;Entry&gt;</c>: a method that runs in the context whenever it is called.</summary>
/// <param name="Method">Its exact type and name, with parameters where it is overloaded.</param>
/// <param name="Position">Where it is written.</param>
public sealed record EntryConfig(MemberPattern Method, SourcePosition? Position);

/// <summary>A <c>&lt;Rule&gt;</c>: narrows a rule by a pointcut, which joins the rule's own by <c>&amp;&amp;</c>.</summary>
/// <param name="Method">The rule method.</param>
/// <param name="Pointcut">What it must match besides.</param>
/// <param name="MethodPosition">Where the method is written.</param>
/// <param name="PointcutPosition">Where the pointcut is written.</param>
public sealed record RuleConfig(
    MemberPattern Method, Pointcut Pointcut, SourcePosition? MethodPosition, SourcePosition? PointcutPosition);

/// <summary>A <c>Dump</c> attribute or element.</summary>
public sealed record DumpConfig(MethodPattern Pattern, SourcePosition? Position);
