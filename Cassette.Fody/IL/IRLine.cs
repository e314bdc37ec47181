namespace Cassette.Fody.IL;

/// <summary>A printed line in its columns.</summary>
internal sealed class IRLine(string lineNumber, string text, string source, int sourceLine)
{
    /// <summary>The author's line where it changes, else empty.</summary>
    public string LineNumber { get; } = lineNumber;

    public string Text { get; } = text;

    public string Source { get; } = source;

    /// <summary>The author's line in force; 0 where there is none.</summary>
    public int SourceLine { get; } = sourceLine;
}
