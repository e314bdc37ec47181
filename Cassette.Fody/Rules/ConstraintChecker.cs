using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Whether a type may be put in for a generic parameter (ECMA-335 II.10.1.7, and what C# adds by attributes).</summary>
internal sealed class ConstraintChecker(TypeUniverse types, Assignability assignability)
{
    /// <summary>Whether <paramref name="argument"/> satisfies the constraints of <paramref name="parameter"/>, <paramref name="inference"/> giving the other parameters.</summary>
    public bool Satisfies(TypeSymbol parameter, TypeSymbol argument, TypeInference inference)
    {
        var generic = parameter.Parameter!;
        if (argument.Shape is TypeShape.Void or TypeShape.ByRef or TypeShape.Pointer or TypeShape.FunctionPointer)
            return false;
        if ((argument.IsByRefLike || argument.IsGenericParameter && Boxing.AllowsRefStruct(argument.Parameter!)) && !Boxing.AllowsRefStruct(generic))
            return false;
        if (generic.HasReferenceTypeConstraint && !assignability.IsKnownReference(argument))
            return false;
        if (generic.HasNotNullableValueTypeConstraint && (!argument.IsValueType || Boxing.IsNullable(argument)))
            return false;
        if (generic.HasDefaultConstructorConstraint && !HasDefaultConstructor(argument))
            return false;
        if (IsUnmanagedConstraint(generic) && !IsUnmanaged(argument))
            return false;
        return types.ConstraintsOf(parameter).All(constraint => Converts(argument, inference.Apply(constraint)));
    }

    private bool Converts(TypeSymbol argument, TypeSymbol constraint)
    {
        if (constraint == types.ValueType)
            return argument.IsValueType;
        // Nullable<T> implements no interface, although a boxed one seems to.
        if (Boxing.IsNullable(argument))
            return constraint == types.Object;
        return assignability.IsBoxedAssignable(argument, constraint);
    }

    private static bool HasDefaultConstructor(TypeSymbol type)
    {
        if (type.IsValueType)
            return true;
        if (type.IsGenericParameter)
            return type.Parameter!.HasDefaultConstructorConstraint;
        return type.Definition is { IsAbstract: false } definition
            && definition.Methods.Any(method => method is { IsConstructor: true, IsStatic: false, IsPublic: true, HasParameters: false });
    }

    private static bool IsUnmanagedConstraint(GenericParameter parameter) =>
        parameter.HasCustomAttributes
        && parameter.CustomAttributes.Any(attribute => attribute.AttributeType is { Name: "IsUnmanagedAttribute", Namespace: "System.Runtime.CompilerServices" });

    private bool IsUnmanaged(TypeSymbol type)
    {
        if (type.IsGenericParameter)
            return IsUnmanagedConstraint(type.Parameter!);
        if (!type.IsValueType || type.IsByRefLike)
            return type.Shape is TypeShape.Pointer or TypeShape.FunctionPointer;
        if (type.Shape != TypeShape.Struct)
            return type.Shape != TypeShape.Unresolved;
        foreach (var field in type.Definition!.Fields)
        {
            if (!field.IsStatic && !IsUnmanaged(types.Field(field, type).Type))
                return false;
        }
        return true;
    }
}
