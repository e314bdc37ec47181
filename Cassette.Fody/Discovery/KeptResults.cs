using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Finds the calls in families rooted outside whose results are kept in a local, where the few classes of the module behind the call show which classes the
/// results have. What is called on these is requested, to be called by name.
/// </summary>
internal sealed class KeptResults(TypeUniverse types, FamilyRouter router, ClonePolicy policy, StateMachines machines, CloneRequests requests)
{
    private readonly ResultClasses classes = new(types);

    /// <summary>Finds them in a body that was looked through, and notes them with its clone.</summary>
    public void Find(PlannedClone clone)
    {
        if (clone.Machine != null || !clone.Sites.Values.Any(site => site.Classes != null && IsGuessable(site, clone)))
            return;
        var body = clone.Body!;
        var origins = new ValueOrigins(body);
        var found = new List<KeptResult>();
        foreach (var block in body.Blocks.Where(b => b.IsReachable))
        {
            for (var i = 0; i + 1 < block.Instructions.Count; i++)
            {
                if (block.Instructions[i + 1].Code == Code.Stloc && clone.Sites.TryGetValue(block.Instructions[i], out var site) && site.Classes is { Classes.Count: <= ExactFamilies.MostCompared } family && IsGuessable(site, clone)
                    && LocalExtent.Find(body, block, i + 1) is { } extent && Guess(clone, family, MembersOn(extent)) is { Length: > 0 } guesses)
                    found.Add(new KeptResult(block.Instructions[i], guesses, extent.Blocks.Count));
            }
        }
        clone.KeptResults = [.. found.OrderBy(f => f.Size)];

        (MethodSymbol Callee, CallSite Site)[] MembersOn(LocalExtent extent) => [.. extent.Blocks
            .Where(b => b.IsReachable)
            .SelectMany(b => origins.Receivers(b, call => clone.Sites.TryGetValue(call, out var site) && (IsGuessable(site, clone) || IsLeftNative(site))))
            .Where(r => r.Load.Operand is Local local && extent.Locals.Contains(local))
            .Select(r => (r.Call.Method, clone.Sites[r.Call]))];
    }

    /// <summary>Finds out which guesses of a plan's clones are more than that.</summary>
    public void Settle()
    {
        var certain = new CertainResults(types, requests.Known);
        foreach (var clone in requests.InOrder)
        {
            foreach (var guess in clone.KeptResults.SelectMany(k => k.Guesses))
            {
                // What hands a machine on may be refused yet, and then hands on one that was made natively.
                var isFirst = !guess.IsMachine || machines.StartedBy(guess.Receiver.Method.Definition!)?.Type == guess.Result.Definition;
                guess.IsCertain = isFirst && certain.AreAll(guess.Result, guess.Receiver.Method, clone.Stack);
            }
        }
    }

    /// <summary>A call in a family, on an object, that no level has rules for.</summary>
    public static bool IsGuessable(CallSite site, PlannedClone clone) =>
        site is { Route: CallRoute.Family, Self: null, HasRulesAnywhere: false, Callee.MethodArguments.Length: 0 } && site.Goes == clone.Stack;

    /// <summary>A call of a member declared outside that none of the module's classes may be behind but a state machine, and that no level has rules for.</summary>
    private static bool IsLeftNative(CallSite site) => site is { Route: CallRoute.Native, Reason: LeaveReason.RootedOutside, HasRulesAnywhere: false };

    private ResultGuess[] Guess(PlannedClone clone, ExactFamily family, (MethodSymbol Callee, CallSite Site)[] members)
    {
        var guesses = new List<ResultGuess>();
        foreach (var receiver in family.Classes)
        {
            foreach (var result in classes.Of(receiver.Method))
            {
                var isMachine = machines.IsMachine(result.Definition!);
                var methods = isMachine ? [] : MethodsOn(result, members.Where(m => IsGuessable(m.Site, clone)).Select(m => m.Site.Callee!).Distinct(), clone.Stack);
                if (isMachine ? !members.Any(m => ResultClasses.IsA(result, m.Callee.DeclaringType)) : methods.Count == 0)
                    continue;
                guesses.Add(new ResultGuess(receiver, result, methods) { IsMachine = isMachine });
                foreach (var method in methods.Values)
                    requests.Request(method.Definition!, clone.Stack, new CloneReason(CloneReasonKind.Call, clone.Author)).IsExact = true;
            }
        }
        return [.. guesses];
    }

    private Dictionary<MethodSymbol, MethodSymbol> MethodsOn(TypeSymbol result, IEnumerable<MethodSymbol> roots, ContextStack stack)
    {
        var methods = new Dictionary<MethodSymbol, MethodSymbol>();
        foreach (var root in roots)
        {
            if (router.MethodOn(result, root) is { Definition.IsAbstract: false } method && policy.Refusal(method.Definition, stack) == LeaveReason.None)
                methods.Add(root, method);
        }
        return methods;
    }
}
