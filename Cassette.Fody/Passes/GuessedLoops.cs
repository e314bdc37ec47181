using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Loops that call a delegate which does not change in them: for each method that such a delegate is most likely made of the loop gets a copy that
/// calls the method's clone, and what the delegate is made of is asked once, before the loop, instead of at each call:
/// <code>
/// if (d != null &amp;&amp; DelegateTable.Code(d) == &amp;Target.Lambda) for (...) DelegateTable.Receiver&lt;Target&gt;(d).Lambda@Ctx(args, context);
/// else for (...) Direct@Ctx(d, args, context);
/// </code>
/// Where the methods are more, the loop gets one copy for the one that is likely at this place, as the loop's own calls find out:
/// <code>
/// if (Likely&lt;TPlace&gt;.Candidate > 0 &amp;&amp; d != null &amp;&amp; IsLikely@Ctx&lt;TPlace&gt;(d)) for (...) Known@Ctx&lt;TPlace&gt;(d, args, context);
/// else for (...) Likely@Ctx&lt;TPlace&gt;(d, args, context);
/// </code>
/// The JIT does the same to a native loop, whose delegate it guesses from a profile, but only to comparisons of its own.
/// </summary>
/// <remarks>
/// Only in modules that are compiled with optimisation, where no debugger is expected to find each line once, and only to small loops in which no rule
/// sees anything.
/// </remarks>
internal sealed class GuessedLoops(Helpers helpers, RuntimeLibrary library, bool isOptimized)
{
    /// <summary>How many instructions the copies of one part of a body may have.</summary>
    public const int MaxCopied = 240;

    /// <summary>Copies what loops can be, in the body and in its sites, before the calls are written.</summary>
    public void Copy(PlannedClone clone)
    {
        if (!isOptimized || clone.Machine != null || !clone.Sites.Values.Any(site => IsInvocation(site, clone)))
            return;
        var body = clone.Body!;
        var calls = FindCalls(clone);
        if (calls.Count == 0)
            return;
        var copied = new Dictionary<Block, LoopCopies>();
        foreach (var loop in BodyLoops.Innermost(body))
        {
            DelegateCall[] inside = [.. loop.Blocks.SelectMany(b => calls.TryGetValue(b, out var found) ? found : [])];
            if (inside.Length > 0 && IsCopyable(loop, clone) && Versions(loop, inside, clone) is { Count: > 0 } versions)
                copied.Add(loop.Blocks[0], new LoopCopies(clone, loop, inside, versions));
        }
        if (copied.Count == 0)
            return;
        foreach (var copies in copied.Values)
            copies.Lead(body);
        var writer = new BlockWriter(body);
        foreach (var block in body.Blocks.ToArray())
        {
            if (copied.TryGetValue(block, out var copies))
                copies.Write(writer);
            writer.Start(block);
        }
        writer.Finish();
    }

    /// <summary>An invocation that no level has rules for.</summary>
    private static bool IsInvocation(CallSite site, PlannedClone clone) =>
        site is { Route: CallRoute.Invoke, HasRulesAnywhere: false } && site.Goes == clone.Stack;

    /// <summary>The calls of delegates in arguments and locals of which no reference is taken, by their blocks.</summary>
    private static Dictionary<Block, List<DelegateCall>> FindCalls(PlannedClone clone)
    {
        var body = clone.Body!;
        var referred = new HashSet<object>(body.Blocks.SelectMany(b => b.Instructions).Where(i => i.Code is Code.Ldarga or Code.Ldloca).Select(i => i.Operand!));
        var origins = new ValueOrigins(body);
        var found = new Dictionary<Block, List<DelegateCall>>();
        foreach (var block in body.Blocks)
        {
            if (!block.IsReachable || !block.Instructions.Any(IsWanted))
                continue;
            var calls = origins.Receivers(block, IsWanted).Where(f => !referred.Contains(f.Load.Operand!)).Select(f => new DelegateCall(block, f.Load, f.Call)).ToList();
            if (calls.Count > 0)
                found.Add(block, calls);
        }
        return found;

        bool IsWanted(Instruction instruction) => clone.Sites.TryGetValue(instruction, out var site) && IsInvocation(site, clone);
    }

    private static bool IsCopyable(BodyLoop loop, PlannedClone clone) =>
        loop.Header.EntryStack.Length == 0 && loop.Blocks.All(b => b.Region == loop.Header.Region && b.Instructions.TrueForAll(i => IsCopyable(i, clone)));

    /// <summary>What makes delegates, hands them on, or is seen by rules is known by the instruction itself, and so stays the only one.</summary>
    public static bool IsCopyable(Instruction instruction, PlannedClone clone)
    {
        if (clone.Sites.TryGetValue(instruction, out var site) && (site.HasRulesAnywhere || site.Route == CallRoute.Entry || site.Intrinsic != null))
            return false;
        if (KeptDelegates.IsTouchedBy(instruction, clone.Method.Module) || clone.Delegates?.IsMaker(instruction) == true)
            return false;
        return instruction.Operand is not MethodSymbol method || !HandedDelegates.ParametersOf(method).Any();
    }

    /// <summary>What the delegates of a loop are taken for, in each version of the loop each of the variables that hold them.</summary>
    private List<Dictionary<object, IDelegateGuess>> Versions(BodyLoop loop, DelegateCall[] calls, PlannedClone clone)
    {
        var stored = new HashSet<object>(loop.Blocks.SelectMany(b => b.Instructions).Where(i => i.Code is Code.Starg or Code.Stloc).Select(i => i.Operand!));
        var size = loop.Blocks.Sum(b => b.Instructions.Count);
        List<Dictionary<object, IDelegateGuess>> versions = [[]];
        foreach (var onVariable in calls.GroupBy(c => c.Variable).Where(g => !stored.Contains(g.Key)))
        {
            var guesses = Guesses([.. onVariable], clone, MaxCopied / (versions.Count * size));
            if (guesses.Count > 0)
                versions = [.. versions.SelectMany(version => guesses.Select(guess => new Dictionary<object, IDelegateGuess>(version) { [onVariable.Key] = guess }))];
        }
        return versions[0].Count == 0 ? [] : versions;
    }

    /// <summary>What one variable's delegate is taken for: the methods that it may be made of, or, if these are too many, what is likely; nothing if that is too much as well.</summary>
    private IReadOnlyList<IDelegateGuess> Guesses(IReadOnlyList<DelegateCall> calls, PlannedClone clone, int most)
    {
        var type = calls[0].DelegateType;
        if (helpers.DirectInvoker(type, clone.Stack, clone.Author) is { } invoker && helpers.DirectInvokers.GuessesOf(invoker) is var methods && methods.Count <= most)
            return [.. methods.Select(method => new MethodGuess(library, method))];
        if (most == 0 || helpers.LikelyInvokers.ForLoop(type, clone.Stack, clone.Author) is not { } place)
            return [];
        var guess = new LikelyGuess(place);
        foreach (var call in calls)
            guess.ChangeOriginal(clone, call.Call);
        return [guess];
    }
}
