using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Remembers which delegates stand for which in the fields and properties of code that is not overdubbed. A delegate that carries its context is
/// another one than the program puts there; where the program reads it back, to compare it, to add to it or to take from it, it gets its own.
/// </summary>
/// <remarks>It keeps nothing alive: a delegate that carries a context refers to the program's in any case.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeptDelegates
{
    private static readonly ConditionalWeakTable<object, object> s_originals = [];

    /// <summary>Notes what takes the place of a delegate, or of an array of delegates.</summary>
    /// <typeparam name="T">The delegate's type, or the array's.</typeparam>
    /// <param name="original">The program's.</param>
    /// <param name="bound">What is put there; the same where there is no context to carry.</param>
    /// <returns><paramref name="bound"/>.</returns>
    public static T? Keep<T>(T? original, T? bound)
        where T : class
    {
        if (!ReferenceEquals(original, bound))
            s_originals.AddOrUpdate(bound!, original!);
        return bound;
    }

    /// <summary>The program's own delegate, or array of delegates, for what is kept outside.</summary>
    /// <typeparam name="T">The delegate's type, or the array's.</typeparam>
    /// <param name="kept">What was read; the code outside may have combined it with others.</param>
    /// <returns>The original; what was read where it is one itself.</returns>
    public static T? Original<T>(T? kept)
        where T : class
    {
        if (kept is null)
            return null;
        if (s_originals.TryGetValue(kept, out object? original))
            return Unsafe.As<T>(original);
        return kept is Delegate { HasSingleTarget: false } multicast ? Unsafe.As<T>(OriginalOfEach(multicast)) : kept;
    }

    private static Delegate OriginalOfEach(Delegate multicast)
    {
        Delegate[] parts = multicast.GetInvocationList();
        bool isBound = false;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!s_originals.TryGetValue(parts[i], out object? original))
                continue;
            parts[i] = (Delegate)original;
            isBound = true;
        }

        return isBound ? Delegate.Combine(parts)! : multicast;
    }
}
