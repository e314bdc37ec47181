using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Discovery;
using Mono.Cecil;

namespace Cassette.Fody.Configuration;

/// <summary>Answers whether the configuration takes a method of the module out of a context.</summary>
internal sealed class Exclusions(WeaverConfig config, PatternMatcher matcher, PatternUsage usage)
{
    private readonly Dictionary<ContextStack, MethodSelection> selections = [];
    private readonly bool isEmpty = config.Selection.Count == 0 && config.Contexts.All(c => c.Selection.Count == 0);

    public bool Excludes(ContextStack stack, MethodDefinition method) => ItemFor(stack, method) is not null;

    /// <summary>The text of the item that takes a method out; null where none does.</summary>
    public string? ExcludedBy(ContextStack stack, MethodDefinition method) => ItemFor(stack, method)?.ToString();

    private SelectionItem? ItemFor(ContextStack stack, MethodDefinition method)
    {
        if (isEmpty)
            return null;
        if (!selections.TryGetValue(stack, out var selection))
        {
            var context = config.Contexts.FirstOrDefault(c => matcher.Matches(c.Type, stack.Innermost.Named!));
            selections.Add(stack, selection = config.SelectionFor(context));
        }
        return selection.Decide(matcher, method, method.Module.Assembly.Name.Name, usage) is { IsInclude: false } item ? item : null;
    }
}
