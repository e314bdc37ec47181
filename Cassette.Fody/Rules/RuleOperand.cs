using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>Where one argument of a rule's call comes from.</summary>
public enum OperandSource
{
    /// <summary>The context, unwrapped <see cref="RuleOperand.Unwraps"/> times, then converted.</summary>
    Context,
    /// <summary>The call's result (the awaited one for a rule that waits).</summary>
    Output,
    /// <summary>What the call threw.</summary>
    Exception,
    /// <summary>The call's static data.</summary>
    JoinPoint,
    /// <summary>One argument of the call.</summary>
    Argument,
    /// <summary>A new <c>object[]</c> of <see cref="RuleOperand.Elements"/>.</summary>
    ObjectArray,
    /// <summary>A new <see cref="RuleOperand.Type"/>, a value tuple of <see cref="RuleOperand.Elements"/>, nested beyond seven.</summary>
    Tuple,
    /// <summary>The struct that stands for the call.</summary>
    Call,
}

/// <summary>One argument of a rule's call.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Type">The rule's parameter type. For <see cref="OperandSource.Call"/> the rule's own generic parameter.</param>
/// <param name="Conversion">For the context, the output, the exception and an argument.</param>
/// <param name="Argument">The argument's index, the receiver being 0; for arrays and tuples that of the first.</param>
public sealed record RuleOperand(OperandSource Source, TypeSymbol Type, ValueConversion Conversion = default, int Argument = -1)
{
    /// <summary>For arrays and tuples: how each argument from <see cref="Argument"/> on becomes an element.</summary>
    public IReadOnlyList<ValueConversion> Elements { get; init; } = Array.Empty<ValueConversion>();

    /// <summary>How many <c>WithoutHooks</c> are taken off the context before it is converted.</summary>
    public int Unwraps { get; init; }
}
