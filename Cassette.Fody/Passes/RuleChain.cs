using System;
using System.Collections.Generic;
using Cassette.Fody.IL;
using Cassette.Fody.Rules;
using Mono.Cecil.Cil;

namespace Cassette.Fody.Passes;

/// <summary>Writes the choice between rules of one kind: they are tried in order, and the first whose tests hold runs.</summary>
internal sealed class RuleChain(BlockWriter writer, RuleOperands operands)
{
    /// <summary>Writes it.</summary>
    /// <param name="bindings">The rules.</param>
    /// <param name="run">Writes a rule's run.</param>
    /// <param name="otherwise">Writes what is done when no rule's tests hold; null for nothing.</param>
    /// <param name="kept">What is on the stack.</param>
    /// <param name="after">What is on the stack afterwards.</param>
    public void Write(IReadOnlyList<RuleBinding> bindings, Action<RuleBinding> run, Action? otherwise, StackType[] kept, StackType[] after)
    {
        if (bindings.Count == 1 && bindings[0].IsUnconditional)
        {
            run(bindings[0]);
            return;
        }
        var end = writer.NewBlock(after);
        foreach (var binding in bindings)
        {
            if (binding.IsUnconditional)
            {
                run(binding);
                writer.RunInto(end);
                return;
            }
            var next = writer.NewBlock(kept);
            foreach (var test in binding.Tests)
            {
                operands.EmitTest(test);
                writer.BranchOver(Code.Brfalse, next, kept);
            }
            run(binding);
            writer.Jump(end);
            writer.Start(next);
        }
        otherwise?.Invoke();
        writer.RunInto(end);
    }
}
