using Cassette.Fody.Metadata;

namespace Cassette.Fody.Rules;

/// <summary>A test that decides in the clone whether a rule applies: <c>isinst</c>, which null never passes.</summary>
/// <param name="Subject"><see cref="OperandSource.Argument"/>, <see cref="OperandSource.Output"/> or <see cref="OperandSource.Exception"/>.</param>
/// <param name="Argument">The argument's index, for an argument.</param>
/// <param name="Steps"><see cref="ConversionSteps.Load"/> and <see cref="ConversionSteps.Box"/> to make an object of the value first.</param>
/// <param name="Static">The static type of the subject on the stack.</param>
/// <param name="Type">The type tested for.</param>
public sealed record RuntimeTest(OperandSource Subject, int Argument, ConversionSteps Steps, TypeSymbol Static, TypeSymbol Type);
