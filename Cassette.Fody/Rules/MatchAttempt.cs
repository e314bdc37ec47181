using System.Collections.Generic;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>The state of one match: what is inferred, and the operands and tests found so far.</summary>
internal sealed class MatchAttempt(MatchTools tools, RuleModel rule, ContextModel context, CallShape call)
{
    private readonly RuleSignature signature = rule.Signature;
    private readonly TypeInference inference = new(tools.Types, tools.Assignability, rule.Definition, rule.Preset);
    private readonly List<RuleOperand> operands = [];
    private readonly List<RuntimeTest> tests = [];
    private bool isOpen;

    public bool IgnoreResult { get; init; }

    /// <summary>What the rule calls the output: the awaited result where it waits for one.</summary>
    private TypeSymbol Output { get; } = rule.Await ? Awaited(tools.Types, call) : call.Result;

    /// <summary>Whether the call returns what the rule does.</summary>
    private bool GivesResult => rule.Kind is RuleKind.Overdub or RuleKind.Fallback || rule.Kind == RuleKind.Posthook && signature.Return.Shape != TypeShape.Void;

    private bool ReturnsNothing => Output.Shape == TypeShape.Void;

    public RuleBinding? Run(TypeSymbol? receiverTest, out bool undecided)
    {
        var binding = Bind(receiverTest);
        undecided = binding is null && isOpen && MayEverFit();
        return binding;
    }

    private RuleBinding? Bind(TypeSymbol? receiverTest)
    {
        if (receiverTest is not null)
            AddReceiverTest(receiverTest);
        if (!Infer() || !CheckConstraints())
            return null;
        AddContext();
        if (!AddOutput() || !AddException())
            return null;
        if (signature.HasJoinPoint)
            operands.Add(new RuleOperand(OperandSource.JoinPoint, tools.Vocabulary.JoinPoint));
        if (!AddTyped() || !AddSwallowed())
            return null;
        var result = RuleResult.None;
        var conversion = default(ValueConversion);
        if (!IgnoreResult && !ConvertResult(out result, out conversion))
            return null;
        return new RuleBinding(rule, inference.Arguments(), operands, tests)
        {
            Result = result,
            ResultConversion = conversion,
            Awaits = Waits(rule, call),
        };
    }

    private bool Infer()
    {
        if (signature.Output is { } output && !InferFrom(output, ReturnsNothing ? tools.Vocabulary.Nothing : Output))
            return false;
        if (signature.Exception is { } exception && !InferFrom(exception, tools.Types.Exception))
            return false;
        // Parameters inside other types are bound exactly, so they go before those that stand alone and can be widened.
        if (!InferTyped(alone: false) || !InferTyped(alone: true))
            return false;
        if (signature.Form == ArgumentsForm.Tuple)
            inference.Bind(signature.Swallower!.Position, TupleOf(signature.Typed.Length));
        if (signature.Form == ArgumentsForm.Call && !InferCall())
            return false;
        if (rule.Kind is RuleKind.Overdub or RuleKind.Fallback && !IgnoreResult && !InferResult())
            return false;
        return InferFromConstraints();
    }

    private bool InferTyped(bool alone)
    {
        for (var i = 0; i < signature.Typed.Length; i++)
        {
            if (signature.Typed[i].IsGenericParameter == alone && !InferFrom(signature.Typed[i], call.Arguments[i]))
                return false;
        }
        return true;
    }

    private bool InferFrom(TypeSymbol pattern, TypeSymbol actual)
    {
        isOpen |= actual.IsOpen;
        if (actual.Shape == TypeShape.ByRef)
            return pattern.Shape == TypeShape.ByRef ? inference.InferExactly(pattern, actual) : inference.Infer(pattern, actual.Element!);
        return inference.Infer(pattern, actual);
    }

