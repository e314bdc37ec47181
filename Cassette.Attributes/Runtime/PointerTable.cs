using System.Collections.Generic;
using System.ComponentModel;

namespace Cassette.Runtime;

/// <summary>Finds the clone of the method behind a function pointer, for one stack of contexts.</summary>
/// <remarks>
/// The address that the run time gives for a method is the same wherever it is asked for, and stays the same. All entries are made before the
/// first search, in the static constructor that makes the table.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PointerTable
{
    private readonly Dictionary<nint, nint> _clones = [];

    /// <summary>Registers the clone of a method.</summary>
    /// <param name="original">The method, by <c>ldftn</c>.</param>
    /// <param name="clone">The clone, by <c>ldftn</c>.</param>
    public void Add(nint original, nint clone) => _clones[original] = clone;

    /// <summary>The clone of the method at an address.</summary>
    /// <param name="pointer">The address.</param>
    /// <returns>The clone's address, or 0 if there is none.</returns>
    public nint Find(nint pointer) => _clones.GetValueOrDefault(pointer);
}
