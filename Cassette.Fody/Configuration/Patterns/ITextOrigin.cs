using Cassette.Fody.Reporting;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>Knows where a piece of text stands in a file.</summary>
public interface ITextOrigin
{
    /// <summary>The position of the character at <paramref name="offset"/>, or null where no file is known.</summary>
    SourcePosition? PositionOf(int offset);
}

/// <summary>For text of which only one position is known, such as an attribute argument in metadata.</summary>
public sealed class FixedOrigin(SourcePosition? position) : ITextOrigin
{
    /// <summary>No file is known.</summary>
    public static FixedOrigin Unknown { get; } = new(null);

    /// <inheritdoc/>
    public SourcePosition? PositionOf(int offset) => position;
}
