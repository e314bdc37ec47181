using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>
/// The order of rules of one kind: a rule is at least as specific as another if it is in every coordinate: the target, the way it takes
/// arguments, and the types of context, output, exception and arguments taken together. As in Julia, types are compared by asking whether
/// the other rule would accept what this one declares.
/// </summary>
internal sealed class Specificity(TypeUniverse types, Assignability assignability, ConstraintChecker constraints)
{
    private readonly Dictionary<(RuleModel, RuleModel, int), bool> known = [];

    /// <summary>Whether <paramref name="first"/> goes before <paramref name="second"/> for calls with so many arguments.</summary>
    public bool IsMoreSpecific(RuleModel first, RuleModel second, int arguments)
    {
        if (!known.TryGetValue((first, second, arguments), out var answer))
        {
            var atLeast = IsAtLeast(first, second, arguments);
            answer = atLeast && (!IsAtLeast(second, first, arguments) || BreaksTie(first, second));
            known.Add((first, second, arguments), answer);
        }
        return answer;
    }

    private bool IsAtLeast(RuleModel first, RuleModel second, int arguments)
    {
        var (a, b) = (first.Signature, second.Signature);
        if (!IsTargetAtLeast(first.Target, second.Target) || Breadth(a) > Breadth(b) || !assignability.IsBoxedAssignable(a.Context, b.Context))
            return false;
        var pairs = new List<(TypeSymbol, TypeSymbol)>();
        if (!Pair(a.Output, b.Output, pairs) || !Pair(a.Exception, b.Exception, pairs))
            return false;
        for (var i = 0; i < arguments; i++)
        {
            if (!Pair(i < a.Typed.Length ? a.Typed[i] : null, i < b.Typed.Length ? b.Typed[i] : null, pairs))
                return false;
        }
        return Accepts(second, pairs);
    }

    /// <summary>How much of the call's arguments is left open: all fixed, some fixed, none.</summary>
    private static int Breadth(RuleSignature signature) => !signature.SwallowsRest ? 0 : signature.Typed.Length > 0 ? 1 : 2;

    private bool IsTargetAtLeast(RuleTarget a, RuleTarget b)
    {
        if (a.Rank != b.Rank)
            return a.Rank < b.Rank;
        if (b.Access != TargetAccess.Any && a.Access != b.Access)
            return false;
        if (a.DeclaringType is not { } first || b.DeclaringType is not { } second || first == second)
            return true;
        if (b.IsAnyInstantiation)
            return first.Definition == second.Definition || DerivesFrom(first, second);
        return assignability.IsBoxedAssignable(first, second);
    }

    private static bool DerivesFrom(TypeSymbol type, TypeSymbol open)
    {
        for (var candidate = type.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Definition == open.Definition)
                return true;
        }
        return false;
    }

    /// <summary>A type is narrower than no type; no type is not narrower than any.</summary>
    private static bool Pair(TypeSymbol? a, TypeSymbol? b, List<(TypeSymbol, TypeSymbol)> pairs)
    {
        if (b is null)
            return true;
        if (a is null)
            return false;
        if (b.Shape == TypeShape.ByRef && a.Shape != TypeShape.ByRef)
            return false;
        if (b.Shape != TypeShape.ByRef && a.Shape == TypeShape.ByRef)
            a = a.Element!;
        pairs.Add((a, b));
        return true;
    }

    /// <summary>Whether a rule would accept values of the other's types, all at once: a parameter that occurs twice has to be one type.</summary>
    private bool Accepts(RuleModel rule, List<(TypeSymbol Given, TypeSymbol Wanted)> pairs)
    {
        var inference = new TypeInference(types, assignability, rule.Definition, rule.Preset);
        foreach (var (given, wanted) in pairs)
        {
            // Object is the most general of all: a generic parameter, which keeps values unboxed, goes before it.
            if (given == types.Object && wanted != types.Object || !(wanted.Shape == TypeShape.ByRef ? inference.InferExactly(wanted, given) : inference.Infer(wanted, given)))
                return false;
        }
        foreach (var parameter in types.ParametersOf(rule.Definition))
        {
            if (inference[parameter.Parameter!.Position] is { } bound && parameter.Parameter != rule.Signature.Swallower && !constraints.Satisfies(parameter, bound, inference))
                return false;
        }
        foreach (var (given, wanted) in pairs)
        {
            if (!IsWithin(given, inference.Apply(wanted)))
                return false;
        }
        return true;
    }

    private bool IsWithin(TypeSymbol type, TypeSymbol other)
    {
        if (type == other || Boxing.IsNullable(other) && other.Arguments[0] == type)
            return true;
        if (Boxing.IsUnboxable(type) || Boxing.IsUnboxable(other) && !other.IsGenericParameter)
            return other == types.Object;
        return !(Boxing.IsNullable(type) && other.IsValueType) && assignability.IsBoxedAssignable(type, other);
    }

    /// <summary>Of two rules that accept the same, the one that names types goes before the one that leaves them open.</summary>
    private bool BreaksTie(RuleModel first, RuleModel second)
    {
        var (a, b) = (first.Signature, second.Signature);
        var gains = 0;
        for (var i = 0; i < a.Typed.Length && i < b.Typed.Length; i++)
        {
            if (a.Typed[i].IsOpen == b.Typed[i].IsOpen)
                continue;
            if (a.Typed[i].IsOpen)
                return false;
            gains++;
        }
        if (gains > 0)
            return true;
        if (a.Form == ArgumentsForm.Call && b.Form == ArgumentsForm.Call && CallBreadth(a) != CallBreadth(b))
            return CallBreadth(a) < CallBreadth(b);
        if (first.Kind is not (RuleKind.Overdub or RuleKind.Fallback) || a.Result == b.Result)
            return false;
        if (a.Result.IsOpen || b.Result.IsOpen)
            return !a.Result.IsOpen;
        return assignability.IsAssignable(a.Result, b.Result);
    }

    /// <summary>Which calls a rule for calls takes: those with a typed tuple, those without by-ref-likes, all.</summary>
    private static int CallBreadth(RuleSignature signature) =>
        signature.CallArguments is not null ? 0 : Boxing.AllowsRefStruct(signature.Swallower!) ? 2 : 1;
}
