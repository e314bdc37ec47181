using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Remembers which delegates stand for which handlers in the events of code that is not overdubbed. A handler that carries its context is
/// another delegate than the one that the program adds, and which it removes later by one that is equal.
/// </summary>
/// <remarks>
/// It keeps nothing alive: neither the event's object, nor a handler that the event has let go of.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Handlers
{
    private static readonly ConditionalWeakTable<object, List<Entry>> s_entries = [];

    // A bound delegate may refer to what the original is made of, and not to the original itself.
    private static readonly ConditionalWeakTable<Delegate, Delegate> s_originals = [];

    /// <summary>Notes that a handler was added.</summary>
    /// <param name="source">The event's object, or its type for a static event.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="original">The program's delegate.</param>
    /// <param name="bound">The delegate that was added in its place.</param>
    public static void Added(object source, string name, Delegate? original, Delegate? bound)
    {
        if (ReferenceEquals(original, bound))
            return;
        List<Entry> entries = s_entries.GetValue(source, static _ => []);
        lock (entries)
        {
            entries.RemoveAll(static entry => !entry.Bound.TryGetTarget(out _));
            // The one lives as long as the other; where they stand for several originals, these are equal.
            s_originals.AddOrUpdate(bound!, original!);
            entries.Add(new Entry(name, new WeakReference<Delegate>(original!), new WeakReference<Delegate>(bound!)));
        }
    }

    /// <summary>What to remove for a handler: what was added for the last equal one, or the handler itself.</summary>
    /// <param name="source">The event's object, or its type for a static event.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="original">The program's delegate.</param>
    /// <returns>The delegate to remove.</returns>
    public static Delegate? Removed(object? source, string name, Delegate? original)
    {
        if (source is null || original is null || !s_entries.TryGetValue(source, out List<Entry>? entries))
            return original;
        lock (entries)
        {
            for (int i = entries.Count - 1; i >= 0; i--)
            {
                Entry entry = entries[i];
                if (entry.Name != name || !entry.Bound.TryGetTarget(out Delegate? bound))
                    continue;
                if (!entry.Original.TryGetTarget(out Delegate? added) || !original.Equals(added))
                    continue;
                entries.RemoveAt(i);
                return bound;
            }
        }

        return original;
    }

    private readonly record struct Entry(string Name, WeakReference<Delegate> Original, WeakReference<Delegate> Bound);
}
