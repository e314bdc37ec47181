using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Discovery;

/// <summary>
/// A call in a family rooted outside whose result is kept in a local on which such members are called in turn, as an enumerator is by <c>foreach</c>.
/// </summary>
/// <param name="Call">The call, which the store into the local follows.</param>
/// <param name="Guesses">What it most likely runs, and returns.</param>
/// <param name="Size">How many blocks the local is read in.</param>
internal sealed record KeptResult(Instruction Call, IReadOnlyList<ResultGuess> Guesses, int Size);

/// <summary>What such a call runs on an object of one class, and an object of which class it then most likely returns.</summary>
/// <param name="Receiver">The class, and its method.</param>
/// <param name="Result">The class, or struct, of what it returns.</param>
/// <param name="Methods">What calls on the result run then, by the roots of their families; nothing for a state machine.</param>
internal sealed record ResultGuess(ExactClass Receiver, TypeSymbol Result, IReadOnlyDictionary<MethodSymbol, MethodSymbol> Methods)
{
    /// <summary>Whether it returns nothing else.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Whether the class is a state machine, which carries its contexts: what is called on it is called natively, and what it returns is its clone.</summary>
    public bool IsMachine { get; init; }
}
