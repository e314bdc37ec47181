using Mono.Cecil;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>
/// The type arguments in whose terms a signature is read: in <c>List&lt;int&gt;.Add(!0)</c> the parameter is
/// an <c>int</c>.
/// </summary>
internal readonly struct GenericScope(GenericInstanceType? type, GenericInstanceMethod? method)
{
    public static GenericScope Of(MethodReference method) =>
        new(method.DeclaringType as GenericInstanceType, method as GenericInstanceMethod);

    /// <summary>
    /// Unwraps custom modifiers and replaces a type parameter by its argument. An argument is not in terms of
    /// this scope any more, which <paramref name="scope"/> then says.
    /// </summary>
    public static TypeReference Normalize(TypeReference type, ref GenericScope scope)
    {
        while (true)
        {
            switch (type)
            {
                case IModifierType modified:
                    type = modified.ElementType;
                    break;
                case PinnedType or SentinelType:
                    type = ((TypeSpecification)type).ElementType;
                    break;
                case GenericParameter parameter when scope.ArgumentOf(parameter) is { } argument:
                    type = argument;
                    scope = default;
                    break;
                default:
                    return type;
            }
        }
    }

    private TypeReference? ArgumentOf(GenericParameter parameter)
    {
        var arguments = parameter.Type == GenericParameterType.Method
            ? method?.GenericArguments
            : type?.GenericArguments;
        return arguments is not null && parameter.Position < arguments.Count ? arguments[parameter.Position] : null;
    }
}
