using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Cassette.Runtime;

/// <summary>
/// Finds the clone that an object's class has of a virtual or interface method that was declared outside the woven assembly. It is asked at
/// each such call, and is faster than to test whether the class implements an interface and then to call through that.
/// </summary>
/// <remarks>
/// Classes are recognised by the word before an object's content, as <see cref="DelegateTable"/> does. Readers take no lock: an entry is
/// written once, its key last, and a full table is replaced by a larger one. Classes that can be unloaded are never entered.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FamilyTable
{
    private readonly Func<object, nint> _resolve;
    private readonly Lock _lock = new();
    private volatile Entry[] _slots = new Entry[16];
    private int _count;

    /// <summary>Made once for a method and its type arguments.</summary>
    /// <param name="resolve">What looks an object's clone up: from the object to the code, or 0.</param>
    public FamilyTable(Func<object, nint> resolve)
    {
        _resolve = resolve;
    }

    /// <summary>The code of the clone that an object's class has.</summary>
    /// <param name="receiver">The object.</param>
    /// <returns>The code, to be called on the object; 0 if there is no clone.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Find(object receiver)
    {
        nint key = KeyOf(receiver);
        Entry[] slots = _slots;
        ref Entry entry = ref slots[Start(key, slots.Length)];
        return Volatile.Read(ref entry.Key) == key ? entry.Pointer : FindFurther(receiver, key);
    }

    private static uint Start(nint key, int length) => (uint)((ulong)key >> 3 ^ (ulong)key >> 9) & (uint)(length - 1);

    private static nint KeyOf(object receiver) => Unsafe.Add(ref Unsafe.As<byte, nint>(ref Unsafe.As<Box>(receiver).Content), -1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private nint FindFurther(object receiver, nint key)
    {
        Entry[] slots = _slots;
        for (uint i = Start(key, slots.Length) + 1; ; i++)
        {
            ref Entry entry = ref slots[i & (uint)(slots.Length - 1)];
            nint found = Volatile.Read(ref entry.Key);
            if (found == key)
                return entry.Pointer;
            if (found == 0)
                break;
        }

        nint pointer = _resolve(receiver);
        if (!receiver.GetType().IsCollectible)
            Enter(key, pointer);
        return pointer;
    }

    private void Enter(nint key, nint pointer)
    {
        lock (_lock)
        {
            Entry[] slots = _slots;
            if (2 * _count >= slots.Length)
            {
                var larger = new Entry[2 * slots.Length];
                foreach (Entry entry in slots)
                {
                    if (entry.Key != 0)
                        Put(larger, entry.Key, entry.Pointer);
                }

                _slots = slots = larger;
            }

            if (Put(slots, key, pointer))
                _count++;
        }
    }

    private static bool Put(Entry[] slots, nint key, nint pointer)
    {
        for (uint i = Start(key, slots.Length); ; i++)
        {
            ref Entry entry = ref slots[i & (uint)(slots.Length - 1)];
            if (entry.Key == key)
                return false;
            if (entry.Key != 0)
                continue;
            entry.Pointer = pointer;
            Volatile.Write(ref entry.Key, key);
            return true;
        }
    }

    private struct Entry
    {
        public nint Key;
        public nint Pointer;
    }

    private sealed class Box
    {
        public byte Content;
    }
}
