using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// A rule that recurses into its own context (<c>ctx.Recurse(f, x)</c>), called where that context has no hooks or has other contexts inside
/// it. What it enters must have no hooks either, or the inner contexts too, although its parameter is the plain context alone.
/// </summary>
/// <param name="Rule">The rule, or for an async rule the state machine's member that enters.</param>
/// <param name="Stack">The stack of the code that the rule is called in: the rule's own context first, then those inside it.</param>
/// <param name="Entries">Its entries, by the index of the call among the body's instructions.</param>
public sealed record RuleVariant(MethodDefinition Rule, ContextStack Stack, IReadOnlyList<VariantEntry> Entries)
{
    /// <summary>The contexts inside the rule's own that are carried, innermost first: the variant takes them after the rule's parameters.</summary>
    public TypeSymbol[] Inner => [.. Stack.Levels.Take(Stack.Depth - 1).Where(c => !ContextStack.IsEmpty(c))];

    /// <summary>For an async rule: the state machine whose member <see cref="Rule"/> is, to be cloned without contexts.</summary>
    internal PlannedMachine? Machine { get; init; }
}

/// <summary>
/// Where a rule is called whose clone, in the contexts around the rule's own, enters that context: without its hooks, or with the contexts inside it.
/// The clone takes the latter before the contexts that it runs in.
/// </summary>
/// <param name="Level">The stack whose innermost context the rule belongs to.</param>
/// <param name="Code">The stack of the code that calls the rule; no more than <paramref name="Level"/> where nothing that the rule enters runs in the rest.</param>
public sealed record RulePlace(ContextStack Level, ContextStack Code)
{
    /// <summary>The contexts inside the rule's own, innermost first.</summary>
    public TypeSymbol[] Inner => [.. Code.Levels.Take(Code.Depth - Level.Depth)];
}

/// <summary>An entry as a variant of a rule makes it.</summary>
/// <param name="Index">Which of the body's instructions calls it.</param>
/// <param name="Entry">What is entered.</param>
/// <param name="Form">How the entry's contexts come from what the variant has.</param>
public sealed record VariantEntry(int Index, EntryCall Entry, EntryForm Form);

/// <summary>How the caller of an entry has the contexts that are entered.</summary>
/// <param name="IsQuiet">Whether it has the plain context, and enters it without its hooks.</param>
/// <param name="Inner">How many contexts inside its own it hands over.</param>
public readonly record struct EntryForm(bool IsQuiet, int Inner);
