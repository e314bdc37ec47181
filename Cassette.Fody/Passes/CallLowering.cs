using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;
using CallSite = Cassette.Fody.Discovery.CallSite;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>
/// Writes what takes the place of one call in a clone. Without rules that is the context and the clone's name. With rules it is
/// <code>
/// prehook(context, g, x...)
/// result = overdub(context, g, x...)
/// posthook(context, result, g, x...)
/// </code>
/// where parts that no rule matches are not written. The arguments stay on the stack unless a rule looks at them or the call stands in more
/// than one place.
/// </summary>
internal sealed class CallLowering(TypeUniverse types, BlockWriter writer, PlannedClone clone, Shells shells, Helpers helpers, JoinPoints joinPoints, RuntimeLibrary library)
{
    private readonly ScopeKeeper scopes = new(writer.Body);
    private readonly RouteEmitter route = new(writer, clone.Stack, shells, helpers, writer.Body.Arguments.Count - clone.Stack.Contexts.Length);

    /// <summary>Whether any call needs the types on the stack: those with rules do.</summary>
    public bool NeedsStack { get; } = clone.Sites.Values.Any(s => s.Rules != null);

    public void Lower(Instruction call, CallSite site, StackMachine? machine, SourceSpan? source)
    {
        var start = (Block: writer.Current, Index: writer.Current.Instructions.Count);
        if (site.Rules is { } rules)
        {
            new RuledCall(types, writer, clone, route, helpers, joinPoints, library, call, site, rules, machine!, source).Write();
            writer.ReleaseTemporaries();
        }
        else
        {
            route.Emit(call, site);
        }
        // What was written for the call stands in its place: in the author's source, and where a scope starts or ends. The JIT takes a
        // sequence point for a stack trace's line only where the stack is empty, so it must not stay behind what was put before the call.
        var first = start.Index < start.Block.Instructions.Count ? start.Block.Instructions[start.Index] : writer.Current.Instructions[0];
        first.Source = call.Source;
        scopes.Move(call, first);
    }
}

/// <summary>Writes the call itself, on the way the plan chose, with its arguments on the stack.</summary>
internal sealed class RouteEmitter(BlockWriter writer, ContextStack stack, Shells shells, Helpers helpers, int firstContext)
{
    public void Emit(Instruction call, CallSite site)
    {
        switch (site.Route)
        {
            case CallRoute.Exact:
                EmitContexts();
                Append(call, call.Code, shells.Exact(call.Method, stack));
                break;
            case CallRoute.Slot:
                EmitContexts();
                Append(call, call.Code, shells.Slot(call.Method, stack));
                break;
            case CallRoute.Invoke:
                EmitContexts();
                Append(call, Code.Call, helpers.Invoker(call.Method.DeclaringType, stack));
                break;
            case CallRoute.Entry:
                Append(call, Code.Call, helpers.Entry(site.Entry!, call.Method));
                break;
            default:
                EmitNative(call);
                break;
        }
    }

    public void EmitNative(Instruction call) => Append(call, call.Code, call.Operand!);

    public void EmitContexts()
    {
        for (var i = firstContext; i < writer.Body.Arguments.Count; i++)
            writer.Emit(Code.Ldarg, writer.Body.Arguments[i]);
    }

    /// <summary>The context that rules are given: the innermost one.</summary>
    public Argument Context => writer.Body.Arguments[writer.Body.Arguments.Count - 1];

    private void Append(Instruction call, Code code, object callee) => writer.Append(new Instruction(code, callee)
    {
        Prefixes = call.Prefixes & ~(code == call.Code ? Prefixes.None : Prefixes.Tail),
        Constrained = code == call.Code ? call.Constrained : null,
        Alignment = call.Alignment,
        NoOverdub = call.NoOverdub,
        OriginalOffset = call.OriginalOffset,
    });
}
