using System;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>Replaces a type throughout a body: in operands, arguments, locals, handlers and on the stack.</summary>
internal static class SymbolRewriter
{
    public static void Rewrite(MethodIR body, TypeReplacement replacement)
    {
        foreach (var argument in body.Arguments)
            argument.Type = replacement.Map(argument.Type);
        foreach (var local in body.Locals)
            local.Type = replacement.Map(local.Type);
        foreach (var block in body.Blocks)
        {
            block.EntryStack = Array.ConvertAll(block.EntryStack, s => Map(s, replacement));
            for (var region = block.Region; region != null; region = region.Parent)
            {
                if (region.CatchType is { } caught)
                    region.CatchType = replacement.Map(caught);
            }
            foreach (var instruction in block.Instructions)
                Rewrite(instruction, replacement);
        }
    }

    private static void Rewrite(Instruction instruction, TypeReplacement replacement)
    {
        if (instruction.Constrained is { } constrained)
            instruction.Constrained = replacement.Map(constrained);
        instruction.Operand = instruction.Operand switch
        {
            TypeSymbol type => replacement.Map(type),
            MethodSymbol method => replacement.Map(method),
            FieldSymbol field => replacement.Map(field),
            CallSignature s => new CallSignature(s.Source, s.Convention, s.HasThis, s.ExplicitThis, replacement.Map(s.ReturnType), Array.ConvertAll(s.Parameters, replacement.Map)),
            var other => other,
        };
    }

    private static StackType Map(StackType slot, TypeReplacement replacement) =>
        slot.Type is null ? slot : new StackType(slot.Kind, replacement.Map(slot.Type), slot.Flags, slot.Function is null ? null : replacement.Map(slot.Function));
}
