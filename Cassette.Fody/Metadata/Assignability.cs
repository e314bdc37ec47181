using System.Collections.Generic;
using Mono.Cecil;

namespace Cassette.Fody.Metadata;

/// <summary>
/// Which types' values may stand where another type is asked for (ECMA-335 I.8.7.1 to I.8.7.3). One instance serves a whole weave
/// and remembers what it found. Nothing is assumed of types that could not be resolved: they are assignable to themselves and to <c>object</c>.
/// </summary>
public sealed class Assignability(TypeUniverse types)
{
    private readonly Dictionary<long, bool> known = [];
    private readonly HashSet<long> underway = [];
    private readonly TypeSymbol @object = types.Object;
    private int provisional;

    /// <summary>What the types belong to.</summary>
    public TypeUniverse Universe => types;

    /// <summary>
    /// The CLI's <c>compatible-with</c> between the types of locations: the same type, or two reference types of which the first
    /// converts without a check. Boxing is no such conversion: <c>int</c> is not assignable to <c>object</c>; ask
    /// <see cref="IsBoxedAssignable"/> for that.
    /// </summary>
    public bool IsAssignable(TypeSymbol from, TypeSymbol to) =>
        from == to || IsKnownReference(from) && (IsKnownReference(to) || to.IsGenericParameter) && IsBoxedAssignable(from, to);

    /// <summary>The same, where a value type or a generic parameter on the left is boxed first.</summary>
    public bool IsBoxedAssignable(TypeSymbol from, TypeSymbol to)
    {
        if (from == to || to == @object)
            return from.Shape is not (TypeShape.ByRef or TypeShape.Pointer or TypeShape.FunctionPointer or TypeShape.Void) || from == to;
        var key = ((long)from.Id << 32) | (uint)to.Id;
        if (known.TryGetValue(key, out var answer))
            return answer;
        // Variance over a type that mentions itself comes back to the question asked; like the CLR's loader, that branch is answered "no".
        if (!underway.Add(key))
        {
            provisional++;
            return false;
        }
        var before = provisional;
        answer = Decide(from, to);
        underway.Remove(key);
        // An answer that leans on an unfinished question is only final once no question is open.
        if (answer || provisional == before || underway.Count == 0)
            known[key] = answer;
        return answer;
    }

    /// <summary>
    /// Whether an object of static type <paramref name="from"/> (boxed, if it is a value type) might turn out to be a
    /// <paramref name="to"/> when the program runs. False means that a type test can be left out: it never succeeds.
    /// </summary>
    public bool IsSubtypeOrPossible(TypeSymbol from, TypeSymbol to)
    {
        if (IsBoxedAssignable(from, to) || from.Shape == TypeShape.Unresolved || to.Shape == TypeShape.Unresolved)
            return true;
        if (from.IsGenericParameter || to.IsGenericParameter)
            return MayStandFor(from, to);
        if (from.Element is not null && to.Element is not null)
            return from.Rank == to.Rank && from.Shape == to.Shape && ElementMayBe(from.Element, to.Element);
        if (MayDerive(to, from) || MayDerive(from, to) || VectorMayBe(from, to) || VectorMayBe(to, from))
            return true;
        // Two types without a common line still meet in a subclass that is both, if one is an interface and the other can have subclasses.
        return from.Shape == TypeShape.Interface && !IsSealed(to) || to.Shape == TypeShape.Interface && !IsSealed(from);
    }

    /// <summary>
    /// Whether one type may be another, or convert to it by variance, for some type arguments in the place of the generic parameters in either.
    /// Unlike <see cref="IsSubtypeOrPossible"/> it asks nothing of subclasses, so that two instantiations of an interface that exclude each other do.
    /// </summary>
    public bool MayConvert(TypeSymbol from, TypeSymbol to) => MayCoincide(from, to);

    /// <summary>
    /// The most specific type that both are assignable to, for a value that reaches a point by two ways (ECMA-335 III.1.8.1.3):
    /// one of the two, a common element type's array, an interface of both, or the nearest common base class.
    /// </summary>
    public TypeSymbol Merge(TypeSymbol a, TypeSymbol b)
    {
        if (IsBoxedAssignable(a, b))
            return b;
        if (IsBoxedAssignable(b, a))
            return a;
        if (a.Shape == b.Shape && a.Rank == b.Rank && a.Shape is TypeShape.Vector or TypeShape.Array
            && IsKnownReference(a.Element!) && IsKnownReference(b.Element!))
        {
            var element = Merge(a.Element!, b.Element!);
            return a.Shape == TypeShape.Vector ? types.Vector(element) : types.Array(element, a.Rank);
        }
        if (a.Shape == TypeShape.Interface || b.Shape == TypeShape.Interface)
            return CommonInterface(a, b) ?? @object;
        for (var candidate = a.BaseType; candidate is not null; candidate = candidate.BaseType)
        {
            if (IsBoxedAssignable(b, candidate))
                return candidate == @object || candidate == types.ValueType ? CommonInterface(a, b) ?? candidate : candidate;
        }
        return CommonInterface(a, b) ?? @object;
    }

