using System.Collections.Generic;
using Cassette.Fody.IL;
using Mono.Cecil;
using Mono.Cecil.Cil;
using CecilInstruction = Mono.Cecil.Cil.Instruction;
using Instruction = Cassette.Fody.IL.Instruction;

namespace Cassette.Fody.Emission;

/// <summary>Carries sequence points and lexical scopes over to what was emitted.</summary>
internal sealed class DebugWriter
{
    private readonly MethodDefinition target;
    private readonly Dictionary<Local, VariableDefinition> locals;
    private readonly DebugScope? scope;
    private readonly List<(SourceSpan Source, CecilInstruction At)> points = [];
    private readonly ScopeBounds bounds = new();

    public DebugWriter(MethodDefinition target, Dictionary<Local, VariableDefinition> locals, DebugScope? scope)
    {
        this.target = target;
        this.locals = locals;
        this.scope = scope;
        if (scope != null)
            bounds.Add(scope);
    }

    public void Note(Instruction instruction, CecilInstruction at)
    {
        bounds.Note(instruction, at);
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
        var start = bounds.Find(scope.Start) ?? target.Body.Instructions[0];
        var end = bounds.Find(scope.End);
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
