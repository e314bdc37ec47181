using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// Compares by identity. Only for look-ups: the hash codes differ from run to run, so nothing may be
/// enumerated by them.
/// </summary>
internal sealed class ReferenceComparer<T> : IEqualityComparer<T>
    where T : class
{
    public static ReferenceComparer<T> Instance { get; } = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => RuntimeHelpers.GetHashCode(obj);
}