    /// <summary>
    /// Whether a by-ref to one may be used as a by-ref to the other: equal verification types (I.8.7.1), which
    /// identify signed with unsigned, <c>bool</c> with <c>byte</c>, <c>char</c> with <c>short</c> and enums with their integers.
    /// </summary>
    public static bool IsPointerCompatible(TypeSymbol from, TypeSymbol to) =>
        from == to || VerificationShape(from) is var shape && shape is not null && shape == VerificationShape(to);

    /// <summary>A type all of whose values are object references; a generic parameter is one by its constraints.</summary>
    public bool IsKnownReference(TypeSymbol type)
    {
        if (!type.IsGenericParameter)
            return type.IsReferenceType;
        if (type.IsReferenceType)
            return true;
        if (type.IsValueType || !type.Parameter!.HasConstraints)
            return false;
        foreach (var constraint in types.ConstraintsOf(type))
        {
            var isClass = constraint.Shape is TypeShape.Class or TypeShape.String or TypeShape.Vector or TypeShape.Array
                && constraint != types.ValueType && constraint.Named?.FullName != "System.Enum";
            if (isClass || constraint.IsGenericParameter && IsKnownReference(constraint))
                return true;
        }
        return false;
    }

    private bool Decide(TypeSymbol from, TypeSymbol to)
    {
        if (from.IsGenericParameter)
            return ParameterIs(from, to);
        // A boxed Nullable<T> is a boxed T.
        if (IsNullable(from))
            return IsBoxedAssignable(from.Arguments[0], to);
        if (from.Element is not null && ArrayIs(from, to))
            return true;
        if (to.Shape == TypeShape.Interface)
            return ImplementsOrConverts(from, to);
        for (var candidate = from; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate == to || ConvertsByVariance(candidate, to))
                return true;
        }
        return false;
    }

    private bool ParameterIs(TypeSymbol parameter, TypeSymbol to)
    {
        foreach (var constraint in types.ConstraintsOf(parameter))
        {
            if (IsBoxedAssignable(constraint, to))
                return true;
        }
        return parameter.IsValueType && to == types.ValueType;
    }

    private bool ArrayIs(TypeSymbol array, TypeSymbol to)
    {
        if (array.Shape is not (TypeShape.Vector or TypeShape.Array))
            return false;
        if (to.Shape is TypeShape.Vector or TypeShape.Array)
            return array.Rank == to.Rank && (array.Shape == to.Shape || to.Shape == TypeShape.Array) && IsElementCompatible(array.Element!, to.Element!);
        if (array.Shape != TypeShape.Vector || to.Shape != TypeShape.Interface || to.Arguments.Length != 1)
            return false;
        // IList<U> and what it inherits hold for a vector whose elements are compatible, int[] as IList<uint> included.
        foreach (var offered in array.Interfaces)
        {
            if (offered.Definition == to.Definition && IsElementCompatible(array.Element!, to.Arguments[0]))
                return true;
        }
        return false;
    }

    /// <summary>I.8.7.1 <c>array-element-compatible-with</c>.</summary>
    private bool IsElementCompatible(TypeSymbol from, TypeSymbol to) =>
        from == to || ReducedShape(from) is var shape && shape is not null && shape == ReducedShape(to)
        || IsKnownReference(from) && IsKnownReference(to) && IsBoxedAssignable(from, to);

    private bool ImplementsOrConverts(TypeSymbol from, TypeSymbol to)
    {
        if (ConvertsByVariance(from, to))
            return true;
        var interfaces = from.Interfaces;
        for (var i = 0; i < interfaces.Count; i++)
        {
            if (interfaces[i] == to)
                return true;
        }
        if (to.Arguments.Length == 0)
            return false;
        for (var i = 0; i < interfaces.Count; i++)
        {
            if (ConvertsByVariance(interfaces[i], to))
                return true;
        }
        return false;
    }

    /// <summary>Two instantiations of one generic interface or delegate whose arguments convert as the parameters' variance says (I.8.7.1, II.9.5).</summary>
    private bool ConvertsByVariance(TypeSymbol from, TypeSymbol to)
    {
        if (from.Arguments.Length == 0 || from.Arguments.Length != to.Arguments.Length || from.Definition != to.Definition || from.Definition is null)
            return false;
        var parameters = from.Definition.GenericParameters;
        for (var i = 0; i < parameters.Count; i++)
        {
            var source = from.Arguments[i];
            var target = to.Arguments[i];
            if (source == target)
                continue;
            var converts = parameters[i].IsCovariant ? ReferenceConverts(source, target) : parameters[i].IsContravariant && ReferenceConverts(target, source);
            if (!converts)
                return false;
        }
        return true;
    }

    private bool ReferenceConverts(TypeSymbol from, TypeSymbol to) =>
        IsKnownReference(from) && (IsKnownReference(to) || to.IsGenericParameter) && IsBoxedAssignable(from, to);

    private bool MayStandFor(TypeSymbol from, TypeSymbol to)
    {
        if (from.IsGenericParameter && to.IsGenericParameter)
            return true;
        var (parameter, other) = from.IsGenericParameter ? (from, to) : (to, from);
        if (other.Shape is TypeShape.ByRef or TypeShape.Pointer or TypeShape.FunctionPointer or TypeShape.Void)
            return false;
        if (IsKnownReference(parameter) && other.IsValueType)
            return false;
        foreach (var constraint in types.ConstraintsOf(parameter))
        {
            if (!constraint.IsOpen && !IsSubtypeOrPossible(constraint, other))
                return false;
        }
        return !parameter.IsValueType || other.IsValueType || other.Shape == TypeShape.Interface || IsBoxedAssignable(types.ValueType, other);
    }

    /// <summary>A vector's element type at run time may be narrower, and so may the interfaces of its elements that it implements.</summary>
    private bool VectorMayBe(TypeSymbol vector, TypeSymbol @interface)
    {
        if (vector.Shape != TypeShape.Vector || @interface.Shape != TypeShape.Interface || @interface.Arguments.Length != 1)
            return false;
        foreach (var offered in vector.Interfaces)
        {
            if (offered.Definition == @interface.Definition && offered.Arguments.Length == 1)
                return ElementMayBe(vector.Element!, @interface.Arguments[0]);
        }
        return false;
    }

    private bool ElementMayBe(TypeSymbol from, TypeSymbol to)
    {
        if (IsElementCompatible(from, to) || IsElementCompatible(to, from))
            return true;
        if (from.IsGenericParameter || to.IsGenericParameter)
            return MayStandFor(from, to);
        return !from.IsValueType && !to.IsValueType && IsSubtypeOrPossible(from, to);
    }

    /// <summary>Whether some instantiation of <paramref name="derived"/>'s line of bases and interfaces may coincide with <paramref name="type"/>.</summary>
    private bool MayDerive(TypeSymbol derived, TypeSymbol type)
    {
        if (IsBoxedAssignable(derived, type))
            return true;
        for (var candidate = derived; candidate is not null; candidate = candidate.BaseType)
        {
            if (MayCoincide(candidate, type))
                return true;
        }
        if (type.Shape == TypeShape.Interface)
        {
            foreach (var candidate in derived.Interfaces)
            {
                if (MayCoincide(candidate, type))
                    return true;
            }
        }
        return false;
    }

    private bool MayCoincide(TypeSymbol a, TypeSymbol b)
    {
        if (a == b)
            return true;
        if (a.IsGenericParameter || b.IsGenericParameter)
            return MayStandFor(a, b);
        if (a.Element is not null && b.Element is not null)
            return a.Shape == b.Shape && a.Rank == b.Rank && ElementMayBe(a.Element, b.Element);
        if (a.Arguments.Length == 0 || a.Arguments.Length != b.Arguments.Length || a.Definition != b.Definition)
            return false;
        for (var i = 0; i < a.Arguments.Length; i++)
        {
            var variant = a.Definition is { } definition && (definition.GenericParameters[i].IsCovariant || definition.GenericParameters[i].IsContravariant);
            var (x, y) = (a.Arguments[i], b.Arguments[i]);
            if (!MayCoincide(x, y) && !(variant && !x.IsValueType && !y.IsValueType && IsSubtypeOrPossible(x, y)))
                return false;
        }
        return true;
    }

    private TypeSymbol? CommonInterface(TypeSymbol a, TypeSymbol b)
    {
        if (a.Shape == TypeShape.Interface && IsBoxedAssignable(b, a))
            return a;
        foreach (var candidate in a.Interfaces)
        {
            if (IsBoxedAssignable(b, candidate))
                return candidate;
        }
        return null;
    }

    private static bool IsSealed(TypeSymbol type) =>
        type.IsValueType || type.Element is not null || type.Definition is { IsSealed: true };

    private static bool IsNullable(TypeSymbol type) =>
        type.Shape == TypeShape.Struct && type.Arguments.Length == 1 && type.Named is { Name: "Nullable`1", Namespace: "System" };

    /// <summary>I.8.7.1 reduced types: enums count as their integers, unsigned integers as the signed ones. Null for anything that is no integer.</summary>
    private static TypeShape? ReducedShape(TypeSymbol type)
    {
        var shape = type.Underlying.Shape;
        return shape switch
        {
            TypeShape.Byte => TypeShape.SByte,
            TypeShape.UInt16 => TypeShape.Int16,
            TypeShape.UInt32 => TypeShape.Int32,
            TypeShape.UInt64 => TypeShape.Int64,
            TypeShape.UIntPtr => TypeShape.IntPtr,
            // An enum may be based on bool or char, which reduce to themselves.
            TypeShape.SByte or TypeShape.Int16 or TypeShape.Int32 or TypeShape.Int64 or TypeShape.IntPtr or TypeShape.Boolean or TypeShape.Char => shape,
            _ => null,
        };
    }

    private static TypeShape? VerificationShape(TypeSymbol type) => ReducedShape(type) switch
    {
        TypeShape.Boolean => TypeShape.SByte,
        TypeShape.Char => TypeShape.Int16,
        var shape => shape,
    };
}
