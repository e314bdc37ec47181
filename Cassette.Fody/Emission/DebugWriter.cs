using System.Collections.Generic;
using Cassette.Fody.IL;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>Carries sequence points and lexical scopes over to what was emitted.</summary>
internal sealed class DebugWriter(MethodDefinition target, DebugScope? scope, Dictionary<Local, VariableDefinition> locals)
{
    private readonly List<(SourceSpan Source, CecilInstruction At)> points = [];
    private readonly Dictionary<Instruction, CecilInstruction> emitted = [];
    private readonly bool hasStates = target.HasCustomDebugInformations;

    public void Note(Instruction instruction, CecilInstruction at)
    {
        // Most bodies, those of packages among them, have no scopes to look instructions up for.
        if (scope is not null || hasStates)
            emitted[instruction] = at;
        if (instruction.Source is { } source)
            points.Add((source, at));
    }

    public void Finish()
    {
        var debug = target.DebugInformation;
        debug.SequencePoints.Clear();
        foreach (var (source, at) in points)
        {
            debug.SequencePoints.Add(new SequencePoint(at, source.Document)
            {
                StartLine = source.StartLine,
                StartColumn = source.StartColumn,
                EndLine = source.EndLine,
                EndColumn = source.EndColumn,
            });
        }
        debug.Scope = scope is null || target.Body.Instructions.Count == 0 ? null : Write(scope);
        if (hasStates)
            MoveStates();
    }

    /// <summary>What debuggers are told about a state machine, where it suspends and resumes, is told by places in the body that was replaced.</summary>
    private void MoveStates()
    {
        var places = new SortedList<int, CecilInstruction>();
        foreach (var entry in emitted)
        {
            if (entry.Key.OriginalOffset >= 0)
                places[entry.Key.OriginalOffset] = entry.Value;
        }
        foreach (var information in target.CustomDebugInformations)
        {
            switch (information)
            {
                case AsyncMethodBodyDebugInformation async:
                    async.CatchHandler = Moved(async.CatchHandler, places);
                    for (var i = 0; i < async.Yields.Count; i++)
                        async.Yields[i] = Moved(async.Yields[i], places);
                    for (var i = 0; i < async.Resumes.Count; i++)
                        async.Resumes[i] = Moved(async.Resumes[i], places);
                    break;
                case StateMachineScopeDebugInformation states:
                    foreach (var state in states.Scopes)
                    {
                        state.Start = Moved(state.Start, places);
                        state.End = Moved(state.End, places);
                    }
                    break;
            }
        }
    }

    /// <summary>The same instruction in the new body; of one that is gone the next that is still there. An async body without a handler has a negative place.</summary>
    private static InstructionOffset Moved(InstructionOffset place, SortedList<int, CecilInstruction> places)
    {
        if (place.IsEndOfMethod || place.Offset < 0)
            return place;
        foreach (var entry in places)
        {
            if (entry.Key >= place.Offset)
                return new InstructionOffset(entry.Value);
        }
        return new InstructionOffset();
    }

    private ScopeDebugInformation Write(DebugScope scope)
    {
        var start = scope.Start != null && emitted.TryGetValue(scope.Start, out var first) ? first : target.Body.Instructions[0];
        var end = scope.End != null && emitted.TryGetValue(scope.End, out var last) ? last : null;
        var written = new ScopeDebugInformation(start, end) { Import = scope.Import };
        foreach (var (local, name, attributes) in scope.Variables)
        {
            if (locals.TryGetValue(local, out var variable))
                written.Variables.Add(new VariableDebugInformation(variable, name) { Attributes = attributes });
        }
        foreach (var constant in scope.Constants)
            written.Constants.Add(constant);
        foreach (var child in scope.Children)
            written.Scopes.Add(Write(child));
        return written;
    }
}