    private bool InferCall()
    {
        if (call.NeedsRefStruct && !Boxing.AllowsRefStruct(signature.Swallower!))
            return false;
        if (signature.CallArguments is { } arguments)
        {
            for (var i = 0; i < call.Arguments.Length; i++)
            {
                isOpen |= call.Arguments[i].IsOpen;
                if ((tools.Converter.ToElement(call.Arguments[i], true, false).Steps & ConversionSteps.Placeholder) != 0)
                    return false;
            }
            if (call.NeedsRefStruct || !inference.InferExactly(arguments, TupleOf(0)))
                return false;
        }
        isOpen |= call.Result.IsOpen;
        return inference.InferExactly(signature.CallResult!, ReturnsNothing ? tools.Vocabulary.Nothing : call.Result);
    }

    /// <summary>A generic result that no argument has bound is what the call returns.</summary>
    private bool InferResult()
    {
        isOpen |= call.Result.IsOpen;
        if (!signature.Return.IsOpen || signature.Form == ArgumentsForm.Call)
            return true;
        if (!inference.Apply(signature.Return).IsOpen)
            return true;
        var actual = ReturnsNothing ? tools.Vocabulary.Nothing : call.Result;
        return !IsUnbound(signature.Return) || inference.InferExactly(signature.Return, actual);
    }

    /// <summary><c>where TList : IList&lt;T&gt;</c> binds <c>T</c> once <c>TList</c> is bound.</summary>
    private bool InferFromConstraints()
    {
        var parameters = tools.Types.ParametersOf(rule.Definition);
        for (var round = 0; round < parameters.Length; round++)
        {
            var isComplete = true;
            foreach (var parameter in parameters)
            {
                if (parameter.Parameter == signature.Swallower && signature.Form == ArgumentsForm.Call)
                    continue;
                if (inference[parameter.Parameter!.Position] is not { } bound)
                {
                    isComplete = false;
                    continue;
                }
                foreach (var constraint in tools.Types.ConstraintsOf(parameter))
                {
                    if (IsUnbound(constraint))
                        inference.Infer(constraint, bound);
                }
            }
            if (isComplete)
                return true;
        }
        return parameters.Length == 0;
    }

    /// <summary>Whether a type mentions a parameter that nothing has bound.</summary>
    private bool IsUnbound(TypeSymbol type)
    {
        if (!type.IsOpen)
            return false;
        if (type.IsGenericParameter)
            return ReferenceEquals(type.Parameter!.Owner, rule.Definition) && inference[type.Parameter.Position] is null;
        if (type.Element is { } element)
            return IsUnbound(element);
        foreach (var argument in type.Arguments)
        {
            if (IsUnbound(argument))
                return true;
        }
        return false;
    }

    private bool CheckConstraints()
    {
        foreach (var parameter in tools.Types.ParametersOf(rule.Definition))
        {
            if (parameter.Parameter == signature.Swallower && signature.Form == ArgumentsForm.Call)
                continue;
            if (!tools.Constraints.Satisfies(parameter, inference[parameter.Parameter!.Position]!, inference))
                return false;
        }
        return true;
    }

    private void AddReceiverTest(TypeSymbol type)
    {
        var receiver = call.Arguments[0];
        var steps = receiver.Shape == TypeShape.ByRef ? ConversionSteps.Load : ConversionSteps.None;
        var value = receiver.Shape == TypeShape.ByRef ? receiver.Element! : receiver;
        if (!tools.Assignability.IsKnownReference(value))
            steps |= ConversionSteps.Box;
        tests.Add(new RuntimeTest(OperandSource.Argument, 0, steps, receiver, type));
    }

    private void AddContext()
    {
        var from = context.RuleContext;
        var to = inference.Apply(signature.Context);
        var steps = from != to && !tools.Assignability.IsKnownReference(from) ? ConversionSteps.Box : ConversionSteps.None;
        operands.Add(new RuleOperand(OperandSource.Context, to, new ValueConversion(steps, from, to)) { Unwraps = context.Unwraps });
    }

