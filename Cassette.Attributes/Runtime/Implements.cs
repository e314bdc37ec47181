using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>
/// Whether a type implements an interface, as something that the JIT takes for a constant once it has been asked: where calls of static
/// members go on a type parameter.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <typeparam name="TInterface">The interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Implements<T, TInterface>
    where T : allows ref struct
{
    /// <summary>Whether it does.</summary>
    public static readonly bool Value = typeof(TInterface).IsAssignableFrom(typeof(T));
}
