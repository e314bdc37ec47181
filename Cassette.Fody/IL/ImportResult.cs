using System;

namespace Cassette.Fody.IL;

/// <summary>Thrown inside the importer and the verifier when a body cannot be typed; callers see it as an <see cref="ImportResult"/>.</summary>
public sealed class InvalidILException(string reason, int offset) : Exception($"IL_{offset:x4}: {reason}")
{
    public string Reason { get; } = reason;

    public int Offset { get; } = offset;
}

/// <summary>A typed body, or the reason why there is none.</summary>
public readonly struct ImportResult(MethodIR? body, string? refusal)
{
    public MethodIR? Body { get; } = body;

    /// <summary>Why the importer refused, with the offset; null when it did not.</summary>
    public string? Refusal { get; } = refusal;
}
