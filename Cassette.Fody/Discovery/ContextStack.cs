using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Discovery;

/// <summary>
/// The contexts that a clone runs in, outermost first. Interned by <see cref="ContextStacks"/>: the same contexts are the same object.
/// </summary>
public sealed class ContextStack
{
    internal ContextStack(TypeSymbol[] contexts, string name)
    {
        Contexts = contexts;
        Name = name;
    }

    /// <summary>Outermost first.</summary>
    public TypeSymbol[] Contexts { get; }

    public TypeSymbol Innermost => Contexts[Contexts.Length - 1];

    /// <summary>How the stack appears in clones' names: <c>Outer.Inner</c>.</summary>
    public string Name { get; }

    public override string ToString() => Name;
}

/// <summary>Interns context stacks and gives each a name that no other has.</summary>
internal sealed class ContextStacks
{
    private readonly Dictionary<string, ContextStack> stacks = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public ContextStack Of(params TypeSymbol[] contexts)
    {
        var key = string.Join("|", contexts.Select(c => c.DisplayName));
        if (stacks.TryGetValue(key, out var stack))
            return stack;
        var name = string.Join("+", contexts.Select(ShortName));
        for (var n = 2; !names.Add(name); n++)
            name = string.Join("+", contexts.Select(ShortName)) + "~" + n;
        stacks.Add(key, stack = new ContextStack(contexts, name));
        return stack;
    }

    private static string ShortName(TypeSymbol context)
    {
        var name = context.Named!.Name;
        var tick = name.LastIndexOf('`');
        if (tick >= 0)
            name = name.Substring(0, tick);
        return context.Arguments.Length == 0 ? name : name + "<" + string.Join(",", context.Arguments.Select(a => a.IsNamed ? ShortName(a) : a.DisplayName)) + ">";
    }
}
