using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Placement;

namespace Cassette.Fody.Passes;

/// <summary>
/// Calls in families rooted outside whose results are kept in a local and then asked for their class at each call on them, as <c>foreach</c> over an
/// <c>IEnumerable&lt;int&gt;</c> does with its enumerator: for each class that the result most likely has, what reads the local gets a copy of its own,
/// which calls that class's clones by name.
/// <code>
/// if (s.GetType() == typeof(Numbers) &amp;&amp; Unsafe.As&lt;Numbers&gt;(s).GetEnumerator@Ctx(context) is var e)
/// {
///     if (e.GetType() == typeof(Walker))
///     {
///         var walker = Unsafe.As&lt;Walker&gt;(e);
///         try { while (walker.MoveNext@Ctx(context)) Use(walker.get_Current@Ctx(context)); } finally { walker.Dispose@Ctx(context); }
///     }
///     else try { while (MoveNext@Ctx(e, context)) ... }
/// }
/// else ...
/// </code>
/// The JIT does the same to a native loop, whose classes it guesses from a profile, and makes no object at all of an enumerator that it sees made and used up.
/// For that the object must not meet another one in the same local.
/// </summary>
/// <remarks>
/// Only in modules that are compiled with optimisation, where no debugger is expected to find each line once, and only of small parts of a body, in which no
/// rule sees anything.
/// </remarks>
internal sealed class GuessedResults(Shells shells, MachineShells machines, RuntimeLibrary library)
{
    /// <summary>Copies what can be, in the body and in its sites, before the calls are written: what lies within another part first.</summary>
    public void Copy(PlannedClone clone)
    {
        var body = clone.Body!;
        var made = new HashSet<Local>();
        foreach (var kept in clone.KeptResults)
        {
            var block = body.Blocks.First(b => b.Instructions.Contains(kept.Call));
            var call = block.Instructions.IndexOf(kept.Call);
            if (LocalExtent.Find(body, block, call + 1) is not { } extent || !IsCopyable(extent, block, call + 2, clone))
                continue;
            var size = extent.Blocks.Sum(b => b.Instructions.Count) + block.Instructions.Count - call - 2;
            ResultGuess[] guesses = [.. kept.Guesses.Select(g => Settled(g, clone)).OfType<ResultGuess>().Take(GuessedLoops.MaxCopied / System.Math.Max(size, 1))];
            if (guesses.Length > 0)
                new ResultCopies(clone, library, block, kept.Call, extent, made).Write(guesses);
        }
    }

    /// <summary>A part that is entered with nothing else on the stack.</summary>
    private static bool IsCopyable(LocalExtent extent, Block block, int rest, PlannedClone clone)
    {
        var machine = new StackMachine(clone.Body!);
        machine.Enter(block);
        foreach (var instruction in block.Instructions.Take(rest))
            machine.Apply(instruction);
        return machine.Stack.Count == 0 && block.Instructions.Skip(rest).Concat(extent.Blocks.SelectMany(b => b.Instructions)).All(i => GuessedLoops.IsCopyable(i, clone));
    }

    /// <summary>A guess whose methods all have clones, of the machine's clone where it is of a machine; null for any other.</summary>
    private ResultGuess? Settled(ResultGuess guess, PlannedClone clone)
    {
        if (!guess.Methods.Values.Prepend(guess.Receiver.Method).All(method => shells.HasExact(method.Definition!, clone.Stack)))
            return null;
        return !guess.IsMachine ? guess : machines.CloneOf(guess.Result, clone.Stack) is { } result ? guess with { Result = result } : null;
    }
}
