using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Where the delegates that a body hands to calls are made, as far as the body's stack and its locals show it, and which of them are seen by
/// nothing but those calls.
/// </summary>
/// <remarks>
/// What comes from an argument, a field or a call is not known, and then any delegate of that type may be meant. The compiler's cache of a
/// delegate (a field with a name of its own, static or in a closure) holds what is made where the cache is filled, so reading it adds nothing.
/// </remarks>
internal sealed class DelegateFlow
{
    /// <summary>Which argument of an entry is the delegate.</summary>
    private const int EntryDelegate = 1;

    private readonly MethodIR body;
    private readonly Dictionary<Block, Origin[]> entries = [];
    private readonly Dictionary<(Instruction Call, int Parameter), Origin> handed = [];
    private readonly Dictionary<Instruction, MethodSymbol> targets = new(ReferenceComparer<Instruction>.Instance);
    private readonly HashSet<Instruction> seenElsewhere = new(ReferenceComparer<Instruction>.Instance);
    private readonly HashSet<Instruction> escaping = new(ReferenceComparer<Instruction>.Instance);
    private readonly HashSet<Instruction> keptInClosures = new(ReferenceComparer<Instruction>.Instance);
    private readonly Dictionary<Local, Origin> locals = [];
    private readonly Dictionary<Local, List<Block>> reads = [];
    private readonly Queue<Block> work = [];

    public DelegateFlow(MethodIR body)
    {
        this.body = body;
        FindLocals();
        Reach(body.Blocks[0], []);
        // Handlers start with their exception, which is no delegate.
        foreach (var block in body.Blocks.Where(b => b.IsReachable && b.Region.Entry == b && b.Region.Kind is not (RegionKind.Try or RegionKind.Body)))
            Reach(block, [.. block.EntryStack.Select(_ => Origin.Unknown)]);
        while (work.Count > 0)
            Visit(work.Dequeue());
    }

    /// <summary>The instructions that make the delegate that a call is handed, which is not null then; null when it may come from elsewhere.</summary>
    public IReadOnlyList<Instruction>? MakersOf(Instruction call, int parameter) =>
        handed.TryGetValue((call, parameter), out var origin) && !origin.IsKept && origin.Makers is { Length: > 0 } makers ? makers : null;

    /// <summary>The methods that the delegate that a call is handed is made of, if it is not null; null when it may come from elsewhere.</summary>
    public IReadOnlyList<MethodSymbol>? TargetsOf(Instruction call, int parameter) =>
        handed.TryGetValue((call, parameter), out var origin) && origin.Makers is { Length: > 0 } makers ? [.. makers.Select(TargetOf).Distinct()] : null;

    /// <summary>The instructions that make the delegate that a call is handed, where that is one which the compiler keeps in a closure, or null; null where it is another.</summary>
    public IReadOnlyList<Instruction>? MakersInClosure(Instruction call, int parameter) =>
        handed.TryGetValue((call, parameter), out var origin) && origin.Makers is { Length: > 0 } makers && makers.All(keptInClosures.Contains) ? makers : null;

    /// <summary>The methods that the delegate of an entry's call is made of; null when they are not known.</summary>
    public IReadOnlyList<MethodSymbol>? TargetsOfEntry(Instruction call) => TargetsOf(call, EntryDelegate);

    /// <inheritdoc cref="TargetsOfEntry(Instruction)"/>
    /// <param name="offset">Where the call was in the body that was imported.</param>
    public IReadOnlyList<MethodSymbol>? TargetsOfEntry(int offset) =>
        handed.Keys.FirstOrDefault(h => h.Call.OriginalOffset == offset && h.Parameter == EntryDelegate).Call is { } call ? TargetsOfEntry(call) : null;

    /// <summary>The instructions whose delegates are seen by nothing but entries that show them: nothing else ever calls what they are made of.</summary>
    public IEnumerable<Instruction> OnlyEntered => targets.Keys.Where(maker => !escaping.Contains(maker));

    /// <summary>Whether an instruction makes a delegate of a method that it shows.</summary>
    public bool IsMaker(Instruction instruction) => targets.ContainsKey(instruction);

    /// <summary>The method that an instruction makes a delegate of.</summary>
    public MethodSymbol TargetOf(Instruction maker) => targets[maker];

    /// <summary>Whether nothing sees the delegate that an instruction makes but the calls that are handed it.</summary>
    public bool IsOnlyHanded(Instruction maker) => !seenElsewhere.Contains(maker);

