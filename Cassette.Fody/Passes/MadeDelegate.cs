using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>What a local's delegate is made of, whenever the local is read.</summary>
/// <param name="Method">The method, called exactly.</param>
/// <param name="Block">Where the local is assigned.</param>
/// <param name="Store">The assignment; <c>ldftn</c> and <c>newobj</c> stand before it where there is no <paramref name="TargetField"/>.</param>
/// <param name="TargetField">The static field that holds the delegate's target; null where the target is on the stack before the <c>ldftn</c>.</param>
internal sealed record MadeDelegate(MethodSymbol Method, Block Block, Instruction Store, FieldSymbol? TargetField);
