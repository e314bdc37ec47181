using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Placement;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Copies of the part of a body that reads a call's result, in each of which the result is taken for an object of one class, and the tests that choose.</summary>
internal sealed class ResultCopies
{
    private readonly PlannedClone clone;
    private readonly MethodIR body;
    private readonly RuntimeLibrary library;
    private readonly Instruction call;
    private readonly Instruction store;
    private readonly Block block;
    private readonly Block rest;
    private readonly Block[] part;
    private readonly HashSet<Local> made;
    private readonly HashSet<Local> inside;
    private readonly Dictionary<Local, Instruction?> casts;
    private readonly Dictionary<Instruction, (Local Local, MethodSymbol Root)> loads = new(ReferenceComparer<Instruction>.Instance);
    private readonly Dictionary<Instruction, (Local Local, MethodSymbol Root)> calls = new(ReferenceComparer<Instruction>.Instance);

    /// <param name="clone">The clone whose body has the call.</param>
    /// <param name="library">The runtime library.</param>
    /// <param name="block">The block with the call, which is cut in two behind the store of its result.</param>
    /// <param name="call">The call.</param>
    /// <param name="extent">What reads its result.</param>
    /// <param name="made">The locals that other such copies have, each for itself.</param>
    public ResultCopies(PlannedClone clone, RuntimeLibrary library, Block block, Instruction call, LocalExtent extent, HashSet<Local> made)
    {
        (this.clone, this.library, this.block, this.call, this.made) = (clone, library, block, call, made);
        body = clone.Body!;
        var index = block.Instructions.IndexOf(call);
        store = block.Instructions[index + 1];
        rest = new BodyEditor(body).SplitBefore(block, index + 2);
        part = [rest, .. extent.Blocks];
        inside = [.. made.Where(local => !body.Blocks.Except(part).Any(b => b.Instructions.Exists(i => i.Operand == local)))];
        casts = extent.Locals.ToDictionary(local => local, local => local == store.Operand ? null : CastBefore(local));
        var origins = new ValueOrigins(body);
        foreach (var (load, on) in part.Where(b => b.IsReachable).SelectMany(b => origins.Receivers(b, i => clone.Sites.TryGetValue(i, out var site) && KeptResults.IsGuessable(site, clone))))
        {
            if (load.Operand is not Local local || !casts.ContainsKey(local))
                continue;
            loads.Add(load, (local, clone.Sites[on].Callee!));
            calls.Add(on, (local, clone.Sites[on].Callee!));
        }
    }

    /// <summary>Writes the tests where the call is, the copies, and then what there was.</summary>
    public void Write(IReadOnlyList<ResultGuess> guesses)
    {
        var copies = guesses.Select(_ => new BlockCopies(clone, part, block.Region)).ToArray();
        var sources = SourcesOfPart();
        var writer = new BlockWriter(body);
        foreach (var old in body.Blocks.ToArray())
        {
            writer.Start(old);
            if (old != block)
                continue;
            var typed = WriteTests(writer, guesses, copies);
            for (var i = 0; i < copies.Length; i++)
            {
                var (guess, locals) = (guesses[i], typed[i]);
                copies[i].Write(writer, (original, copy) => Change(writer, original, copy, guess, locals));
            }
        }
        writer.Finish();
        foreach (var source in sources)
        {
            foreach (var copy in copies)
                copy.Of(source.Key).Instructions[0].Source ??= source.Value;
        }
        // Only what comes first in it follows something else now.
        if (part.FirstOrDefault(b => b.Instructions.Count > 0) is { } first && sources.TryGetValue(first, out var before))
            first.Instructions[0].Source ??= before;
    }

    /// <summary>The author's lines that blocks of the part belong to by what precedes them in the code, where that is not the block before in the part.</summary>
    private Dictionary<Block, SourceSpan> SourcesOfPart()
    {
        var editor = new BodyEditor(body);
        var sources = new Dictionary<Block, SourceSpan>();
        var before = block;
        foreach (var own in part)
        {
            if (own.Instructions.Count == 0)
                continue;
            if (own.Instructions[0].Source is null && (before == block || body.Blocks.IndexOf(own) != body.Blocks.IndexOf(before) + 1) && editor.PointAt(own, 0) is { } source)
                sources.Add(own, source);
            before = own;
        }
        return sources;
    }

