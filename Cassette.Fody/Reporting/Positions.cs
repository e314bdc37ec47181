using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Reporting;

/// <summary>Where a method stands in the author's source, as far as the debug information says.</summary>
internal static class Positions
{
    public static SourcePosition? Of(MethodDefinition method) =>
        method.DebugInformation?.SequencePoints.FirstOrDefault(p => !p.IsHidden) is { } point
            ? new SourcePosition(point.Document.Url, point.StartLine, point.StartColumn)
            : null;

    public static SourcePosition? Of(IL.SourceSpan? source) =>
        source is { IsHidden: false } ? new SourcePosition(source.Document.Url, source.StartLine, source.StartColumn) : null;
}
