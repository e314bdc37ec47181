using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>
/// Writes a typed body into a method definition: lays the blocks out, chooses the shortest encodings, and carries handlers, sequence points
/// and scopes over. The method may be the one that the body was read from or another one of the same generic arity.
/// </summary>
public sealed class BodyEmitter(SymbolImporter importer)
{
    public void Emit(MethodIR body, MethodDefinition target) => Emit(body, target, new GenericMap(body.Origin, target));

    /// <summary>Emits into a method whose generic parameters, or whose type's, are not the origin's one by one.</summary>
    public void Emit(MethodIR body, MethodDefinition target, GenericMap map)
    {
        var layout = new BlockLayout(body);
        var result = new MethodBody(target) { InitLocals = body.InitLocals };
        var locals = DeclareLocals(body, result, map);
        var encoder = new InstructionEncoder(importer, target, map, locals);
        var first = new CecilInstruction[layout.Blocks.Count + 1];
        var starts = new Dictionary<Block, CecilInstruction>(layout.Blocks.Count);
        var debug = new DebugWriter(target, body.Scope, locals);
        for (var i = 0; i < layout.Blocks.Count; i++)
        {
            first[i] = EmitBlock(layout, i, encoder, debug);
            starts.Add(layout.Blocks[i], first[i]);
        }
        encoder.ResolveBranches(starts);
        foreach (var instruction in encoder.Instructions)
            result.Instructions.Add(instruction);
        BranchShortener.Shorten(result.Instructions);
        AddHandlers(body, layout, result, map, index => first[index]);
        target.Body = result;
        debug.Finish();
    }

    private static CecilInstruction EmitBlock(BlockLayout layout, int index, InstructionEncoder encoder, DebugWriter debug)
    {
        var block = layout.Blocks[index];
        var start = encoder.Instructions.Count;
        foreach (var instruction in block.Instructions)
        {
            var emitted = encoder.Emit(instruction);
            debug.Note(instruction, emitted);
        }
        var next = index + 1 < layout.Blocks.Count ? layout.Blocks[index + 1] : null;
        if (block.Next != null && block.Next != next)
            encoder.EmitBranch(block.Next);
        else if (encoder.Instructions.Count == start)
            encoder.EmitNop();
        return encoder.Instructions[start];
    }

    private Dictionary<Local, VariableDefinition> DeclareLocals(MethodIR body, MethodBody result, GenericMap map)
    {
        var locals = new Dictionary<Local, VariableDefinition>(body.Locals.Count);
        if (body.Locals.Count == 0)
            return locals;
        // Stable: imported locals keep their numbers, new ones follow in the order they were made.
        foreach (var local in body.Locals.OrderBy(l => l.OriginalIndex < 0 ? int.MaxValue : l.OriginalIndex))
        {
            var type = importer.Import(local.Type, map);
            var variable = new VariableDefinition(local.IsPinned ? new PinnedType(type) : type);
            result.Variables.Add(variable);
            locals.Add(local, variable);
        }
        return locals;
    }

    private void AddHandlers(MethodIR body, BlockLayout layout, MethodBody result, GenericMap map, Func<int, CecilInstruction?> first)
    {
        foreach (var handler in layout.Clauses)
        {
            var @try = layout.ExtentOf(handler.Try!);
            var extent = layout.ExtentOf(handler);
            if (@try.Start == @try.End || extent.Start == extent.End)
                throw new InvalidOperationException($"A protected region of {body.Origin.FullName} has lost its blocks.");
            result.ExceptionHandlers.Add(new ExceptionHandler(TypeOf(handler.Kind))
            {
                TryStart = first(@try.Start),
                TryEnd = first(@try.End),
                HandlerStart = first(extent.Start),
                HandlerEnd = first(extent.End),
                FilterStart = handler.Filter is null ? null : first(layout.ExtentOf(handler.Filter).Start),
                CatchType = handler.CatchType is null ? null : importer.Import(handler.CatchType, map),
            });
        }
    }

    private static ExceptionHandlerType TypeOf(RegionKind kind) => kind switch
    {
        RegionKind.Catch => ExceptionHandlerType.Catch,
        RegionKind.FilteredCatch => ExceptionHandlerType.Filter,
        RegionKind.Finally => ExceptionHandlerType.Finally,
        RegionKind.Fault => ExceptionHandlerType.Fault,
        _ => throw new InvalidOperationException($"A {kind} is no handler."),
    };
}
