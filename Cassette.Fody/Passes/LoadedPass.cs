using Cassette.Fody.Reporting;

namespace Cassette.Fody.Passes;

/// <summary>A pass that is ready to run.</summary>
/// <param name="pass">The pass.</param>
/// <param name="name">Its full type name, for messages.</param>
/// <param name="position">Where it is asked for: the attribute's context type, or the XML element.</param>
public sealed class LoadedPass(IPass pass, string name, SourcePosition? position)
{
    public IPass Pass { get; } = pass;

    public string Name { get; } = name;

    public SourcePosition? Position { get; } = position;
}
