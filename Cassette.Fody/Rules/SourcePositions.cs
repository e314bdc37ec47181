using System.Linq;
using Cassette.Fody.Reporting;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Where definitions stand in the source, as far as debug symbols tell.</summary>
internal static class SourcePositions
{
    /// <summary>The first visible sequence point; a method without a body has none.</summary>
    public static SourcePosition? Of(MethodDefinition method)
    {
        if (!method.HasBody || !method.DebugInformation.HasSequencePoints)
            return null;
        var first = method.DebugInformation.SequencePoints.FirstOrDefault(point => !point.IsHidden);
        return first is null ? null : new SourcePosition(first.Document.Url, first.StartLine, first.StartColumn);
    }

    /// <summary>The first line of any of a type's methods: symbols do not say where a type itself begins.</summary>
    public static SourcePosition? Of(TypeDefinition type)
    {
        SourcePosition? first = null;
        foreach (var method in type.Methods)
        {
            if (Of(method) is { } position && (first is null || position.CompareTo(first.Value) < 0))
                first = position;
        }
        return first;
    }
}
