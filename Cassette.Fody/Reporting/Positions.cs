using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Reporting;

/// <summary>Where a method stands in the author's source, as far as the debug information says.</summary>
internal static class Positions
{
    public static SourcePosition? Of(MethodDefinition method)
    {
        if (method.DebugInformation?.SequencePoints.FirstOrDefault(p => !p.IsHidden) is { } point)
            return new SourcePosition(point.Document.Url, point.StartLine, point.StartColumn);
        return MoveNextOf(method) is { } author ? Of(author) : null;
    }

    public static SourcePosition? Of(IL.SourceSpan? source) =>
        source is { IsHidden: false } ? new SourcePosition(source.Document.Url, source.StartLine, source.StartColumn) : null;

    /// <summary>Where the author's statements of an async method or an iterator went: the method itself has no sequence points.</summary>
    private static MethodDefinition? MoveNextOf(MethodDefinition method)
    {
        if (!method.HasCustomAttributes)
            return null;
        var attribute = method.CustomAttributes.FirstOrDefault(a => a.AttributeType.Namespace == "System.Runtime.CompilerServices"
            && a.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute");
        return attribute?.ConstructorArguments[0].Value is TypeDefinition machine ? machine.Methods.FirstOrDefault(m => m.Name == "MoveNext") : null;
    }
}
