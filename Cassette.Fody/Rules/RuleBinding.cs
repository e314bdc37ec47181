using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>What becomes of the value that a rule returns.</summary>
public enum RuleResult
{
    /// <summary>There is none.</summary>
    None,
    /// <summary>It is the call's result.</summary>
    Use,
    /// <summary>A posthook's: it takes the place of the output.</summary>
    Replace,
    /// <summary>A prehook's <c>bool</c>: false stops overdubbing below the call.</summary>
    Proceed,
    /// <summary>The call has no result: it is popped.</summary>
    Discard,
}

/// <summary>One rule as one shape of call uses it.</summary>
[DebuggerDisplay("{Rule}")]
public sealed class RuleBinding
{
    internal RuleBinding(RuleModel rule, TypeSymbol[] methodArguments, IReadOnlyList<RuleOperand> operands, IReadOnlyList<RuntimeTest> tests)
    {
        Rule = rule;
        Operands = operands;
        Tests = tests;
        MethodArguments = methodArguments;
        Method = rule.DeclaringType.Universe.Method(rule.Definition, rule.DeclaringType, methodArguments);
    }

    public RuleModel Rule { get; }

    /// <summary>The rule to call. Where <see cref="TakesCall"/>, <c>TCall</c> still stands for itself: <see cref="MethodFor"/> puts it in.</summary>
    public MethodSymbol Method { get; }

    /// <summary>The rule's arguments in order.</summary>
    public IReadOnlyList<RuleOperand> Operands { get; }

    /// <summary>All have to hold; none for a rule that applies in any case.</summary>
    public IReadOnlyList<RuntimeTest> Tests { get; }

    public bool IsUnconditional => Tests.Count == 0;

    public RuleResult Result { get; internal init; }

    /// <summary>From what the rule returns to what is needed, for <see cref="RuleResult.Use"/> and <see cref="RuleResult.Replace"/>.</summary>
    public ValueConversion ResultConversion { get; internal init; }

    /// <summary>Whether the hook runs when the task that the call returns completes, with its result as the output.</summary>
    public bool Awaits { get; internal init; }

    /// <summary>The call's arguments that the rule or its tests look at.</summary>
    public IEnumerable<int> Arguments => Operands.SelectMany(ArgumentsOf).Concat(Tests.Where(t => t.Subject == OperandSource.Argument).Select(t => t.Argument)).Distinct();

    /// <summary>Whether an operand is the call itself.</summary>
    public bool TakesCall => Rule.Signature.Form == ArgumentsForm.Call;

    /// <summary>For <see cref="TakesCall"/>: whether the rule accepts a call that is a <c>ref struct</c>.</summary>
    public bool TakesRefStructCall => TakesCall && Boxing.AllowsRefStruct(Rule.Signature.Swallower!);

    private TypeSymbol[] MethodArguments { get; }

    private static IEnumerable<int> ArgumentsOf(RuleOperand operand) => operand.Source switch
    {
        OperandSource.Argument => IsLoaded(operand.Conversion) ? [operand.Argument] : [],
        OperandSource.ObjectArray or OperandSource.Tuple => Enumerable.Range(operand.Argument, operand.Elements.Count).Where(a => IsLoaded(operand.Elements[a - operand.Argument])),
        _ => [],
    };

    private static bool IsLoaded(ValueConversion conversion) => (conversion.Steps & (ConversionSteps.Placeholder | ConversionSteps.Absent)) == 0;

    /// <summary>The rule to call when <paramref name="callType"/> is the struct that stands for the call.</summary>
    public MethodSymbol MethodFor(TypeSymbol callType)
    {
        var arguments = (TypeSymbol[])MethodArguments.Clone();
        arguments[Rule.Signature.Swallower!.Position] = callType;
        return Method.DeclaringType.Universe.Method(Rule.Definition, Rule.DeclaringType, arguments);
    }
}
