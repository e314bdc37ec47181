using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// An immutable list that is equal to another with equal elements, which gives the pattern records
/// structural equality.
/// </summary>
public sealed class PatternList<T> : IReadOnlyList<T>, IEquatable<PatternList<T>>
{
    private readonly T[] _items;

    /// <summary>Copies <paramref name="items"/>.</summary>
    public PatternList(IEnumerable<T> items) => _items = items.ToArray();

    /// <summary>The list without elements.</summary>
    public static PatternList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <inheritdoc/>
    public bool Equals(PatternList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PatternList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = 17;
        foreach (T item in _items)
            hash = unchecked(hash * 31 + (item?.GetHashCode() ?? 0));
        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The elements, separated by commas.</summary>
    public override string ToString() => string.Join(", ", _items);
}
