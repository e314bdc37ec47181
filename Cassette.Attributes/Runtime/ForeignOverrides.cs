using System;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Cassette.Runtime;

/// <summary>
/// Tells whether an object's class, from an assembly that was not woven, overrides a virtual method of a woven class. Its override must run
/// although the woven class's clone fills a slot that the foreign class does not know of.
/// </summary>
/// <remarks>The answer is found by reflection once a class, and kept as long as the class lives.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ForeignOverrides
{
    private readonly ConditionalWeakTable<Type, object> _answers = [];
    private readonly MethodInfo _method;
    private readonly Assembly _woven;
    private readonly ConditionalWeakTable<Type, object>.CreateValueCallback _find;
    private volatile Type? _lastWithout;

    /// <summary>Made once for a virtual method.</summary>
    /// <param name="method">The method, uninstantiated, by <c>ldtoken</c>.</param>
    /// <param name="type">Its class, uninstantiated.</param>
    public ForeignOverrides(RuntimeMethodHandle method, RuntimeTypeHandle type)
    {
        _method = (MethodInfo)MethodBase.GetMethodFromHandle(method, type)!;
        _woven = _method.Module.Assembly;
        _find = t => IsOverriddenBy(t);
    }

    /// <summary>Whether a foreign override is the one that a virtual call of the method on this object runs.</summary>
    /// <param name="self">The receiver.</param>
    /// <returns><see langword="true"/> if it is.</returns>
    public bool Wins(object self)
    {
        Type type = self.GetType();
        if (ReferenceEquals(type, _lastWithout))
            return false;
        bool wins = (bool)_answers.GetValue(type, _find);
        if (!wins)
            _lastWithout = type;
        return wins;
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
