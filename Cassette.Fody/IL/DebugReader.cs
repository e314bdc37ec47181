using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>Reads sequence points, scopes and names of locals.</summary>
internal static class DebugReader
{
    public static void Read(MethodDefinition method, MethodIR body, BodyShape shape)
    {
        if (!method.Module.HasSymbols)
            return;
        var debug = method.DebugInformation;
        foreach (var point in debug.SequencePoints)
        {
            if (shape.InstructionAt(point.Offset) is { } instruction)
                instruction.Source = new SourceSpan(point.Document, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
        }
        if (debug.Scope != null)
            body.Scope = Read(debug.Scope, body, shape);
    }

    private static DebugScope Read(ScopeDebugInformation scope, MethodIR body, BodyShape shape)
    {
        var read = new DebugScope
        {
            Start = shape.InstructionAt(scope.Start.Offset),
            End = scope.End.IsEndOfMethod ? null : shape.InstructionAt(scope.End.Offset),
            Import = scope.Import,
        };
        foreach (var variable in scope.Variables)
        {
            if (variable.Index >= body.Locals.Count)
                continue;
            var local = body.Locals[variable.Index];
            local.Name ??= variable.Name;
            read.Variables.Add((local, variable.Name, variable.Attributes));
        }
        read.Constants.AddRange(scope.Constants);
        foreach (var child in scope.Scopes)
            read.Children.Add(Read(child, body, shape));
        return read;
    }
}
