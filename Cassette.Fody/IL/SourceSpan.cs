using Mono.Cecil.Cil;

namespace Cassette.Fody.IL;

/// <summary>A sequence point: a span of the author's source, or a hidden stretch that debuggers step over.</summary>
public sealed class SourceSpan(Document document, int startLine, int startColumn, int endLine, int endColumn)
{
    private const int HiddenLine = 0xfeefee;

    public Document Document { get; } = document;

    public int StartLine { get; } = startLine;

    public int StartColumn { get; } = startColumn;

    public int EndLine { get; } = endLine;

    public int EndColumn { get; } = endColumn;

    public bool IsHidden => StartLine == HiddenLine;

    public static SourceSpan Hidden(Document document) => new(document, HiddenLine, 0, HiddenLine, 0);
}
