using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>
/// Whether a type is a struct of another assembly than an interface, as something that the JIT takes for a constant once it has been asked. Such
/// a struct has no clones of the interface's methods, and the interface's own bodies would run on a box.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
/// <typeparam name="TInterface">The interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ForeignStruct<T, TInterface>
    where T : allows ref struct
{
    /// <summary>Whether it is.</summary>
    public static readonly bool Value = typeof(T).IsValueType && typeof(T).Assembly != typeof(TInterface).Assembly;
}
