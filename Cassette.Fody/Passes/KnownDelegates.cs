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
/// Calls of delegates whose method is plain from the body: these call the method's clone themselves, which the JIT can inline, instead of
/// asking the delegate table at every call. The delegate is made all the same, as others may see it.
/// </summary>
internal sealed class KnownDelegates(ModuleIndex index, Shells shells, WeavePlan plan)
{
    private readonly HashSet<(MethodDefinition, ContextStack)> replaced =
        [.. plan.DelegatePrimitives.Where(p => p.Target.Definition != null).Select(p => (p.Target.Definition!, p.Stack))];

    /// <summary>Redirects what can be redirected, in the body and in its sites, before the calls are written.</summary>
    public void Resolve(PlannedClone clone)
    {
        if (!clone.Sites.Values.Any(IsInvocation))
            return;
        var body = clone.Body!;
        var locals = new DelegateLocals(body, index);
        var origins = new ValueOrigins(body);
        var saved = new Dictionary<Local, Local>();
        foreach (var block in body.Blocks)
        {
            if (!block.IsReachable || !block.Instructions.Any(i => clone.Sites.TryGetValue(i, out var site) && IsInvocation(site)))
                continue;
            foreach (var (load, call) in origins.Receivers(block, i => clone.Sites.TryGetValue(i, out var site) && IsInvocation(site)))
            {
                if (load.Code == Code.Ldloc && locals.Find(load, block) is { } made && IsCloned(made.Method, clone.Stack))
                    Redirect(clone, load, call, made, saved);
            }
        }
    }

    /// <summary>An invocation that no level has rules for: the levels around the innermost one then have nothing to say but where it goes, as it does.</summary>
    private static bool IsInvocation(CallSite site) => site is { Route: CallRoute.Invoke, HasRulesAnywhere: false };

    /// <summary>A primitive for the method stands in the table in its clone's place.</summary>
    private bool IsCloned(MethodSymbol method, ContextStack stack) =>
        method.Definition is { } definition && shells.HasExact(definition, stack) && !replaced.Contains((definition, stack));

    private static void Redirect(PlannedClone clone, Instruction load, Instruction call, MadeDelegate made, Dictionary<Local, Local> saved)
    {
        if (made.TargetField is { } field)
        {
            load.Code = Code.Ldsfld;
            load.Operand = field;
        }
        else if (made.Method.HasThis)
        {
            var local = (Local)load.Operand!;
            if (!saved.TryGetValue(local, out var target))
                saved.Add(local, target = SaveTarget(clone.Body!, made));
            load.Operand = target;
        }
        else
        {
            load.Code = Code.Nop;
            load.Operand = null;
        }
        CallTarget(clone, call, made.Method);
    }

    /// <summary>
    /// Makes a call of a delegate, or of a member of a family, one of the method that is known to run, which the calls' lowering leads to the method's clone.
    /// </summary>
    public static void CallTarget(PlannedClone clone, Instruction call, MethodSymbol method)
    {
        call.Code = Code.Call;
        call.Operand = method;
        clone.Sites[call] = clone.Sites[call] with { Route = CallRoute.Exact, Target = method.Definition, Callee = null, Classes = null, DelegateType = null, Outer = null };
    }

    /// <summary>
    /// Keeps what the delegate is closed over in a local of its own, which changes when the delegate's local does: after the delegate was made,
    /// as making it may throw.
    /// </summary>
    private static Local SaveTarget(MethodIR body, MadeDelegate made)
    {
        Local fresh = new(made.Method.DeclaringType), target = new(made.Method.DeclaringType);
        body.Locals.Add(fresh);
        body.Locals.Add(target);
        var instructions = made.Block.Instructions;
        var store = instructions.IndexOf(made.Store);
        instructions.Insert(store + 1, new Instruction(Code.Stloc, target));
        instructions.Insert(store + 1, new Instruction(Code.Ldloc, fresh));
        instructions.Insert(store - 2, new Instruction(Code.Stloc, fresh));
        instructions.Insert(store - 2, new Instruction(Code.Dup));
        return target;
    }
}
