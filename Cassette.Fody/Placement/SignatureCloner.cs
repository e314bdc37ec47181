using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Placement;

/// <summary>
/// Copies a method's signature onto another method of the same module: generic parameters with their constraints, parameters, return type,
/// custom modifiers included. Every constructed type is built anew, since Cecil's type objects are mutable and must not be shared.
/// </summary>
/// <param name="from">Whose signature is copied.</param>
/// <param name="to">Where to.</param>
/// <param name="typeArguments">What the type parameters of <paramref name="from"/>'s type stand for, where the two types differ.</param>
internal sealed class SignatureCloner(MethodDefinition from, MethodDefinition to, TypeReference[]? typeArguments = null)
{
    public void Copy()
    {
        foreach (var parameter in from.GenericParameters)
            to.GenericParameters.Add(new GenericParameter(parameter.Name, to) { Attributes = parameter.Attributes });
        for (var i = 0; i < from.GenericParameters.Count; i++)
        {
            foreach (var constraint in from.GenericParameters[i].Constraints)
            {
                var copy = new GenericParameterConstraint(Map(constraint.ConstraintType));
                foreach (var attribute in constraint.CustomAttributes)
                    copy.CustomAttributes.Add(Attributes.Copy(attribute));
                to.GenericParameters[i].Constraints.Add(copy);
            }
            foreach (var attribute in from.GenericParameters[i].CustomAttributes)
                to.GenericParameters[i].CustomAttributes.Add(Attributes.Copy(attribute));
        }
        to.ReturnType = Map(from.ReturnType);
        foreach (var parameter in from.Parameters)
        {
            // Default values and marshalling belong to callers from outside; a clone has none.
            var attributes = parameter.Attributes & (ParameterAttributes.In | ParameterAttributes.Out);
            to.Parameters.Add(new ParameterDefinition(parameter.Name, attributes, Map(parameter.ParameterType)));
        }
    }

    /// <summary>A type of <c>from</c>'s signature as <c>to</c> writes it.</summary>
    public TypeReference Map(TypeReference type)
    {
        switch (type)
        {
            case GenericParameter { Owner: MethodDefinition owner } parameter when owner == from:
                return to.GenericParameters[parameter.Position];
            case GenericParameter { Owner: TypeDefinition } parameter when typeArguments != null:
                return typeArguments[parameter.Position];
            case ByReferenceType t:
                return new ByReferenceType(Map(t.ElementType));
            case PointerType t:
                return new PointerType(Map(t.ElementType));
            case ArrayType t:
                var array = new ArrayType(Map(t.ElementType), t.Rank);
                for (var i = 0; i < t.Dimensions.Count && !t.IsVector; i++)
                    array.Dimensions[i] = t.Dimensions[i];
                return array;
            case GenericInstanceType t:
                var instance = new GenericInstanceType(t.ElementType);
                foreach (var argument in t.GenericArguments)
                    instance.GenericArguments.Add(Map(argument));
                return instance;
            case RequiredModifierType t:
                return new RequiredModifierType(t.ModifierType, Map(t.ElementType));
            case OptionalModifierType t:
                return new OptionalModifierType(t.ModifierType, Map(t.ElementType));
            case FunctionPointerType t:
                var pointer = new FunctionPointerType { HasThis = t.HasThis, ExplicitThis = t.ExplicitThis, CallingConvention = t.CallingConvention, ReturnType = Map(t.ReturnType) };
                foreach (var parameter in t.Parameters)
                    pointer.Parameters.Add(new ParameterDefinition(Map(parameter.ParameterType)));
                return pointer;
            default:
                return type;
        }
    }
}
