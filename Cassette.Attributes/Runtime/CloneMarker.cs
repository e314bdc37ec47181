using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>
/// Stands as a custom modifier on the context parameter of a cloned constructor. Constructors have no names of
/// their own, so without it the clone's signature could be one that the author's type has already.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CloneMarker
{
    private CloneMarker()
    {
    }
}
