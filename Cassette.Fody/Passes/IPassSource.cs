using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>Knows the passes of contexts.</summary>
public interface IPassSource
{
    /// <summary>A context's passes in the order they run in; none where it has none.</summary>
    IReadOnlyList<LoadedPass> PassesOf(TypeSymbol context);
}
