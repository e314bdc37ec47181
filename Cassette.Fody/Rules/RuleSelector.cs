using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>
/// The seeds' multiple dispatch: for a call, the rules of one kind that match it, the most specific first. Static types decide where they can;
/// where a rule is narrower than a static type the selection says what to test at run time. Answers are remembered.
/// </summary>
/// <example>
/// <code>
/// if (model.MayMatch(RuleKind.Prehook, callee))
///     foreach (var binding in selector.Select(model, RuleKind.Prehook, CallShape.OfCall(assignability, callee, receiver, caller)).Bindings) ...
/// </code>
/// </example>
public sealed class RuleSelector
{
    private readonly Dictionary<Key, RuleSelection> known = [];
    private readonly RuleMatcher matcher;
    private readonly SelectionBuilder builder;

    internal RuleSelector(RuleMatcher matcher, SelectionBuilder builder)
    {
        this.matcher = matcher;
        this.builder = builder;
    }

    /// <summary>The selection for a call. A tie that can occur is reported once, as an error.</summary>
    /// <param name="context">The context.</param>
    /// <param name="kind">The kind of rule.</param>
    /// <param name="call">The call.</param>
    /// <param name="waits">
    /// Of a call that returns a task: only the hooks that wait for its end, or only those that do not. They run at different times, so they do not
    /// compete.
    /// </param>
    public RuleSelection Select(ContextModel context, RuleKind kind, CallShape call, bool? waits = null)
    {
        if (call.Intrinsic is null ? !context.MayMatch(kind, call.Callee) : context.Instructions is null)
            return RuleSelection.Empty;
        var receiver = call.HasReceiver ? call.Arguments[0] : null;
        var key = new Key(context, kind, call.Kind, waits, call.IsPlumbing, call.Intrinsic?.Field, call.Callee, receiver, context.LooksAtCaller(kind) ? call.Caller.DeclaringType : null);
        if (!known.TryGetValue(key, out var selection))
            known.Add(key, selection = Find(context, kind, call, waits));
        return selection;
    }

    private RuleSelection Find(ContextModel context, RuleKind kind, CallShape call, bool? waits)
    {
        var matches = new List<RuleBinding>();
        var undecided = new List<RuleModel>();
        foreach (var rule in context.RulesOf(kind).Where(r => waits is null || MatchAttempt.Waits(r, call) == waits))
        {
            if (matcher.Match(rule, context, call, out var isUndecided) is { } match)
                matches.Add(match);
            else if (isUndecided)
                undecided.Add(rule);
        }
        return matches.Count + undecided.Count == 0 ? RuleSelection.Empty : builder.Build(matches, undecided, call);
    }

    /// <summary>What a selection depends on: the arguments and the result follow from the callee, but for what the compiler allocates.</summary>
    private readonly struct Key(
        ContextModel context, RuleKind kind, JoinPointKind use, bool? waits, bool isPlumbing, FieldSymbol? field, MethodSymbol callee, TypeSymbol? receiver, TypeDefinition? caller) : IEquatable<Key>
    {
        private readonly ContextModel context = context;
        private readonly RuleKind kind = kind;
        private readonly JoinPointKind use = use;
        private readonly bool? waits = waits;
        private readonly bool isPlumbing = isPlumbing;
        private readonly FieldSymbol? field = field;
        private readonly MethodSymbol callee = callee;
        private readonly TypeSymbol? receiver = receiver;
        private readonly TypeDefinition? caller = caller;

        public bool Equals(Key other) =>
            callee == other.callee && context == other.context && kind == other.kind && use == other.use && waits == other.waits && isPlumbing == other.isPlumbing && field == other.field
            && receiver == other.receiver && caller == other.caller;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() =>
            unchecked((((RuntimeHelpers.GetHashCode(callee) * 31 + context.Context.Id) * 31 + (int)kind * 2 + (int)use) * 31 + (receiver?.Id ?? 0)) * 31
                + (caller is null ? 0 : RuntimeHelpers.GetHashCode(caller)));
    }
}
