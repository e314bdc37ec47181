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
    internal ContextStack(ContextStack? outer, TypeSymbol[] contexts, string name)
    {
        Outer = outer;
        Contexts = contexts;
        Levels = [.. contexts.Reverse()];
        Parameters = [.. Levels.Where(c => !IsEmpty(c))];
        Name = name;
    }

    /// <summary>No contexts, under a stack's name: for what is made because of a stack but runs in none.</summary>
    internal static ContextStack Without(ContextStack stack) => new(null, [], stack.Name);

    /// <summary>Outermost first.</summary>
    public TypeSymbol[] Contexts { get; }

    /// <summary>Innermost first.</summary>
    public TypeSymbol[] Levels { get; }

    /// <summary>
    /// The context parameters of a clone, innermost first: what an outer level makes of an inner level's clone is the same signature with one
    /// more parameter at its end, and a part of the stack is always the end of the list. A struct without fields has a single value, which is
    /// made where it is needed and not handed from call to call.
    /// </summary>
    public TypeSymbol[] Parameters { get; }

    /// <summary>Whether clones have a parameter for the context at a depth.</summary>
    public bool Carries(int depth) => !IsEmpty(Contexts[depth - 1]);

    /// <summary>Whether the contexts are structs without fields, so that each has a single value and need not be kept anywhere.</summary>
    public bool IsStateless => Parameters.Length == 0;

    /// <summary>Whether a context is a struct without fields.</summary>
    public static bool IsEmpty(TypeSymbol context) => context is { IsValueType: true, Definition: { } definition } && definition.Fields.All(f => f.IsStatic);

    public int Depth => Contexts.Length;

    /// <summary>The stack around the innermost context; null when there is only one.</summary>
    public ContextStack? Outer { get; }

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

    /// <summary>The stack of a context that is entered inside another stack, or on its own.</summary>
    public ContextStack Enter(ContextStack? outer, TypeSymbol context) => Of(outer is null ? [context] : [.. outer.Contexts, context]);

    private ContextStack Of(TypeSymbol[] contexts)
    {
        var key = string.Join("|", contexts.Select(c => c.DisplayName));
        if (stacks.TryGetValue(key, out var stack))
            return stack;
        var name = string.Join("+", contexts.Select(ShortName));
        for (var n = 2; !names.Add(name); n++)
            name = string.Join("+", contexts.Select(ShortName)) + "~" + n;
        stacks.Add(key, stack = new ContextStack(contexts.Length == 1 ? null : Of([.. contexts.Take(contexts.Length - 1)]), contexts, name));
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
