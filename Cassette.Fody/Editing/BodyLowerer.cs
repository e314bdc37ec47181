using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Editing;

/// <summary>Writes changed blocks as stack code again. Blocks that were not changed keep their code as it is.</summary>
internal sealed class BodyLowerer(EditableBody owner)
{
    private readonly MethodIR body = owner.Body;
    private readonly List<Instruction> order = [.. owner.Body.Blocks.SelectMany(b => b.Instructions)];
    private List<Instruction> code = [];

    /// <param name="blocks">All blocks, in layout order.</param>
    /// <param name="isFinal">Whether values that are stored only to be loaded by the next instruction stay on the stack again.</param>
    public void Lower(IReadOnlyList<EditableBlock> blocks, bool isFinal)
    {
        var changed = blocks.Where(b => b.IsChanged).ToList();
        foreach (var block in changed)
        {
            Lower(block);
            block.IsChanged = false;
        }
        if (isFinal)
            Shorten(blocks);
        AddTemporaries(blocks);
        if (changed.Count > 0)
            KeepScopes();
    }

    private void Lower(EditableBlock block)
    {
        code = [];
        for (var i = block.Entry.Length - 1; i >= 0; i--)
            code.Add(block.Entry[i] is { } local ? new Instruction(Code.Stloc, local) : new Instruction(Code.Pop));
        foreach (var statement in block.Statements)
        {
            var first = code.Count;
            if (statement.IsTerminator)
                EmitExit(block);
            Emit(statement.Expression);
            if (statement.Point is { } point && first < code.Count)
                code[first].Source = point;
        }
        if (block.Terminator is null)
            EmitExit(block);
        for (var i = 0; i < code.Count; i++)
        {
            if ((code[i].Prefixes & Prefixes.Tail) != 0 && (i + 1 == code.Count || code[i + 1].Code != Code.Ret))
                code[i].Prefixes &= ~Prefixes.Tail;
        }
        block.Block.Instructions.Clear();
        block.Block.Instructions.AddRange(code);
    }

    private void EmitExit(EditableBlock block)
    {
        foreach (var value in block.Exit)
            Emit(value);
    }

    private void Emit(Expression expression)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var operand in expression.Operands)
            Emit(operand);
        expression.Instruction.Source = expression.Point;
        code.Add(expression.Instruction);
    }

    private void Shorten(IReadOnlyList<EditableBlock> blocks)
    {
        var uses = new Dictionary<Local, int>(ReferenceComparer<Local>.Instance);
        foreach (var instruction in body.Blocks.SelectMany(b => b.Instructions))
        {
            if (instruction.Operand is Local local && owner.IsTemporary(local))
                uses[local] = uses.TryGetValue(local, out var count) ? count + 1 : 1;
        }
        foreach (var block in blocks)
        {
            var instructions = block.Block.Instructions;
            for (var i = 0; i + 1 < instructions.Count; i++)
            {
                var (store, load) = (instructions[i], instructions[i + 1]);
                if (store.Code != Code.Stloc || load.Code != Code.Ldloc || store.Operand != load.Operand
                    || !owner.IsTemporary((Local)store.Operand!) || uses[(Local)store.Operand!] != 2)
                    continue;
                var point = store.Source ?? load.Source;
                if (point is not null && i + 2 < instructions.Count)
                    instructions[i + 2].Source ??= point;
                else if (point is not null)
                    continue;
                instructions.RemoveRange(i, 2);
                i = System.Math.Max(-1, i - 2);
            }
        }
    }

    private void AddTemporaries(IReadOnlyList<EditableBlock> blocks)
    {
        var known = new HashSet<Local>(body.Locals, ReferenceComparer<Local>.Instance);
        var used = new HashSet<Local>(ReferenceComparer<Local>.Instance);
        foreach (var instruction in blocks.SelectMany(b => b.Block.Instructions))
        {
            if (instruction.Operand is not Local local || !owner.IsTemporary(local))
                continue;
            used.Add(local);
            if (known.Add(local))
                body.Locals.Add(local);
        }
        body.Locals.RemoveAll(l => owner.IsTemporary(l) && !used.Contains(l));
    }

    /// <summary>Scopes that start or end at an instruction that is gone do so at the one that came next.</summary>
    private void KeepScopes()
    {
        if (body.Scope is not { } scope)
            return;
        var present = new HashSet<Instruction>(body.Blocks.SelectMany(b => b.Instructions), ReferenceComparer<Instruction>.Instance);
        var keeper = new ScopeKeeper(body);
        Instruction? next = null;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (present.Contains(order[i]))
                next = order[i];
            else
                keeper.Move(order[i], next);
        }
    }
}
