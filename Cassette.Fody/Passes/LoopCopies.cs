using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Copies of one loop in which delegates are taken for what they are made of, and the tests before the loop that choose.</summary>
/// <param name="clone">The clone whose body has the loop.</param>
/// <param name="loop">The loop.</param>
/// <param name="calls">The calls of delegates in it.</param>
/// <param name="versions">For each copy what the delegates in some variables are taken for.</param>
internal sealed class LoopCopies(PlannedClone clone, BodyLoop loop, IReadOnlyList<DelegateCall> calls, IReadOnlyList<Dictionary<object, IDelegateGuess>> versions)
{
    private readonly HashSet<Block> own = [.. loop.Blocks];
    private readonly Block start = new(loop.Header.Region);

    /// <summary>Writes the tests and the copies, where the loop's first block is to follow.</summary>
    public void Write(BlockWriter writer)
    {
        var source = SourceBefore(writer.Body);
        var copies = versions.Select(_ => new BlockCopies(clone, loop.Blocks, loop.Header.Region)).ToArray();
        writer.Start(start);
        for (var i = 0; i < copies.Length; i++)
        {
            var other = i + 1 < copies.Length ? writer.NewBlock([]) : loop.Header;
            foreach (var guess in versions[i])
                guess.Value.EmitTest(writer, guess.Key is Local ? Code.Ldloc : Code.Ldarg, guess.Key, other);
            writer.Current.Next = copies[i].Of(loop.Header);
            if (other != loop.Header)
                writer.Start(other);
        }
        for (var i = 0; i < copies.Length; i++)
        {
            var guesses = versions[i];
            copies[i].Write(writer, (original, copy) => Change(writer, original, copy, guesses));
            // What precedes them in the code is not what preceded the loop.
            if (copies[i].Of(loop.Blocks[0]).Instructions.FirstOrDefault() is { } first)
                first.Source ??= source;
        }
        if (loop.Blocks[0].Instructions.FirstOrDefault() is { } original)
            original.Source ??= source;
    }

    /// <summary>Leads what enters the loop to the tests, before these and any copies are written.</summary>
    public void Lead(MethodIR body)
    {
        foreach (var block in body.Blocks)
        {
            if (own.Contains(block))
                continue;
            if (block.Next == loop.Header)
                block.Next = start;
            foreach (var instruction in block.Instructions)
            {
                if (instruction.Operand == loop.Header)
                    instruction.Operand = start;
                else if (instruction.Operand is Block[] targets)
                    instruction.Operand = targets.Select(t => t == loop.Header ? start : t).ToArray();
            }
        }
        for (var region = start.Region; region != null && region.Entry == loop.Header; region = region.Parent)
            region.Entry = start;
    }

    private void Change(BlockWriter writer, Instruction original, Instruction copy, Dictionary<object, IDelegateGuess> guesses)
    {
        foreach (var call in calls)
        {
            if (!guesses.TryGetValue(call.Variable, out var guess))
                continue;
            if (call.Load == original)
                guess.ChangeLoad(writer, copy);
            else if (call.Call == original)
                guess.ChangeCall(clone, copy);
        }
    }

    /// <summary>The author's line that the loop's first instruction belongs to.</summary>
    private SourceSpan? SourceBefore(MethodIR body)
    {
        SourceSpan? source = null;
        foreach (var block in body.Blocks)
        {
            if (block == loop.Blocks[0])
                break;
            source = block.Instructions.LastOrDefault(i => i.Source != null)?.Source ?? source;
        }
        return source;
    }
}
