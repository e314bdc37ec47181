using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Rules;

namespace Cassette.Fody.Discovery;

/// <summary>The rules that apply at one call, by kind.</summary>
/// <param name="Call">The call as rules see it.</param>
/// <param name="Prehook">What runs before.</param>
/// <param name="Posthook">What runs after.</param>
/// <param name="Throwhook">What runs when it throws.</param>
/// <param name="Primitive">What runs in its place.</param>
/// <param name="Fallback">What makes a call that has no clone.</param>
public sealed record SiteRules(CallShape Call, RuleSelection Prehook, RuleSelection Posthook, RuleSelection Throwhook, RuleSelection Primitive, RuleSelection Fallback)
{
    /// <summary>What runs when the task that it returns completes.</summary>
    public RuleSelection Completion { get; init; } = RuleSelection.Empty;

    /// <summary>What runs when the task that it returns fails. When the call itself throws, <see cref="Throwhook"/> does.</summary>
    public RuleSelection Failure { get; init; } = RuleSelection.Empty;

    /// <summary>Whether hooks wait for the task that it returns.</summary>
    public bool AreAwaited => !Completion.IsEmpty || !Failure.IsEmpty;

    /// <summary>Whether a primitive takes the call whatever happens and never asks for the clone.</summary>
    public bool TakesTheCall => Primitive.IsTotal && Primitive.Bindings.All(b => !b.TakesCall);

    /// <summary>Whether the call may be made natively although it has a clone: after a prehook said so, or by a rule that has the call itself.</summary>
    public bool MayCallNatively => Prehook.Bindings.Any(b => b.Result == RuleResult.Proceed) || Bindings.Any(b => b.TakesCall);

    /// <summary>Whether a rule is handed an argument of the call, or takes the call's place.</summary>
    public bool SeesArguments =>
        !Primitive.IsEmpty || !Fallback.IsEmpty
        || Bindings.Any(b => b.Operands.Any(o => o.Source is OperandSource.Argument or OperandSource.ObjectArray or OperandSource.Tuple or OperandSource.Call) || b.Tests.Any(t => t.Subject == OperandSource.Argument));

    public bool IsEmpty => Prehook.IsEmpty && Posthook.IsEmpty && Throwhook.IsEmpty && Primitive.IsEmpty && Fallback.IsEmpty && !AreAwaited;

    /// <summary>The rules that the caller's open type arguments keep from being decided.</summary>
    public IEnumerable<RuleModel> Undecided =>
        Prehook.Undecided.Concat(Posthook.Undecided).Concat(Throwhook.Undecided).Concat(Primitive.Undecided).Concat(Fallback.Undecided).Concat(Completion.Undecided).Concat(Failure.Undecided);

    public IEnumerable<RuleBinding> Bindings =>
        Prehook.Bindings.Concat(Posthook.Bindings).Concat(Throwhook.Bindings).Concat(Primitive.Bindings).Concat(Fallback.Bindings).Concat(Completion.Bindings).Concat(Failure.Bindings);
}
