using System;
using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>Marks a method that the weaver made from another, for a stack of contexts.</summary>
/// <param name="original">The method that it was made from, where its name does not say.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Class | AttributeTargets.Struct,
    Inherited = false)]
public sealed class CloneAttribute(string? original = null) : Attribute
{
    /// <summary>The method that it was made from, where its name does not say.</summary>
    public string? Original { get; } = original;
}
