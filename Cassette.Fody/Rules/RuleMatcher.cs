namespace Cassette.Fody.Rules;

/// <summary>Whether one rule matches one shape of call, and how it is then called.</summary>
internal sealed class RuleMatcher(MatchTools tools, TargetMatcher targets)
{
    /// <summary>
    /// The binding, or null. <paramref name="undecided"/>: it is null only because a type in the call is open, and could be there with a type
    /// argument put in.
    /// </summary>
    public RuleBinding? Match(RuleModel rule, ContextModel context, CallShape call, out bool undecided)
    {
        undecided = false;
        // The target goes first, so that a pointcut is known to match even where the parameters do not.
        if (!targets.Matches(rule.Target, call, out var receiverTest) || !FitsCount(rule.Signature, call))
            return null;
        return new MatchAttempt(tools, rule, context, call).Run(receiverTest, out undecided);
    }

    /// <summary>As <see cref="Match"/>, taking the target for granted and leaving the result out: do the parameters fit?</summary>
    public bool ParametersMayFit(RuleModel rule, ContextModel context, CallShape call) =>
        FitsCount(rule.Signature, call) && (new MatchAttempt(tools, rule, context, call) { IgnoreResult = true }.Run(null, out var undecided) is not null || undecided);

    /// <summary>As <see cref="Match"/>, taking the target for granted.</summary>
    public bool MayFit(RuleModel rule, ContextModel context, CallShape call) =>
        FitsCount(rule.Signature, call) && (new MatchAttempt(tools, rule, context, call).Run(null, out var undecided) is not null || undecided);

    private static bool FitsCount(RuleSignature signature, CallShape call) =>
        signature.SwallowsRest ? call.Arguments.Length >= signature.Typed.Length : call.Arguments.Length == signature.Typed.Length;
}
