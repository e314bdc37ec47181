using System.Collections.Generic;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Invokers for a delegate type on known type arguments that find out, for each place of a call, which one of several methods its delegates are mostly made of;
/// see <see cref="LikelyMethods"/>.
/// </summary>
/// <remarks>Any other delegate is compared with all of them before it is looked up: where they are few, where the call is.</remarks>
internal sealed class LikelyInvokers(TypeUniverse types, RuntimeLibrary library, LikelyMethods likely, DelegateCandidates candidates, DirectInvokers direct, Helpers helpers)
{
    /// <summary>Fewer are compared one after the other as quickly.</summary>
    private const int MinTargets = 3;

    private readonly Dictionary<(TypeSymbol, ContextStack, string), MethodDefinition> invokers = [];
    private readonly bool isOptimized = ModuleFacts.IsOptimized(types.Module);

    /// <summary>The invoker for one more place; null where there is too little to choose from, or too much.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that calls the delegate; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (!isOptimized || caller is null || candidates.For(delegateType, stack, caller) is not { Count: >= MinTargets and <= LikelyMethods.MaxCandidates } guesses)
            return null;
        var key = (delegateType, stack, DelegateCandidates.KeyOf(guesses));
        if (!invokers.TryGetValue(key, out var invoker))
        {
            var other = helpers.DirectInvoker(delegateType, stack, caller) ?? direct.ForMany(delegateType, stack, guesses);
            invokers.Add(key, invoker = likely.Write(new Targets(library, direct, delegateType, stack, guesses, other)));
        }
        return likely.OnNewPlace(invoker);
    }

    /// <summary>The methods that a delegate may be made of.</summary>
    private sealed class Targets(RuntimeLibrary library, DirectInvokers direct, TypeSymbol delegateType, ContextStack stack, IReadOnlyList<MethodSymbol> guesses, MethodSymbol other) : ILikelyCandidates
    {
        public int Count => guesses.Count;

        public ContextStack Stack => stack;

        public MethodSymbol Otherwise => other;

        public MethodDefinition Declare(string name) => direct.Declare(name, delegateType, stack);

        public void EmitTest(BlockWriter writer, int candidate, Block other)
        {
            writer.Emit(Code.Ldarg, writer.Body.Arguments[0]);
            DirectInvokers.EmitTest(writer, library, guesses[candidate], other);
        }

        public void EmitGuess(BlockWriter writer, int candidate, Block other) => direct.EmitGuess(writer, guesses[candidate], stack, other);

        public void EmitPassOn(BlockWriter writer, MethodSymbol other) => direct.EmitPassOn(writer, other);
    }
}
