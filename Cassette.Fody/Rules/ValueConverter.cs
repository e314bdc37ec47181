using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>Finds how values get from the types that calls have to the types that rules want, and where that takes a test.</summary>
internal sealed class ValueConverter(TypeUniverse types, Assignability assignability, RuleVocabulary vocabulary)
{
    /// <summary>A value for one typed parameter. False: it never fits.</summary>
    /// <param name="from">The value's static type.</param>
    /// <param name="to">The parameter's type, without open parameters of the rule.</param>
    /// <param name="readable">Whether a by-ref may be read: not so for <c>out</c> before the call.</param>
    /// <param name="conversion">What to do.</param>
    /// <param name="test">The type to test for first; null when the value fits in any case.</param>
    public bool TryConvert(TypeSymbol from, TypeSymbol to, bool readable, out ValueConversion conversion, out TypeSymbol? test)
    {
        conversion = new ValueConversion(ConversionSteps.None, from, to);
        test = null;
        if (from == to)
            return true;
        var steps = ConversionSteps.None;
        var value = from;
        if (from.Shape == TypeShape.ByRef)
        {
            if (to.Shape == TypeShape.ByRef || !readable)
                return false;
            steps = ConversionSteps.Load;
            value = from.Element!;
        }
        if (!Fits(value, to, out var more, out var needsTest))
            return false;
        conversion = new ValueConversion(steps | more, from, to);
        test = needsTest ? to : null;
        return true;
    }

    /// <summary>A value among swallowed ones: an <c>object</c>, or its own type in a tuple.</summary>
    public ValueConversion ToElement(TypeSymbol from, bool readable, bool boxed)
    {
        var steps = ConversionSteps.None;
        var value = from;
        if (from.Shape == TypeShape.ByRef && readable)
        {
            steps = ConversionSteps.Load;
            value = from.Element!;
        }
        if (Boxing.IsUnboxable(value))
            return new ValueConversion(ConversionSteps.Placeholder, from, boxed ? types.Object : vocabulary.Unboxable);
        if (!boxed)
            return new ValueConversion(steps, from, value);
        return new ValueConversion(assignability.IsKnownReference(value) ? steps : steps | ConversionSteps.Box, from, types.Object);
    }

    /// <summary>What a rule returned, as the call's result.</summary>
    /// <param name="from">What the rule returns.</param>
    /// <param name="to">What the call returns.</param>
    /// <param name="narrow">Whether a cast may fail at run time: for posthooks whose output is wider than the call's result.</param>
    /// <param name="conversion">What to do.</param>
    public bool TryConvertResult(TypeSymbol from, TypeSymbol to, bool narrow, out ValueConversion conversion)
    {
        conversion = new ValueConversion(ConversionSteps.None, from, to);
        if (from == to || assignability.IsAssignable(from, to))
            return true;
        if (!narrow || Boxing.IsUnboxable(from) || Boxing.IsUnboxable(to))
            return false;
        var box = assignability.IsKnownReference(from) ? ConversionSteps.None : ConversionSteps.Box;
        if (assignability.IsBoxedAssignable(from, to) && assignability.IsKnownReference(to))
            conversion = new ValueConversion(box, from, to);
        else if (assignability.IsSubtypeOrPossible(from, to))
            conversion = new ValueConversion(box | ConversionSteps.Cast, from, to);
        else
            return false;
        return true;
    }

    private bool Fits(TypeSymbol value, TypeSymbol to, out ConversionSteps steps, out bool needsTest)
    {
        steps = ConversionSteps.None;
        needsTest = false;
        if (value == to)
            return true;
        if (Boxing.IsUnboxable(value) || Boxing.IsUnboxable(to))
            return false;
        if (Boxing.IsNullable(to) && to.Arguments[0] == value)
        {
            steps = ConversionSteps.Wrap;
            return true;
        }
        var isReference = assignability.IsKnownReference(value);
        // A Nullable boxes to its value or to null: it is its value type only if it has a value, and any reference type that the value is even if not.
        var isFitting = Boxing.IsNullable(value) && to.IsValueType ? false : assignability.IsBoxedAssignable(value, to);
        if (isFitting)
        {
            steps = isReference ? ConversionSteps.None : ConversionSteps.Box;
            return true;
        }
        if (!assignability.IsSubtypeOrPossible(value, to))
            return false;
        steps = isReference ? ConversionSteps.Cast : ConversionSteps.Box | ConversionSteps.Cast;
        needsTest = true;
        return true;
    }
}
