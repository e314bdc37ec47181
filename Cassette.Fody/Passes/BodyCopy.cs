using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Passes;

/// <summary>Copies a body, so that the copy can be changed by itself. Its contexts become those of a stack with the same ones as far in as the body uses them.</summary>
internal sealed class BodyCopy
{
    private readonly Dictionary<Local, Local> locals = new(ReferenceComparer<Local>.Instance);
    private readonly Dictionary<Argument, Argument> arguments = new(ReferenceComparer<Argument>.Instance);
    private readonly Dictionary<Block, Block> blocks = new(ReferenceComparer<Block>.Instance);
    private readonly Dictionary<Instruction, Instruction> instructions = new(ReferenceComparer<Instruction>.Instance);
    private readonly MethodIR copy;

    private BodyCopy(MethodIR body) => copy = new MethodIR(body.Types, body.Origin, body.ReturnType) { InitLocals = body.InitLocals };

    public static MethodIR Of(MethodIR body, int ownArguments, ContextStack stack) => new BodyCopy(body).Copy(body, ownArguments, stack);

    private MethodIR Copy(MethodIR body, int ownArguments, ContextStack stack)
    {
        var count = ownArguments + stack.Depth;
        foreach (var argument in body.Arguments)
        {
            var context = argument.Index - ownArguments;
            var made = new Argument(argument.Name, context >= 0 && context < stack.Depth ? stack.Levels[context] : argument.Type, argument.Index, argument.IsThis) { IsReadOnly = argument.IsReadOnly, IsReassigned = argument.IsReassigned };
            arguments.Add(argument, made);
            if (copy.Arguments.Count < count)
                copy.Arguments.Add(made);
        }
        for (var i = copy.Arguments.Count; i < count; i++)
            copy.Arguments.Add(new Argument("context", stack.Levels[i - ownArguments], i, isThis: false));
        foreach (var local in body.Locals)
        {
            var made = new Local(local.Type, local.IsPinned) { OriginalIndex = local.OriginalIndex, Name = local.Name };
            locals.Add(local, made);
            copy.Locals.Add(made);
        }
        var regions = new RegionCopies(body.Body, copy.Body);
        foreach (var block in body.Blocks)
        {
            var made = new Block(regions.Of(block.Region)) { EntryStack = [.. block.EntryStack], IsReachable = block.IsReachable, OriginalOffset = block.OriginalOffset };
            blocks.Add(block, made);
            copy.Blocks.Add(made);
        }
        foreach (var block in body.Blocks)
        {
            blocks[block].Next = block.Next is { } next ? blocks[next] : null;
            blocks[block].Instructions.AddRange(block.Instructions.Select(Copy));
        }
        regions.SetEntries(entry => blocks[entry]);
        copy.Scope = body.Scope is { } scope ? Copy(scope) : null;
        return copy;
    }

    private Instruction Copy(Instruction instruction)
    {
        var made = instruction.Copy(instruction.Operand switch
        {
            Local local => locals[local],
            Argument argument => arguments[argument],
            Block block => blocks[block],
            Block[] targets => targets.Select(t => blocks[t]).ToArray(),
            var other => other,
        });
        instructions.Add(instruction, made);
        return made;
    }

    private DebugScope Copy(DebugScope scope)
    {
        var made = new DebugScope
        {
            Start = scope.Start is { } start && instructions.TryGetValue(start, out var first) ? first : null,
            End = scope.End is { } end && instructions.TryGetValue(end, out var last) ? last : null,
            Import = scope.Import,
        };
        made.Variables.AddRange(scope.Variables.Where(v => locals.ContainsKey(v.Local)).Select(v => (locals[v.Local], v.Name, v.Attributes)));
        made.Constants.AddRange(scope.Constants);
        made.Children.AddRange(scope.Children.Select(Copy));
        return made;
    }
}
