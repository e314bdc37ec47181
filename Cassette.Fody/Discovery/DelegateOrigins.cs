using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Which methods the delegates on a body's stack are made of, where the body itself shows it: a lambda or a method group given to an entry.
/// What comes from an argument, a field or a call is not known, and then any delegate of that type may be meant. The compiler's cache of a
/// delegate (a static field of a type of its own) holds what is made where the cache is filled, so reading it adds nothing.
/// </summary>
internal sealed class DelegateOrigins
{
    private readonly MethodIR body;
    private readonly Dictionary<Block, Origin[]> entries = [];
    private readonly Dictionary<Instruction, MethodSymbol[]> known = new(ReferenceComparer<Instruction>.Instance);
    private readonly Queue<Block> work = [];

    public DelegateOrigins(MethodIR body)
    {
        this.body = body;
        Reach(body.Blocks[0], []);
        // Handlers start with their exception, which is no delegate.
        foreach (var block in body.Blocks.Where(b => b.IsReachable && b.Region.Entry == b && b.Region.Kind is not (RegionKind.Try or RegionKind.Body)))
            Reach(block, [.. block.EntryStack.Select(_ => Origin.Unknown)]);
        while (work.Count > 0)
            Visit(work.Dequeue());
    }

    /// <summary>The methods that the delegate of an entry's call is made of; null when they are not known.</summary>
    public IReadOnlyList<MethodSymbol>? OfEntry(Instruction call) => known.TryGetValue(call, out var methods) ? methods : null;

    private void Visit(Block block)
    {
        var stack = new List<Origin>(entries[block]);
        foreach (var instruction in block.Instructions)
        {
            Apply(instruction, stack);
            switch (instruction.Operand)
            {
                case Block target:
                    Reach(target, instruction.Code == Code.Leave ? [] : stack);
                    break;
                case Block[] targets:
                    foreach (var target in targets)
                        Reach(target, stack);
                    break;
            }
        }
        if (block.Next != null)
            Reach(block.Next, stack);
    }

    private void Apply(Instruction instruction, List<Origin> stack)
    {
        if (instruction.Code == Code.Call && CallRouter.IsEntry(instruction.Method))
            Note(instruction, stack[stack.Count - instruction.Method.Parameters.Length + 1]);
        var top = stack.Count > 0 ? stack[stack.Count - 1] : Origin.Unknown;
        var pops = instruction.Code is Code.Leave or Code.Throw or Code.Rethrow or Code.Endfinally ? stack.Count : OpcodeTable.Pops(instruction, body);
        stack.RemoveRange(stack.Count - pops, pops);
        var pushes = OpcodeTable.Pushes(instruction);
        var pushed = instruction.Code switch
        {
            Code.Dup => top,
            Code.Ldftn => new Origin([instruction.Method]),
            Code.Newobj when instruction.Method.Definition is { } constructor && CallRouter.IsDelegate(constructor.DeclaringType) => top,
            Code.Ldsfld when IsCache(instruction.Field) => Origin.Nothing,
            _ => Origin.Unknown,
        };
        for (var i = 0; i < pushes; i++)
            stack.Add(pushed);
    }

    private void Note(Instruction call, Origin origin)
    {
        if (origin.Methods is { Length: > 0 } methods)
            known[call] = methods;
        else
            known.Remove(call);
    }

    /// <summary>Whether a field is one in which the compiler keeps a delegate that it makes once.</summary>
    public static bool IsCache(FieldSymbol field) =>
        field.Definition is { IsStatic: true } definition && definition.Name.StartsWith("<", System.StringComparison.Ordinal) && Plumbing.IsCompilerType(definition.DeclaringType);

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
            changed |= !merged.SameAs(before[i]);
            before[i] = merged;
        }
        if (changed)
            work.Enqueue(block);
    }

    /// <summary>What a value may be made of: null for anything, otherwise the methods met so far.</summary>
    private readonly record struct Origin(MethodSymbol[]? Methods)
    {
        public static Origin Unknown => new(null);

        public static Origin Nothing => new([]);

        public Origin With(Origin other) => Methods is null || other.Methods is null ? Unknown : new([.. Methods.Union(other.Methods)]);

        public bool SameAs(Origin other) => (Methods is null) == (other.Methods is null) && Methods?.Length == other.Methods?.Length;
    }
}