    /// <summary>Writes the call for each class, and as it was; returns for each copy the locals that take the place of the extent's and of those of other copies.</summary>
    private Dictionary<Local, Local>[] WriteTests(BlockWriter writer, IReadOnlyList<ResultGuess> guesses, BlockCopies[] copies)
    {
        var source = new BodyEditor(body).PointAt(block, block.Instructions.IndexOf(call));
        block.Instructions.RemoveRange(block.Instructions.Count - 2, 2);
        Local[] operands = [.. call.Method.Parameters.Prepend(call.Method.DeclaringType).Select(NewLocal)];
        foreach (var operand in operands.Reverse())
            writer.Emit(Code.Stloc, operand);
        block.Instructions[block.Instructions.Count - operands.Length].Source = call.Source;
        var typed = new Dictionary<Local, Local>[guesses.Count];
        for (var i = 0; i < guesses.Count; i++)
        {
            var (receiver, type) = (guesses[i].Receiver, guesses[i].Result);
            typed[i] = LocalsFor(type);
            var own = typed[i][(Local)store.Operand!];
            var next = writer.NewBlock([]);
            writer.Emit(Code.Ldloc, operands[0]);
            ExactCalls.EmitTest(writer, library, receiver.Type, next);
            writer.Emit(Code.Ldloc, operands[0]);
            ExactCalls.EmitCast(writer, library, receiver.Type);
            foreach (var operand in operands.Skip(1))
                writer.Emit(Code.Ldloc, operand);
            var known = call.Copy(call.Operand);
            writer.Append(known);
            clone.Sites.Add(known, clone.Sites[call]);
            KnownDelegates.CallTarget(clone, known, receiver.Method);
            if (!guesses[i].IsCertain)
                WriteTestOfResult(writer, type, source);
            if (!type.IsValueType)
                ExactCalls.EmitCast(writer, library, type);
            writer.Emit(Code.Stloc, own);
            writer.Current.Next = copies[i].Of(rest);
            writer.Start(next);
        }
        foreach (var operand in operands)
            writer.Emit(Code.Ldloc, operand);
        writer.Current.Instructions[0].Source = source;
        writer.Append(call);
        writer.Append(store);
        writer.Current.Next = rest;
        return typed;
    }

    /// <summary>Goes on with the result on the stack where it has a class, and otherwise with what there was.</summary>
    private void WriteTestOfResult(BlockWriter writer, TypeSymbol type, SourceSpan? source)
    {
        var result = NewLocal(call.Method.ReturnType);
        var unexpected = writer.NewBlock([]);
        writer.Emit(Code.Stloc, result);
        writer.Emit(Code.Ldloc, result);
        writer.BranchOver(Code.Brfalse, unexpected, []);
        writer.Emit(Code.Ldloc, result);
        ExactCalls.EmitTest(writer, library, type, unexpected);
        var expected = writer.NewBlock([]);
        writer.Jump(expected);
        writer.Start(unexpected);
        writer.Emit(Code.Ldloc, result).Source = source;
        writer.Emit(Code.Stloc, store.Operand);
        writer.Jump(rest);
        writer.Start(expected);
        writer.Emit(Code.Ldloc, result).Source = source;
    }

    private Dictionary<Local, Local> LocalsFor(TypeSymbol type)
    {
        var locals = casts.ToDictionary(c => c.Key, c => NewLocal(type.IsValueType || c.Value is { } cast && !ResultClasses.IsA(type, cast.Type) ? c.Key.Type : type));
        foreach (var local in inside)
            locals.Add(local, NewLocal(local.Type));
        return locals;
    }

    private void Change(BlockWriter writer, Instruction original, Instruction copy, ResultGuess guess, Dictionary<Local, Local> locals)
    {
        if (original.Operand is Local local && locals.TryGetValue(local, out var own))
            copy.Operand = own;
        else if (casts.FirstOrDefault(c => c.Value == original).Key is { } cast && locals[cast].Type == guess.Result)
            (copy.Code, copy.Operand) = (Code.Nop, null);
        if (loads.TryGetValue(original, out var read) && guess.Result.IsValueType && MethodFor(read) != null)
            ExactCalls.EmitCast(writer, library, guess.Result);
        if (!calls.TryGetValue(original, out var member))
            return;
        if (MethodFor(member) is { } method)
        {
            KnownDelegates.CallTarget(clone, copy, method);
            if (guess.Result.IsValueType)
                copy.Prefixes &= ~Prefixes.Tail;
        }
        else if (guess.IsMachine && ResultClasses.IsA(guess.Result, member.Root.DeclaringType))
        {
            clone.Sites[copy] = KnownMachines.OnMachine(clone.Sites[copy]);
        }

        MethodSymbol? MethodFor((Local Local, MethodSymbol Root) on) =>
            guess.Methods.TryGetValue(on.Root, out var found) && (guess.Result.IsValueType || locals[on.Local].Type == guess.Result) ? found : null;
    }

    /// <summary>What a local's value is tested for where it is stored.</summary>
    private Instruction? CastBefore(Local local)
    {
        var instructions = part.First(b => b.IsReachable && b.Instructions.Exists(i => i.Code == Code.Stloc && i.Operand == local)).Instructions;
        return instructions[instructions.FindIndex(i => i.Code == Code.Stloc && i.Operand == local) - 1] is { Code: Code.Isinst } cast ? cast : null;
    }

    private Local NewLocal(TypeSymbol type)
    {
        var local = new Local(type);
        body.Locals.Add(local);
        made.Add(local);
        return local;
    }
}
