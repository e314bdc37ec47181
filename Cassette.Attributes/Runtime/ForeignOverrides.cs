using System;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Tells whether an object's class, from an assembly that was not woven, overrides a virtual method of a woven class, or implements anew an interface
/// that the woven class implements. Its method must run although the woven class's clone fills a slot that the foreign class does not know of.
/// </summary>
/// <remarks>The answer is found by reflection once a class, and kept as long as the class lives.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ForeignOverrides
{
    private readonly ConditionalWeakTable<Type, object> _answers = [];
    private readonly MethodInfo _method;
    private readonly Assembly _woven;
    private readonly ConditionalWeakTable<Type, object>.CreateValueCallback _find;
    private readonly FamilyTable _known;

    /// <summary>Made once for a virtual method.</summary>
    /// <param name="method">The method, uninstantiated, by <c>ldtoken</c>.</param>
    /// <param name="type">Its class, uninstantiated.</param>
    public ForeignOverrides(RuntimeMethodHandle method, RuntimeTypeHandle type)
        : this(method, type, type)
    {
    }

    /// <summary>Made once for a method of an interface, which a woven class implements.</summary>
    /// <param name="method">The method, uninstantiated, by <c>ldtoken</c>.</param>
    /// <param name="type">Its interface, uninstantiated.</param>
    /// <param name="woven">A type of the woven assembly.</param>
    public ForeignOverrides(RuntimeMethodHandle method, RuntimeTypeHandle type, RuntimeTypeHandle woven)
    {
        _method = (MethodInfo)MethodBase.GetMethodFromHandle(method, type)!;
        _woven = Type.GetTypeFromHandle(woven)!.Assembly;
        _find = _method.DeclaringType!.IsInterface ? t => IsImplementedBy(t) : t => IsOverriddenBy(t);
        _known = new FamilyTable(o => (bool)_answers.GetValue(o.GetType(), _find) ? 1 : 0);
    }

    /// <summary>Whether a foreign override or implementation is the one that a virtual call of the method on this object runs.</summary>
    /// <param name="self">The receiver.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool Wins(object self) => _known.Find(self) != 0;

    /// <summary>Whether a foreign class implements the interface, on whatever type arguments, by a method of its own or of another foreign class.</summary>
    private bool IsImplementedBy(Type type)
    {
        if (type.Assembly == _woven)
            return false;
        foreach (Type implemented in type.GetInterfaces())
        {
            if (implemented.MetadataToken != _method.DeclaringType!.MetadataToken || implemented.Module != _method.Module)
                continue;
            InterfaceMapping map = type.GetInterfaceMap(implemented);
            int at = Array.FindIndex(map.InterfaceMethods, m => m.MetadataToken == _method.MetadataToken);
            if (map.TargetMethods[at] is { DeclaringType: { IsInterface: false } owner } && owner.Assembly != _woven)
                return true;
        }

        return false;
    }

    private bool IsOverriddenBy(Type? type)
    {
        // Below the first woven class no foreign one can stand: the woven assembly is not referenced by what it derives from.
        for (; type is not null && type.Assembly != _woven; type = type.BaseType)
        {
            foreach (MethodInfo candidate in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (candidate.IsVirtual && IsOverride(candidate))
                    return true;
            }
        }

        return false;
    }

    // GetBaseDefinition leads both methods to the slot's first declaration; on a generic type that is the method's definition.
    private bool IsOverride(MethodInfo candidate)
    {
        MethodInfo slot = candidate.GetBaseDefinition();
        MethodInfo root = _method.GetBaseDefinition();
        return slot.MetadataToken == root.MetadataToken && slot.Module == root.Module;
    }
}
