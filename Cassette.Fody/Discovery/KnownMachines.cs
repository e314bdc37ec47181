using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Calls on what an iterator made, where the body shows that: <c>foreach</c> over the call of one. A state machine carries its contexts and takes
/// part in no family, so these calls are made as natively, without a test of the object, the JIT inlines them as natively, and they do not leave the context.
/// </summary>
internal sealed class KnownMachines(StateMachines machines)
{
    /// <summary>Takes the tests away that would only ever find a machine.</summary>
    public void Resolve(PlannedClone clone)
    {
        if (!clone.Sites.Values.Any(IsRootedOutside) || !clone.Body!.Blocks.Exists(b => b.Instructions.Exists(Starts)))
            return;
        var flow = new Flow(clone, Starts);
        foreach (var call in clone.Sites.Where(s => IsRootedOutside(s.Value)).Select(s => s.Key).Where(flow.IsOnMachine).ToArray())
            clone.Sites[call] = OnMachine(clone.Sites[call]);
    }

    /// <summary>What becomes of a call in a family that is known to be on a machine.</summary>
    public static CallSite OnMachine(CallSite site) => site with
    {
        Route = CallRoute.Native, Target = null, Reason = LeaveReason.RootedOutside, RunsNoMember = true, Callee = null, Classes = null, Outer = null, Plain = null,
    };

    /// <summary>Whether an instruction runs an iterator's kickoff, which returns its machine, or that machine's clone.</summary>
    private bool Starts(Instruction instruction) =>
        instruction is { Code: Code.Call or Code.Callvirt, Operand: MethodSymbol { Definition: { } callee } }
        && (instruction.Code == Code.Call || !callee.IsVirtual || callee.IsFinal || callee.DeclaringType.IsSealed)
        && machines.StartedBy(callee) is { IsIterator: true };

    /// <summary>A call on an object which no level has rules for.</summary>
    private static bool IsRootedOutside(CallSite site) =>
        site is { Route: CallRoute.Family, Self: null, HasRulesAnywhere: false } or { Route: CallRoute.Native, Reason: LeaveReason.RootedOutside, HasRulesAnywhere: false };

    /// <summary>Which values of a body are machines.</summary>
    private sealed class Flow
    {
        private readonly PlannedClone clone;
        private readonly Func<Instruction, bool> starts;
        private readonly Dictionary<Instruction, Instruction?> receivers = new(ReferenceComparer<Instruction>.Instance);
        private readonly HashSet<Local> locals;

        public Flow(PlannedClone clone, Func<Instruction, bool> starts)
        {
            this.clone = clone;
            this.starts = starts;
            var stores = new List<(Local Local, Instruction? Value)>();
            var origins = new ValueOrigins(clone.Body!);
            var lost = new HashSet<Local>();
            foreach (var block in clone.Body!.Blocks.Where(b => b.IsReachable))
            {
                lost.UnionWith(block.Instructions.Where(i => i.Code == Code.Ldloca).Select(i => (Local)i.Operand!));
                foreach (var (taker, origin) in origins.Taken(block, IsStoreOrCall))
                {
                    if (taker.Code == Code.Stloc)
                        stores.Add(((Local)taker.Operand!, origin));
                    else
                        receivers.Add(taker, origin);
                }
            }
            locals = [.. stores.Select(s => s.Local).Where(l => !lost.Contains(l))];
            // A local holds machines as long as all that is stored in it are; before that it holds null.
            int before;
            do
            {
                before = locals.Count;
                foreach (var (local, value) in stores)
                {
                    if (!IsMachine(value))
                        locals.Remove(local);
                }
            }
            while (locals.Count < before);
        }

        public bool IsOnMachine(Instruction call) => receivers.TryGetValue(call, out var receiver) && IsMachine(receiver);

        private static bool IsStoreOrCall(Instruction instruction) => instruction.Code is Code.Stloc or Code.Callvirt;

        private bool IsMachine(Instruction? origin) => origin switch
        {
            { Code: Code.Ldloc } => locals.Contains((Local)origin.Operand!),
            { Code: Code.Call or Code.Callvirt } => !IsRuled(origin) && (starts(origin) || Enumerates(origin) && IsOnMachine(origin)),
            _ => false,
        };

        /// <summary>A rule may put another object in the place of what the call returns.</summary>
        private bool IsRuled(Instruction call) => clone.Sites.TryGetValue(call, out var site) && (site.HasRulesAnywhere || site.Route == CallRoute.Entry);

        /// <summary>What a machine's enumerable gives is a machine: itself or another.</summary>
        private static bool Enumerates(Instruction call) =>
            call.Method.DeclaringType.Shape == TypeShape.Interface && call.Method.Name is "GetEnumerator" or "GetAsyncEnumerator";
    }
}
