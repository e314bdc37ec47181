using System;
using System.Reflection;

namespace Cassette.Runtime;

/// <summary>A method's clone, as it was registered: by its code, or uninstantiated, to be instantiated on demand.</summary>
internal sealed class DelegateRegistration
{
    private readonly nint _pointer;
    private readonly bool _isStatic;
    private readonly RuntimeMethodHandle _clone;
    private readonly RuntimeTypeHandle _cloneType;

    public DelegateRegistration(nint pointer, bool isStatic)
    {
        _pointer = pointer;
        _isStatic = isStatic;
    }

    public DelegateRegistration(RuntimeMethodHandle clone, RuntimeTypeHandle cloneType)
    {
        _clone = clone;
        _cloneType = cloneType;
    }

    /// <summary>The clone for one instantiation of the original.</summary>
    public DelegateClone For(MethodInfo original, bool open)
    {
        if (_pointer != 0)
            return new DelegateClone(_pointer, Shape(original, _isStatic, open));
        MethodBase clone = Instantiate(original);
        return new DelegateClone(clone.MethodHandle.GetFunctionPointer(), Shape(original, clone.IsStatic, open));
    }

    private MethodBase Instantiate(MethodInfo original)
    {
        Type[] arguments =
        [
            .. original.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [],
            .. original.IsGenericMethod ? original.GetGenericArguments() : [],
        ];
        Type cloneType = Type.GetTypeFromHandle(_cloneType)!;
        int ofType = cloneType.IsGenericTypeDefinition ? cloneType.GetGenericArguments().Length : 0;
        if (ofType > 0)
            cloneType = cloneType.MakeGenericType(arguments[..ofType]);
        MethodBase clone = MethodBase.GetMethodFromHandle(_clone, cloneType.TypeHandle)!;
        return clone is MethodInfo { IsGenericMethodDefinition: true } definition
            ? definition.MakeGenericMethod(arguments[ofType..])
            : clone;
    }

    private static DelegateShape Shape(MethodInfo original, bool cloneIsStatic, bool open)
    {
        if (open)
            return cloneIsStatic ? DelegateShape.Open : DelegateShape.OpenInstance;
        if (!original.IsStatic && original.DeclaringType!.IsValueType)
            return cloneIsStatic ? DelegateShape.ClosedBox : DelegateShape.ClosedBoxInstance;
        return cloneIsStatic ? DelegateShape.Closed : DelegateShape.ClosedInstance;
    }
}
