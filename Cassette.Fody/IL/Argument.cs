using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>A parameter as the body sees it: <c>this</c> comes first where there is one.</summary>
public sealed class Argument(string name, TypeSymbol type, int index, bool isThis)
{
    public string Name { get; } = name;

    /// <summary>The exact type; a by-ref for by-ref parameters and for <c>this</c> of a struct.</summary>
    public TypeSymbol Type { get; internal set; } = type;

    /// <summary>Position as <c>ldarg</c> counts.</summary>
    public int Index { get; } = index;

    public bool IsThis { get; } = isThis;

    /// <summary>An <c>in</c> parameter, or <c>this</c> of a readonly struct or member.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether the body stores to it or takes its address.</summary>
    public bool IsReassigned { get; set; }

    public override string ToString() => Name;
}
