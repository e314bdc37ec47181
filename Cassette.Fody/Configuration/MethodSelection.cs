using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Mono.Cecil;

namespace Cassette.Fody.Configuration;

/// <summary>
/// The includes and excludes that hold for one context. Its own go before those for all contexts; among
/// equals an exclude goes before an include.
/// </summary>
public sealed class MethodSelection(
    IReadOnlyList<SelectionItem> ofContext, IReadOnlyList<SelectionItem> ofAll)
{
    /// <summary>
    /// The item that decides over a method, or null where none speaks of it and the default holds: code
    /// outside the shared framework is overdubbed.
    /// </summary>
    /// <param name="matcher">The weave's matcher.</param>
    /// <param name="method">The method, or its definition.</param>
    /// <param name="assemblyName">The simple name of the assembly that defines it.</param>
    /// <param name="usage">Learns which items match.</param>
    public SelectionItem? Decide(
        PatternMatcher matcher, MethodReference method, string assemblyName, PatternUsage usage)
    {
        SelectionItem? own = Decide(ofContext, matcher, method, assemblyName, usage);
        SelectionItem? general = Decide(ofAll, matcher, method, assemblyName, usage);
        return own ?? general;
    }

    /// <summary>Whether an include names an assembly, so that its implementation has to be found.</summary>
    public bool IncludesAssembly(string assemblyName) =>
        IncludesAssembly(ofContext, assemblyName) || IncludesAssembly(ofAll, assemblyName);

    private static SelectionItem? Decide(
        IReadOnlyList<SelectionItem> items, PatternMatcher matcher, MethodReference method, string assemblyName,
        PatternUsage usage)
    {
        SelectionItem? decision = null;
        foreach (SelectionItem item in items)
        {
            if (!item.Matches(matcher, method, assemblyName))
                continue;
            usage.MarkMatched(item);
            if (decision is null || (decision.IsInclude && !item.IsInclude))
                decision = item;
        }

        return decision;
    }

    private static bool IncludesAssembly(IReadOnlyList<SelectionItem> items, string assemblyName)
    {
        foreach (SelectionItem item in items)
        {
            if (item is { IsInclude: true, Assembly: { } assembly } && assembly.Matches(assemblyName))
                return true;
        }

        return false;
    }
}
