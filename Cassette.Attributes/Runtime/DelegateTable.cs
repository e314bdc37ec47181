using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Cassette.Runtime;

/// <summary>
/// Finds the clone of the method behind a delegate, for one stack of contexts. Woven code asks it where it
/// calls a delegate that was made elsewhere.
/// </summary>
/// <remarks>
/// <para>A delegate is recognised by its code pointer, so that the method's reflection object, which costs an
/// allocation and some hundred nanoseconds, is asked for once per pointer. One method may have several pointers
/// (a stub each for closed and open delegates, for boxed receivers, for each module that refers to it); each
/// gets an entry. What must not happen is that one pointer stands for two methods, which it can in these cases:</para>
/// <list type="bullet">
/// <item>A static method's pointer is the same for open delegates and for those closed over its first
/// argument, which are called differently: open ones are entered under the complement of their pointer.</item>
/// <item>Instance methods of generic types share code between instantiations that differ in reference types
/// only. The receiver's type tells them apart: it has the declaring type among its bases once at most.
/// Generic methods, static ones and default interface methods need no such help, as every instantiation of
/// theirs has a stub of its own.</item>
/// <item>Code that can be unloaded (collectible assemblies, dynamic methods, stubs of native function pointers)
/// leaves its address to other code: it is never entered.</item>
/// </list>
/// <para>Readers take no lock: entries are written once, code pointer last, and a full table is replaced by a
/// larger one. What most delegates are, closed over a receiver by code that one method has, is looked for first in
/// a small table of a fixed size, which is as quick as comparing with a few constants. All registrations come before the first search, in the static constructor that makes the table.</para>
/// <para>It relies on the layout of delegates and objects in CoreCLR; elsewhere a search throws
/// <see cref="MissingFieldException"/>.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DelegateTable
{
    private const int InitialBits = 6;
    private const int ClosedBits = 9;

    // Marks a pointer that is shared by instantiations, whose clones are entered with the receiver's type.
    private const DelegateShape ByReceiver = (DelegateShape)(-1);

    private readonly Dictionary<nint, DelegateRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private volatile Entries _entries = new(InitialBits);
    private ClosedSlots _closed;

    /// <summary>Registers the clone of a method that is not generic, in a type that is not.</summary>
    /// <param name="original">The method, by <c>ldtoken</c>.</param>
    /// <param name="clone">The clone, by <c>ldftn</c>.</param>
    /// <param name="isStatic">Whether the clone is static, even if the original is not.</param>
    /// <exception cref="ArgumentException">The method has a clone already.</exception>
    public void Add(RuntimeMethodHandle original, nint clone, bool isStatic)
    {
        _registrations.Add(original.Value, new DelegateRegistration(clone, isStatic));
    }

    /// <summary>
    /// Registers the clone of a method that may be generic or stand in a generic type. The clone has the type
    /// parameters of the original's type and of the original, in this order, distributed over its own type and
    /// itself in whatever way.
    /// </summary>
    /// <param name="original">
    /// The method, by <c>ldtoken</c> of its definition, or of a reference whose parent is the bare generic type.
    /// The handle of an instantiation registers nothing that would be found.
    /// </param>
    /// <param name="clone">The clone, likewise uninstantiated.</param>
    /// <param name="cloneType">The clone's type, uninstantiated.</param>
    /// <exception cref="ArgumentException">The method has a clone already.</exception>
    public void Add(RuntimeMethodHandle original, RuntimeMethodHandle clone, RuntimeTypeHandle cloneType)
    {
        _registrations.Add(original.Value, new DelegateRegistration(clone, cloneType));
    }

    /// <summary>The clone of the method behind a delegate that has a single target.</summary>
    /// <param name="d">The delegate.</param>
    /// <returns>The clone and how to call it, or <see cref="DelegateShape.Native"/>.</returns>
    public DelegateClone Find(Delegate d)
    {
        nint key = Key(d);
        Entries entries = _entries;
        for (uint i = entries.Start(key); ; i++)
        {
            ref Entry entry = ref entries[i];
            nint found = Volatile.Read(ref entry.Key);
            if (found == key && entry.Type == 0)
                return entry.Shape == ByReceiver ? FindByReceiver(d, key) : new DelegateClone(entry.Pointer, entry.Shape);
            if (found == 0)
                return Resolve(d, key);
        }
    }

    /// <summary>
    /// The clone of the method behind a delegate, where that is an instance method that the delegate is closed over, as for all lambdas, and
    /// the delegate's code was found before.
    /// </summary>
    /// <param name="d">The delegate, which may have several targets: these are reached by code that is no method's.</param>
    /// <returns>The clone's code, to be called on the delegate's target; 0 where <see cref="Find"/> has to be asked.</returns>
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Closed(Delegate d)
    {
        nint code = PointerOf(d);
        ref ClosedSlot slot = ref Slot(code);
        if (Volatile.Read(ref slot.Code) == code)
            return slot.Clone;
        slot = ref Unsafe.Add(ref slot, 1);
        return Volatile.Read(ref slot.Code) == code ? slot.Clone : 0;
    }

    /// <summary>Whether calling a delegate in overdubbed code would run a clone: whether any of its targets has one.</summary>
    /// <param name="d">The delegate, or <see langword="null"/>.</param>
    /// <returns><see langword="true"/> if it would.</returns>
    public bool Leads(Delegate? d)
    {
        if (d is not null && Closed(d) != 0)
            return true;
        while (d is { HasSingleTarget: true })
        {
            DelegateShape shape = Find(d).Shape;
            if (shape != DelegateShape.Wrapper)
                return shape != DelegateShape.Native;
            d = TargetOf(d) as Delegate;
        }

        foreach (Delegate single in Delegate.EnumerateInvocationList(d))
        {
            if (Leads(single))
                return true;
        }

        return false;
    }

    /// <summary>Whether any of some delegates <see cref="Leads"/> to a clone.</summary>
    /// <param name="delegates">The delegates, or <see langword="null"/>.</param>
    /// <returns><see langword="true"/> if any does.</returns>
    public bool LeadsAny(Delegate?[]? delegates)
    {
        foreach (Delegate? d in delegates ?? [])
        {
            if (Leads(d))
                return true;
        }

        return false;
    }

    /// <summary>Whether a delegate has one target, rather than an invocation list.</summary>
    /// <param name="d">The delegate.</param>
    /// <returns><see langword="true"/> if it has.</returns>
    public static bool IsSingle(Delegate d) => d.HasSingleTarget;

    /// <summary>
    /// A delegate's own reference to its target: the receiver, or the first argument that it is closed over; the
    /// delegate itself if it is open.
    /// </summary>
    /// <param name="d">The delegate.</param>
    /// <returns>The target.</returns>
    public static object? Target(Delegate d) => TargetOf(d);

    /// <summary>The same where the target's class is known; nothing is checked.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="d">The delegate.</param>
    /// <returns>The target.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Receiver<T>(Delegate d)
        where T : class => Unsafe.As<T>(TargetOf(d))!;

    /// <summary>The code that calling a delegate jumps to: that of its method where it is closed over a receiver.</summary>
    /// <param name="d">The delegate.</param>
    /// <returns>The code's address.</returns>
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Code(Delegate d) => PointerOf(d);

    /// <summary>The code of an open delegate's method, which calling the delegate reaches by a stub.</summary>
    /// <param name="d">The delegate.</param>
    /// <returns>The code's address; 0 for a delegate that is closed.</returns>
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint OpenCode(Delegate d) => AuxiliaryOf(d);

    /// <summary>A reference to the value in a box, whatever its type.</summary>
    /// <param name="box">The box: the target of a <see cref="DelegateShape.ClosedBox"/> delegate.</param>
    /// <returns>A reference to its first byte.</returns>
    public static ref byte Content(object box) => ref Unsafe.As<Box>(box).Content;

    /// <summary>Throws what the run time throws where a delegate of an instance method is made of a null reference.</summary>
    /// <exception cref="ArgumentException">Always.</exception>
    [StackTraceHidden]
    public static void ThrowNoTarget()
    {
        NoTarget? none = null;
        // Kept, so that making it is no dead code.
        GC.KeepAlive(new Action(none!.Method));
    }

    private sealed class NoTarget
    {
        public void Method()
        {
        }
    }

    private DelegateClone FindByReceiver(Delegate d, nint key)
    {
        object? receiver = TargetOf(d);
        if (receiver is null)
            return default;
        nint type = TypeOf(receiver);
        Entries entries = _entries;
        for (uint i = entries.Start(key ^ type); ; i++)
        {
            ref Entry entry = ref entries[i];
            nint found = Volatile.Read(ref entry.Key);
            if (found == key && entry.Type == type)
                return new DelegateClone(entry.Pointer, entry.Shape);
            if (found == 0)
                return Resolve(d, key);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private DelegateClone Resolve(Delegate d, nint key)
    {
        MethodInfo method = d.Method;
        if (method is DynamicMethod)
            return default;

        object? target = TargetOf(d);
        bool open = ReferenceEquals(target, d);
        if (method.Name == "Invoke" && typeof(Delegate).IsAssignableFrom(method.DeclaringType))
        {
            // The target of a delegate over a native function is itself, that of a wrapper another delegate.
            return new DelegateClone(0, open ? DelegateShape.Native : DelegateShape.Wrapper);
        }

        // The code of an open delegate over a virtual method dispatches on the receiver, which is not known here.
        if (open && method is { IsStatic: false, IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsValueType)
            return default;

        DelegateClone clone = _registrations.TryGetValue(Definition(method), out DelegateRegistration? registration)
            ? registration.For(method, open)
            : default;
        if (method.IsCollectible)
            return clone;
        if (open || !SharesCode(method))
        {
            Enter(new Entry { Key = key, Pointer = clone.Pointer, Shape = clone.Shape });
            if (clone.Shape == DelegateShape.ClosedInstance)
                EnterClosed(key, clone.Pointer);
            return clone;
        }

        Enter(new Entry { Key = key, Shape = ByReceiver });
        if (target is not null && !target.GetType().IsCollectible)
            Enter(new Entry { Key = key, Type = TypeOf(target), Pointer = clone.Pointer, Shape = clone.Shape });
        return clone;
    }

    private void Enter(Entry entry)
    {
        lock (_lock)
        {
            Entries entries = _entries;
            if (entries.IsFull)
                _entries = entries = entries.Grow();
            entries.Enter(entry);
        }
    }

    private void EnterClosed(nint code, nint clone)
    {
        lock (_lock)
        {
            ref ClosedSlot slot = ref Slot(code);
            if (slot.Code != 0 && slot.Code != code)
                slot = ref Unsafe.Add(ref slot, 1);
            // Where both slots are taken it is found as it was.
            if (slot.Code != 0)
                return;
            slot.Clone = clone;
            Volatile.Write(ref slot.Code, code);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ClosedSlot Slot(nint code) =>
        ref Unsafe.Add(ref Unsafe.As<ClosedSlots, ClosedSlot>(ref _closed), (nint)(Hash(code) >> (64 - ClosedBits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(nint key) => (ulong)key * 0x9E3779B97F4A7C15;

    private static bool SharesCode(MethodInfo method)
    {
        if (method.IsStatic || method.DeclaringType is not { IsGenericType: true, IsInterface: false } type)
            return false;
        foreach (Type argument in type.GetGenericArguments())
        {
            if (!argument.IsValueType || argument.IsGenericType)
                return true;
        }

        return false;
    }

    private static nint Definition(MethodBase method) =>
        method.IsGenericMethod || method.DeclaringType is { IsGenericType: true }
            ? method.Module.ResolveMethod(method.MetadataToken)!.MethodHandle.Value
            : method.MethodHandle.Value;

    // An open delegate enters by a stub that shifts the arguments; its method is the auxiliary pointer. User
    // space lies below the sign bit, so that complements are no pointers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Key(Delegate d)
    {
        nint auxiliary = AuxiliaryOf(d);
        return auxiliary == 0 ? PointerOf(d) : ~auxiliary;
    }

    // The word before an object's content identifies its exact type. GetType().TypeHandle.Value is the same word by a
    // detour that costs twice as much as the whole look-up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint TypeOf(object o) => Unsafe.Add(ref Unsafe.As<byte, nint>(ref Content(o)), -1);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint PointerOf(Delegate d);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtrAux")]
    private static extern ref nint AuxiliaryOf(Delegate d);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_target")]
    private static extern ref object? TargetOf(Delegate d);

    private struct Entry
    {
        public nint Key;
        public nint Type;
        public nint Pointer;
        public DelegateShape Shape;
    }

    /// <summary>Code of delegates and of the clones that they lead to. A slot is written once, its code last.</summary>
    private struct ClosedSlot
    {
        public nint Code;
        public nint Clone;
    }

    /// <summary>One more than there are places, as each place has two slots: its own and the next.</summary>
    [InlineArray((1 << ClosedBits) + 1)]
    private struct ClosedSlots
    {
        public ClosedSlot First;
    }

    private sealed class Box
    {
        public byte Content;
    }

    /// <summary>Open addressing with linear probing; at most half full, so that a probe always ends.</summary>
    private sealed class Entries(int bits)
    {
        private readonly Entry[] _slots = new Entry[1 << bits];
        private readonly int _shift = 64 - bits;
        private int _count;

        public bool IsFull => _count >= _slots.Length / 2;

        public ref Entry this[uint i] => ref _slots[i & (uint)(_slots.Length - 1)];

        public uint Start(nint key) => (uint)(Hash(key) >> _shift);

        public void Enter(Entry entry)
        {
            for (uint i = Start(entry.Key ^ entry.Type); ; i++)
            {
                ref Entry slot = ref this[i];
                if (slot.Key == entry.Key && slot.Type == entry.Type)
                    return;
                if (slot.Key != 0)
                    continue;
                slot.Type = entry.Type;
                slot.Pointer = entry.Pointer;
                slot.Shape = entry.Shape;
                Volatile.Write(ref slot.Key, entry.Key);
                _count++;
                return;
            }
        }

        public Entries Grow()
        {
            var larger = new Entries(64 - _shift + 1);
            foreach (Entry slot in _slots)
            {
                if (slot.Key != 0)
                    larger.Enter(slot);
            }

            return larger;
        }
    }
}
