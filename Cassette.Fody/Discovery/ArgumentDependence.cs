using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Tells for which generic methods it matters what their type arguments are: those with a call whose rules the arguments decide, and those
/// that hand their own parameters on to such a method. Looks at bodies as they are written, generic; nothing is planned here.
/// </summary>
internal sealed class ArgumentDependence(
    MachinePlanner machines, SiteRuleFinder rules, Func<Instruction, MethodDefinition, ContextStack, CallSite?> route, Func<MethodDefinition, bool> canSpecialise)
{
    private readonly Dictionary<(MethodDefinition, ContextStack), Uses> uses = [];
    private readonly Dictionary<(MethodDefinition, ContextStack), bool> known = [];

    /// <summary>Whether a method's clone under a stack depends on its type arguments.</summary>
    public bool Depends(MethodDefinition method, ContextStack stack)
    {
        var start = (method, stack);
        if (known.TryGetValue(start, out var answer))
            return answer;
        // Breadth first over the calls, which may go round in circles: what is reached without finding anything does not depend either.
        var cameFrom = new Dictionary<(MethodDefinition, ContextStack), (MethodDefinition, ContextStack)?> { [start] = null };
        var pending = new Queue<(MethodDefinition, ContextStack)>();
        pending.Enqueue(start);
        while (pending.Count > 0)
        {
            var current = pending.Dequeue();
            if (known.TryGetValue(current, out var depends) ? depends : UsesOf(current).IsUndecided)
            {
                for ((MethodDefinition, ContextStack)? at = current; at is { } on; at = cameFrom[on])
                    known[on] = true;
                return true;
            }
            if (known.ContainsKey(current))
                continue;
            foreach (var callee in UsesOf(current).Calls)
            {
                if (cameFrom.ContainsKey(callee))
                    continue;
                cameFrom.Add(callee, current);
                pending.Enqueue(callee);
            }
        }
        foreach (var visited in cameFrom.Keys)
            known[visited] = false;
        return false;
    }

    private Uses UsesOf((MethodDefinition Method, ContextStack Stack) key)
    {
        if (!uses.TryGetValue(key, out var found))
            uses.Add(key, found = Read(key.Method, key.Stack));
        return found;
    }

    private Uses Read(MethodDefinition method, ContextStack stack)
    {
        var finder = rules.For(stack, method);
        var found = new Uses();
        if (!finder.NeedsStack)
            return found;
        foreach (var (owner, body) in machines.BodiesOf(method))
            Read(body, owner, stack, finder, found);
        return found;
    }

    private void Read(MethodIR body, MethodDefinition method, ContextStack stack, SiteRuleFinder.ForClone finder, Uses found)
    {
        var machine = new StackMachine(body);
        foreach (var block in body.Blocks)
        {
            if (!block.IsReachable)
                continue;
            machine.Enter(block);
            foreach (var instruction in block.Instructions)
            {
                if (CallRouter.IsCall(instruction))
                    Look(instruction, method, stack, machine, finder, found);
                LookAtInstruction(instruction, method, stack, machine, finder, found);
                machine.Apply(instruction);
            }
        }
    }

    /// <summary>Looks at a call as every level of the stack may see it, and at the calls that the levels' rules are to the ones around them.</summary>
    private void Look(Instruction call, MethodDefinition method, ContextStack? stack, StackMachine? machine, SiteRuleFinder.ForClone finder, Uses found)
    {
        for (; stack != null; stack = stack.Outer)
        {
            if (route(call, method, stack) is not { Route: not CallRoute.Entry } site)
                continue;
            if (site.Route == CallRoute.Exact && MentionsParameter(call.Method) && canSpecialise(site.Target!))
                found.Calls.Add((site.Target!, stack));
            if (!site.IsJoinPoint)
                continue;
            var siteRules = finder.Find(stack, call, machine, site, out var undecided);
            found.IsUndecided |= undecided.Count > 0;
            if (siteRules is null || stack.Outer is null)
                continue;
            // A rule that takes the call itself is decided once the call's struct is made.
            foreach (var binding in siteRules.Bindings.Where(b => !b.TakesCall))
                Look(new Instruction(Code.Call, binding.Method), method, stack.Outer, null, finder, found);
        }
    }

    private void LookAtInstruction(Instruction instruction, MethodDefinition method, ContextStack? stack, StackMachine machine, SiteRuleFinder.ForClone finder, Uses found)
    {
        if (finder.Instructions is null || rules.Intrinsics.Route(instruction, machine, method, stack!, null, finder.Instructions) is not { IsJoinPoint: true } site)
            return;
        for (; stack != null; stack = stack.Outer)
        {
            finder.Find(stack, site.Intrinsic!.Call, machine, site, out var undecided);
            found.IsUndecided |= undecided.Count > 0;
        }
    }

    private static bool MentionsParameter(MethodSymbol callee) => callee.DeclaringType.IsOpen || callee.MethodArguments.Any(a => a.IsOpen);

    /// <summary>What a method does with its type parameters.</summary>
    private sealed class Uses
    {
        public bool IsUndecided { get; set; }

        public HashSet<(MethodDefinition, ContextStack)> Calls { get; } = [];
    }
}
