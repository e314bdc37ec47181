using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Rules;
using Mono.Cecil;

namespace Cassette.Fody.Intrinsics;

/// <summary>
/// What pointcuts say of instructions. <c>get</c> and <c>set</c> match reads and writes of fields; <c>call</c> matches an instruction only where its pattern
/// names <c>Cassette.Intrinsic</c> itself, so that patterns for calls in general keep meaning calls.
/// </summary>
internal static class InstructionPatterns
{
    /// <summary>Whether a pointcut may match instructions.</summary>
    public static bool MeanInstructions(Pointcut pointcut) => MembersMeant(pointcut).Any();

    /// <summary>The patterns in a pointcut that match instructions, those under a negation left out.</summary>
    public static IEnumerable<(MemberPattern Pattern, bool IsField)> MembersMeant(Pointcut pointcut) => pointcut switch
    {
        OrPointcut or => or.Operands.SelectMany(MembersMeant),
        AndPointcut and => and.Operands.SelectMany(MembersMeant),
        CallPointcut call when NamesIntrinsics(call.Member) => [(call.Member, false)],
        GetPointcut get => [(get.Member, true)],
        SetPointcut set => [(set.Member, true)],
        _ => [],
    };

    /// <summary>Whether a rule with a pointcut applies to an instruction.</summary>
    public static bool Match(PatternMatcher patterns, Pointcut pointcut, CallShape call)
    {
        switch (pointcut)
        {
            case OrPointcut or:
                return or.Operands.Any(operand => Match(patterns, operand, call));
            case AndPointcut and:
                return and.Operands.All(operand => Match(patterns, operand, call));
            case NotPointcut not:
                return !Match(patterns, not.Operand, call);
            case CallPointcut pattern:
                return NamesIntrinsics(pattern.Member) && patterns.Matches(pattern, call.Reference, call.Callee.Definition, call.Caller, JoinPointKind.Call);
            case GetPointcut get:
                return IsAccess(call, "Load") && MatchesField(patterns, get.Member, call.Intrinsic!.Field!);
            case SetPointcut set:
                return IsAccess(call, "Store") && MatchesField(patterns, set.Member, call.Intrinsic!.Field!);
            case WithinPointcut:
                return patterns.Matches(pointcut, call.Reference, call.Callee.Definition, call.Caller, JoinPointKind.Call);
            case AttributePointcut attribute:
                return call.Intrinsic?.Field?.Definition is { } definition && patterns.HasAttribute(attribute.Type, definition);
            default:
                return false;
        }
    }

    private static bool NamesIntrinsics(MemberPattern member) => member.DeclaringType is { IsExact: true } type && type.ToString() is "Cassette.Intrinsic" or "Intrinsic";

    private static bool IsAccess(CallShape call, string verb) => call.Intrinsic?.Field != null && call.Callee.Name.StartsWith(verb, System.StringComparison.Ordinal);

    private static bool MatchesField(PatternMatcher patterns, MemberPattern pattern, FieldSymbol field) =>
        field.Definition is { } definition && patterns.MatchesField(pattern, field.Reference, definition);
}