    private bool AddOutput()
    {
        if (signature.Output is not { } pattern)
            return true;
        var to = inference.Apply(pattern);
        if (ReturnsNothing)
        {
            operands.Add(new RuleOperand(OperandSource.Output, to, new ValueConversion(ConversionSteps.Absent, Output, to)));
            return to == tools.Types.Object || to == tools.Vocabulary.Nothing;
        }
        if (to == tools.Types.Object)
        {
            operands.Add(new RuleOperand(OperandSource.Output, to, tools.Converter.ToElement(Output, !call.DealsInReferences, true)));
            return true;
        }
        return AddValue(OperandSource.Output, -1, Output, to, !call.DealsInReferences);
    }

    private bool AddException() =>
        signature.Exception is not { } pattern || AddValue(OperandSource.Exception, -1, tools.Types.Exception, inference.Apply(pattern), true);

    private bool AddTyped()
    {
        for (var i = 0; i < signature.Typed.Length; i++)
        {
            var to = inference.Apply(signature.Typed[i]);
            // An out argument has no value yet: only a by-ref that need not be read takes it.
            if (call.IsOut(i) && rule.Kind != RuleKind.Posthook && IsReadOnlyParameter(i))
                return false;
            if (!AddValue(OperandSource.Argument, i, call.Arguments[i], to, CanRead(i)))
                return false;
        }
        return true;
    }

    private bool IsReadOnlyParameter(int typed)
    {
        var parameter = rule.Definition.Parameters[signature.FirstTyped + typed];
        return parameter.IsIn && !parameter.IsOut;
    }

    private bool CanRead(int argument) => !call.DealsInReferences && (rule.Kind == RuleKind.Posthook || !call.IsOut(argument));

    private bool AddValue(OperandSource source, int argument, TypeSymbol from, TypeSymbol to, bool readable)
    {
        if (!tools.Converter.TryConvert(from, to, readable, out var conversion, out var test))
            return false;
        operands.Add(new RuleOperand(source, to, conversion, argument));
        if (test is null)
            return true;
        var steps = conversion.Steps & (ConversionSteps.Load | ConversionSteps.Box);
        // A test of the parameter's type says all that one of the target's type would, and more, or the other way round; both are kept unless equal.
        var added = new RuntimeTest(source, argument, steps, from, test);
        if (!tests.Contains(added))
            tests.Add(added);
        return true;
    }

    private bool AddSwallowed()
    {
        var first = signature.Typed.Length;
        switch (signature.Form)
        {
            case ArgumentsForm.Array:
                operands.Add(new RuleOperand(OperandSource.ObjectArray, tools.Types.Vector(tools.Types.Object), default, first) { Elements = Elements(first, true) });
                return true;
            case ArgumentsForm.Tuple:
                operands.Add(new RuleOperand(OperandSource.Tuple, TupleOf(first), default, first) { Elements = Elements(first, false) });
                return true;
            case ArgumentsForm.Call:
                operands.Add(new RuleOperand(OperandSource.Call, tools.Types.ParametersOf(rule.Definition)[signature.Swallower!.Position]));
                return true;
            default:
                return true;
        }
    }

    private ValueConversion[] Elements(int first, bool boxed)
    {
        var elements = new ValueConversion[call.Arguments.Length - first];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = tools.Converter.ToElement(call.Arguments[first + i], CanRead(first + i), boxed);
        return elements;
    }

    private TypeSymbol TupleOf(int first)
    {
        var elements = new List<TypeSymbol>();
        foreach (var element in Elements(first, false))
        {
            isOpen |= element.To.IsOpen;
            elements.Add(element.To);
        }
        return TupleOf(elements, 0);
    }

