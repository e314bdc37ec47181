using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>A local variable. Identity, not number: the emitter numbers them.</summary>
public sealed class Local(TypeSymbol type, bool isPinned = false)
{
    public TypeSymbol Type { get; internal set; } = type;

    public bool IsPinned { get; } = isPinned;

    /// <summary>The number it had in the body it was imported from; -1 for locals that a pass made.</summary>
    public int OriginalIndex { get; init; } = -1;

    /// <summary>The author's name, from the debug information; null for compiler temporaries.</summary>
    public string? Name { get; set; }

    public override string ToString() => Name ?? (OriginalIndex >= 0 ? "local" + OriginalIndex : "temp");
}
