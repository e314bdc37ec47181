using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>What a <see cref="DelegateTable"/> knows of a delegate.</summary>
/// <param name="pointer">The clone's code, or 0 if there is none.</param>
/// <param name="shape">How it is called.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DelegateClone(nint pointer, DelegateShape shape)
{
    /// <summary>The clone's code; 0 if the delegate is to be invoked as it is.</summary>
    public nint Pointer { get; } = pointer;

    /// <summary>How the clone is called.</summary>
    public DelegateShape Shape { get; } = shape;
}
