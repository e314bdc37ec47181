using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;

namespace Cassette.Fody.IL;

/// <summary>Builds the tree of regions from a body's list of exception clauses.</summary>
internal sealed class RegionTree
{
    private readonly Region root;
    private readonly List<Range> ranges = [];
    private readonly Stack<Range> around = new();
    private int passed;

    public RegionTree(Region root, IEnumerable<ExceptionHandler> clauses, TypeUniverse types, GenericScope scope, Func<CecilInstruction?, int> offsetOf)
    {
        this.root = root;
        var tries = new Dictionary<(int, int), Region>();
        foreach (var clause in clauses)
        {
            if (clause.TryStart is null || clause.HandlerStart is null || clause.HandlerType == ExceptionHandlerType.Filter && clause.FilterStart is null)
                throw new InvalidILException("a protected region starts at no instruction", 0);
            var tryRange = (offsetOf(clause.TryStart), offsetOf(clause.TryEnd));
            // Clauses over the same range protect it together, searched in order (II.25.4.6).
            if (!tries.TryGetValue(tryRange, out var @try))
            {
                tries.Add(tryRange, @try = new Region(RegionKind.Try, null));
                ranges.Add(new Range(tryRange.Item1, tryRange.Item2, @try));
            }
            AddHandler(clause, @try, types, scope, offsetOf);
        }
        // Outer ranges first; of equal ones a handler contains a try.
        ranges.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End != b.End ? b.End.CompareTo(a.End) : IsTry(a).CompareTo(IsTry(b)));
        var open = new Stack<Range>();
        foreach (var range in ranges)
        {
            if (range.Start >= range.End)
                throw new InvalidILException("a protected region is empty", range.Start);
            while (open.Count > 0 && open.Peek().End <= range.Start)
                open.Pop();
            if (open.Count > 0 && open.Peek().End < range.End)
                throw new InvalidILException("protected regions overlap", range.Start);
            range.Region.Parent = open.Count > 0 ? open.Peek().Region : root;
            open.Push(range);
        }
        foreach (var range in ranges)
        {
            if (range.Region.Try is { } @try && range.Region.Parent != @try.Parent)
                throw new InvalidILException("a handler does not stand beside its try", range.Start);
        }
    }

    /// <summary>The offsets where regions begin or end.</summary>
    public IEnumerable<int> Boundaries => ranges.SelectMany(r => new[] { r.Start, r.End });

    /// <summary>The innermost region around an offset; offsets are asked for in rising order, so that one pass over the ranges answers all.</summary>
    public Region RegionAt(int offset)
    {
        for (; passed < ranges.Count && ranges[passed].Start <= offset; passed++)
            around.Push(ranges[passed]);
        while (around.Count > 0 && around.Peek().End <= offset)
            around.Pop();
        return around.Count > 0 ? around.Peek().Region : root;
    }

    public void SetEntries(Func<int, Block> blockAt)
    {
        foreach (var range in ranges)
            range.Region.Entry = blockAt(range.Start);
    }

    private void AddHandler(ExceptionHandler clause, Region @try, TypeUniverse types, GenericScope scope, Func<CecilInstruction?, int> offsetOf)
    {
        int start = offsetOf(clause.HandlerStart), stop = offsetOf(clause.HandlerEnd);
        Region handler;
        switch (clause.HandlerType)
        {
            case ExceptionHandlerType.Catch:
                handler = new Region(RegionKind.Catch, null) { Try = @try, CatchType = types.Import(clause.CatchType, scope) };
                break;
            case ExceptionHandlerType.Filter:
                var filter = new Region(RegionKind.Filter, null) { Try = @try };
                ranges.Add(new Range(offsetOf(clause.FilterStart), start, filter));
                handler = new Region(RegionKind.FilteredCatch, null) { Try = @try, Filter = filter };
                break;
            case ExceptionHandlerType.Finally:
                handler = new Region(RegionKind.Finally, null) { Try = @try };
                break;
            default:
                handler = new Region(RegionKind.Fault, null) { Try = @try };
                break;
        }
        @try.Handlers.Add(handler);
        ranges.Add(new Range(start, stop, handler));
    }

    private static bool IsTry(Range range) => range.Region.Kind == RegionKind.Try;

    private sealed record Range(int Start, int End, Region Region);
}
