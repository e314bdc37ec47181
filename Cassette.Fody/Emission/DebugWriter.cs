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

    public void Note(Instruction instruction, CecilInstruction at)
    {
        // Most bodies, those of packages among them, have no scopes to look instructions up for.
        if (scope is not null)
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
