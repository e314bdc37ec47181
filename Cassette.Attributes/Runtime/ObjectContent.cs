using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>
/// What any object is taken for in order to read its first byte: that throws on a null reference as a call on the object does, costs nothing
/// where the JIT knows that it does not, and shows no frame of its own. No object is of this class.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectContent
{
    /// <summary>The first byte.</summary>
    public byte First;

    private ObjectContent()
    {
    }
}
