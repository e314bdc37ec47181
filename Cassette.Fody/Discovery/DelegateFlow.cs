using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Where the delegates that a body hands to calls are made, as far as the body's stack shows it, and which of them are seen by nothing but
/// those calls.
/// </summary>
internal sealed class DelegateFlow
{
    private readonly MethodIR body;
    private readonly Dictionary<Block, Origin[]> entries = [];
    private readonly Dictionary<(Instruction Call, int Parameter), Origin> handed = [];
    private readonly Dictionary<Instruction, MethodSymbol> targets = new(ReferenceComparer<Instruction>.Instance);
    private readonly HashSet<Instruction> seenElsewhere = new(ReferenceComparer<Instruction>.Instance);
    private readonly Queue<Block> work = [];

    public DelegateFlow(MethodIR body)
    {
        this.body = body;
        Reach(body.Blocks[0], []);
        // Handlers start with their exception, which is no delegate.
        foreach (var block in body.Blocks.Where(b => b.IsReachable && b.Region.Entry == b && b.Region.Kind is not (RegionKind.Try or RegionKind.Body)))
            Reach(block, [.. block.EntryStack.Select(_ => Origin.Unknown)]);
        while (work.Count > 0)
            Visit(work.Dequeue());
    }

    /// <summary>The instructions that make the delegate that a call is handed; null when it may come from elsewhere.</summary>
    public IReadOnlyList<Instruction>? MakersOf(Instruction call, int parameter) =>
        handed.TryGetValue((call, parameter), out var origin) && origin.Makers is { Length: > 0 } makers ? makers : null;

    /// <summary>Whether an instruction makes a delegate of a method that it shows.</summary>
    public bool IsMaker(Instruction instruction) => targets.ContainsKey(instruction);

    /// <summary>The method that an instruction makes a delegate of.</summary>
    public MethodSymbol TargetOf(Instruction maker) => targets[maker];

    /// <summary>Whether nothing sees the delegate that an instruction makes but the calls that are handed it.</summary>
    public bool IsOnlyHanded(Instruction maker) => !seenElsewhere.Contains(maker);

    /// <summary>The calls that are handed what an instruction makes.</summary>
    public IEnumerable<(Instruction Call, int Parameter)> CallsHanded(Instruction maker) =>
        handed.Where(h => h.Value.Makers?.Contains(maker) == true).Select(h => h.Key);

    private void Visit(Block block)
    {
        var stack = new List<Origin>(entries[block]);
        Instruction? before = null;
        foreach (var instruction in block.Instructions)
        {
            Apply(instruction, before, stack);
            before = instruction;
            switch (instruction.Operand)
            {
                case Block target:
                    Reach(target, instruction.Code == Code.Leave ? [] : stack);
                    break;
                case Block[] blocks:
                    foreach (var target in blocks)
                        Reach(target, stack);
                    break;
            }
        }
        if (block.Next != null)
            Reach(block.Next, stack);
    }

    private void Apply(Instruction instruction, Instruction? before, List<Origin> stack)
    {
        var pops = instruction.Code is Code.Leave or Code.Throw or Code.Rethrow or Code.Endfinally ? stack.Count : OpcodeTable.Pops(instruction, body);
        Consume(instruction, stack.Skip(stack.Count - pops).ToArray());
        stack.RemoveRange(stack.Count - pops, pops);
        var pushed = Origin.Unknown;
        switch (instruction.Code)
        {
            case Code.Newobj when before is { Code: Code.Ldftn } && instruction.Method.Definition is { } constructor && CallRouter.IsDelegate(constructor.DeclaringType):
                targets[instruction] = before.Method;
                pushed = new([instruction]);
                break;
            case Code.Ldsfld when DelegateOrigins.IsCache(instruction.Field):
                pushed = new([]);
                break;
            case Code.Dup:
                // Consumed, and so seen, above; who made it stays known.
                pushed = duplicated;
                break;
        }
        for (var i = OpcodeTable.Pushes(instruction); i > 0; i--)
            stack.Add(pushed);
    }

    private Origin duplicated;

    private void Consume(Instruction instruction, Origin[] consumed)
    {
        if (instruction.Code == Code.Dup)
            duplicated = consumed[0];
        var isCall = instruction.Code is Code.Call or Code.Callvirt or Code.Newobj && instruction.Operand is MethodSymbol;
        int[] parameters = isCall ? [.. HandedDelegates.ParametersOf(instruction.Method)] : [];
        var receivers = isCall ? consumed.Length - instruction.Method.Parameters.Length - instruction.Method.VarArgs.Length : 0;
        for (var i = 0; i < consumed.Length; i++)
        {
            if (System.Array.IndexOf(parameters, i - receivers) >= 0)
                handed[(instruction, i - receivers)] = handed.TryGetValue((instruction, i - receivers), out var known) ? known.With(consumed[i]) : consumed[i];
            else
                seenElsewhere.UnionWith(consumed[i].Makers ?? []);
        }
    }

    private void Reach(Block block, IReadOnlyList<Origin> stack)
    {
        if (!entries.TryGetValue(block, out var before))
        {
            entries.Add(block, [.. stack]);
            work.Enqueue(block);
            return;
        }
        var changed = false;
        for (var i = 0; i < before.Length; i++)
        {
            var merged = before[i].With(stack[i]);
            if (merged.SameAs(before[i]))
                continue;
            // What meets an unknown delegate is told from it no more.
            if (merged.Makers is null)
                seenElsewhere.UnionWith([.. before[i].Makers ?? [], .. stack[i].Makers ?? []]);
            changed = true;
            before[i] = merged;
        }
        if (changed)
            work.Enqueue(block);
        else
            Forget(before, stack);
    }

    private void Forget(Origin[] before, IReadOnlyList<Origin> stack)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i].Makers is null)
                seenElsewhere.UnionWith(stack[i].Makers ?? []);
        }
    }

    /// <summary>What a value may be made by: null for anything, otherwise the instructions met so far.</summary>
    private readonly record struct Origin(Instruction[]? Makers)
    {
        public static Origin Unknown => new(null);

        public Origin With(Origin other) => Makers is null || other.Makers is null ? Unknown : new([.. Makers.Union(other.Makers)]);

        public bool SameAs(Origin other) => (Makers is null) == (other.Makers is null) && Makers?.Length == other.Makers?.Length;
    }
}
