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

    private readonly Dictionary<(TypeSymbol, ContextStack, string), Written> written = [];
    private readonly bool isOptimized = ModuleFacts.IsOptimized(types.Module);

    /// <summary>The invoker for one more place; null where there is too little to choose from, or too much.</summary>
    /// <param name="delegateType">The delegate type.</param>
    /// <param name="stack">The contexts.</param>
    /// <param name="caller">The author's method that calls the delegate; null where it is not known.</param>
    public MethodSymbol? For(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller) =>
        Find(delegateType, stack, caller) is { } found ? likely.OnPlace(found.Invoker, likely.NewPlace()) : null;

    /// <summary>What a loop asks and calls, which is one more place; null where there is too little to choose from, or too much.</summary>
    public LikelyPlace? ForLoop(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (Find(delegateType, stack, caller) is not { } found)
            return null;
        var test = found.Test ??= likely.WriteTest(found.Targets, delegateType);
        var known = found.Known ??= likely.WriteKnown(found.Targets);
        var place = likely.NewPlace();
        return new LikelyPlace(likely.CandidateOf(place), likely.OnPlace(test, place), likely.OnPlace(known, place), likely.OnPlace(found.Invoker, place));
    }

    private Written? Find(TypeSymbol delegateType, ContextStack stack, MethodDefinition? caller)
    {
        if (!isOptimized || caller is null || candidates.For(delegateType, stack, caller) is not { Count: >= MinTargets and <= LikelyMethods.MaxCandidates } guesses)
            return null;
        var key = (delegateType, stack, DelegateCandidates.KeyOf(guesses));
        if (!written.TryGetValue(key, out var found))
        {
            var other = helpers.DirectInvoker(delegateType, stack, caller) ?? direct.ForMany(delegateType, stack, guesses);
            var targets = new Targets(library, direct, delegateType, stack, guesses, other);
            written.Add(key, found = new Written(targets, likely.Write(targets)));
        }
        return found;
    }

    /// <summary>What was written for some methods: for loops only if one asked for it.</summary>
    private sealed class Written(Targets targets, MethodDefinition invoker)
    {
        public Targets Targets => targets;

        public MethodDefinition Invoker => invoker;

        public MethodDefinition? Test { get; set; }

        public MethodDefinition? Known { get; set; }
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

        public void EmitCall(BlockWriter writer, int candidate) => direct.EmitCall(writer, guesses[candidate], stack);

        public void EmitPassOn(BlockWriter writer, MethodSymbol other) => direct.EmitPassOn(writer, other);
    }
}

/// <summary>What a loop asks and calls, which is one place.</summary>
/// <param name="Candidate">The number of what is likely; no more than 0 where nothing is, or nothing decided.</param>
/// <param name="Test"><c>IsLikely@Ctx</c>: whether a delegate, which is not null, is what is likely at the place.</param>
/// <param name="Known"><c>Known@Ctx</c>: the invoker for a delegate that the test found likely.</param>
/// <param name="Invoker"><c>Likely@Ctx</c>: the invoker for any delegate, which finds out what is likely.</param>
internal sealed record LikelyPlace(FieldSymbol Candidate, MethodSymbol Test, MethodSymbol Known, MethodSymbol Invoker);