    private TypeSymbol TupleOf(List<TypeSymbol> elements, int first)
    {
        var count = elements.Count - first;
        if (count == 0)
            return tools.Types.Core("ValueTuple");
        var isNested = count > 7;
        var arguments = new TypeSymbol[isNested ? 8 : count];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = isNested && i == 7 ? TupleOf(elements, first + 7) : elements[first + i];
        return tools.Types.Instantiate(tools.Types.Core("ValueTuple`" + arguments.Length), arguments);
    }

    private bool ConvertResult(out RuleResult result, out ValueConversion conversion)
    {
        result = RuleResult.None;
        conversion = default;
        var returned = inference.Apply(signature.Return);
        switch (rule.Kind)
        {
            case RuleKind.Prehook:
                result = returned.Shape == TypeShape.Boolean ? RuleResult.Proceed : RuleResult.None;
                return true;
            case RuleKind.Posthook when returned.Shape != TypeShape.Void:
                result = ReturnsNothing ? RuleResult.Discard : RuleResult.Replace;
                return ReturnsNothing || tools.Converter.TryConvertResult(returned, Output, true, out conversion);
            case RuleKind.Overdub or RuleKind.Fallback:
                if (ReturnsNothing)
                {
                    result = returned.Shape == TypeShape.Void ? RuleResult.None : RuleResult.Discard;
                    return result == RuleResult.None || returned == tools.Vocabulary.Nothing;
                }
                result = RuleResult.Use;
                return returned.Shape != TypeShape.Void && tools.Converter.TryConvertResult(returned, call.Result, false, out conversion);
            default:
                return true;
        }
    }

    /// <summary>Whether type arguments for the open types in the call could make the rule match.</summary>
    private bool MayEverFit()
    {
        for (var i = 0; i < signature.Typed.Length; i++)
        {
            if (!MayCoincide(call.Arguments[i], signature.Typed[i]))
                return false;
        }
        if (signature.Output is { } output && !ReturnsNothing && !MayCoincide(Output, output))
            return false;
        // No value can take the place of a reference, whatever the type arguments are.
        if (!IgnoreResult && GivesResult && Output.Shape == TypeShape.ByRef && signature.Return.Shape != TypeShape.ByRef)
            return false;
        if (IgnoreResult || rule.Kind is not (RuleKind.Overdub or RuleKind.Fallback))
            return true;
        return ReturnsNothing
            ? signature.Return.Shape == TypeShape.Void || signature.Return.IsOpen || signature.Return == tools.Vocabulary.Nothing
            : signature.Return.Shape != TypeShape.Void && MayCoincide(call.Result, signature.Result);
    }

    private bool MayCoincide(TypeSymbol actual, TypeSymbol wanted)
    {
        if (actual.Shape == TypeShape.ByRef)
        {
            actual = actual.Element!;
            wanted = wanted.Shape == TypeShape.ByRef ? wanted.Element! : wanted;
        }
        else if (wanted.Shape == TypeShape.ByRef)
        {
            return false;
        }
        // A type without open parameters is decided; only one with them may change.
        if (actual == wanted || wanted.IsGenericParameter)
            return true;
        if (!actual.IsOpen && !wanted.IsOpen)
            return tools.Converter.TryConvert(actual, wanted, true, out _, out _);
        return tools.Assignability.IsSubtypeOrPossible(actual, wanted);
    }

    /// <summary>Whether a hook runs at the end of the task that a call returns.</summary>
    public static bool Waits(RuleModel rule, CallShape call) => rule.Await && Awaited(rule.DeclaringType.Universe, call) != call.Result;

    /// <summary>What awaiting a call gives. A task that is only made may not be started yet, so <c>new</c> is never waited for.</summary>
    private static TypeSymbol Awaited(TypeUniverse types, CallShape call)
    {
        var result = call.Result;
        if (call.Kind == JoinPointKind.New || result.Named is not { Namespace: "System.Threading.Tasks" } named)
            return result;
        return named.Name switch
        {
            "Task" or "ValueTask" => types.Void,
            "Task`1" or "ValueTask`1" => result.Arguments[0],
            _ => result,
        };
    }
}