    /// <summary>The calls that are handed what an instruction makes.</summary>
    public IEnumerable<(Instruction Call, int Parameter)> CallsHanded(Instruction maker) =>
        handed.Where(h => h.Value.Makers?.Contains(maker) == true).Select(h => h.Key);

    /// <summary>
    /// Whether a field is one in which the compiler keeps a delegate that it makes once: of a method group or a lambda without captures in a
    /// static field, of a lambda inside a lambda in the closure that both share.
    /// </summary>
    public static bool IsCache(FieldSymbol field) =>
        field.Definition is { } definition && definition.Name.StartsWith(definition.IsStatic ? "<" : "<>9__", StringComparison.Ordinal) && Plumbing.IsCompilerType(definition.DeclaringType);

    /// <summary>The locals of delegate types that are only stored to and read.</summary>
    private void FindLocals()
    {
        foreach (var local in body.Locals)
        {
            if (local.Type.Definition is { } type && CallRouter.IsDelegate(type))
                locals.Add(local, Origin.Nothing);
        }
        if (locals.Count == 0)
            return;
        foreach (var block in body.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                if (instruction.Operand is not Local local || !locals.ContainsKey(local))
                    continue;
                if (instruction.Code == Code.Ldloca)
                    locals[local] = Origin.Unknown;
                else if (instruction.Code == Code.Ldloc)
                    (reads.TryGetValue(local, out var blocks) ? blocks : reads[local] = []).Add(block);
            }
        }
    }

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
            case Code.Ldsfld or Code.Ldfld when IsCache(instruction.Field):
                pushed = Origin.Nothing;
                break;
            case Code.Ldloc when locals.TryGetValue((Local)instruction.Operand!, out var kept):
                pushed = kept with { IsKept = true };
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
            if (Array.IndexOf(parameters, i - receivers) >= 0)
                handed[(instruction, i - receivers)] = handed.TryGetValue((instruction, i - receivers), out var known) ? known.With(consumed[i]) : consumed[i];
            else
                seenElsewhere.UnionWith(consumed[i].Makers ?? []);
            if (Escapes(instruction, i))
                escaping.UnionWith(consumed[i].Makers ?? []);
        }
        if (instruction.Code == Code.Stfld && IsCache(instruction.Field))
            keptInClosures.UnionWith(consumed[1].Makers ?? []);
        if (instruction is { Code: Code.Stloc, Operand: Local local } && locals.TryGetValue(local, out var before))
            Keep(local, before, consumed[0]);
    }

    /// <summary>Whether what an instruction consumes may be called by more than the entry that it is.</summary>
    private bool Escapes(Instruction instruction, int operand) => instruction.Code switch
    {
        Code.Dup or Code.Pop or Code.Brtrue or Code.Brfalse => false,
        Code.Stloc => !locals.ContainsKey((Local)instruction.Operand!),
        Code.Stsfld => !IsCache(instruction.Field),
        Code.Stfld => operand != 1 || !IsCache(instruction.Field),
        Code.Call => operand != EntryDelegate || !CallRouter.IsEntry(instruction.Method),
        _ => true,
    };

    private void Keep(Local local, Origin before, Origin stored)
    {
        var merged = before.With(stored);
        if (merged.Makers is null)
            Lose(before, stored);
        if (merged.SameAs(before))
            return;
        locals[local] = merged;
        foreach (var block in reads.TryGetValue(local, out var blocks) ? blocks : [])
        {
            if (entries.ContainsKey(block))
                work.Enqueue(block);
        }
    }

    /// <summary>What meets an unknown delegate is told from it no more.</summary>
    private void Lose(Origin one, Origin other)
    {
        foreach (var makers in new[] { one.Makers, other.Makers })
        {
            seenElsewhere.UnionWith(makers ?? []);
            escaping.UnionWith(makers ?? []);
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
            if (merged.Makers is null)
                Lose(before[i], stack[i]);
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
                Lose(before[i], stack[i]);
        }
    }

    /// <summary>What a value may be made by: null for anything, otherwise the instructions met so far.</summary>
    /// <param name="Makers">The instructions.</param>
    /// <param name="IsKept">Whether a local held it, which may also be null.</param>
    private readonly record struct Origin(Instruction[]? Makers, bool IsKept = false)
    {
        public static Origin Unknown => new(null);

        public static Origin Nothing => new([]);

        public Origin With(Origin other) => Makers is null || other.Makers is null ? Unknown : new([.. Makers.Union(other.Makers)], IsKept || other.IsKept);

        public bool SameAs(Origin other) => (Makers is null) == (other.Makers is null) && Makers?.Length == other.Makers?.Length && IsKept == other.IsKept;
    }
}
