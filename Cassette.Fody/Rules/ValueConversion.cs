using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>How a value of one type becomes one of another.</summary>
/// <param name="Steps">What to do.</param>
/// <param name="From">The static type of the value.</param>
/// <param name="To">
/// The type wanted. With <see cref="ConversionSteps.Placeholder"/> it is <c>object</c> (box the placeholder) or <c>Unboxable</c> itself.
/// </param>
public readonly record struct ValueConversion(ConversionSteps Steps, TypeSymbol From, TypeSymbol To)
{
    /// <summary>The type of the value after <see cref="ConversionSteps.Load"/>: what is boxed or tested.</summary>
    public TypeSymbol Loaded => (Steps & ConversionSteps.Load) != 0 ? From.Element! : From;
}
