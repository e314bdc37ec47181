using System;
using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>Marks an assembly that was woven.</summary>
/// <param name="version">The weaver's version.</param>
/// <param name="stamp">A hash of the weaver, its configuration and its inputs, by which a build recognises its own work.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WovenAttribute(string version, string stamp) : Attribute
{
    /// <summary>The weaver's version.</summary>
    public string Version { get; } = version;

    /// <summary>A hash of the weaver, its configuration and its inputs.</summary>
    public string Stamp { get; } = stamp;
}
