using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>
/// Binds the generic parameters of one owner so that patterns over them fit actual types. A parameter that stands alone takes the
/// widest of the types it meets, if the others convert to it by reference; one inside another type takes exactly the type it meets.
/// </summary>
internal sealed class TypeInference(TypeUniverse types, Assignability assignability, IGenericParameterProvider owner, TypeSymbol?[] preset)
{
    private readonly TypeSymbol?[] bound = (TypeSymbol?[])preset.Clone();
    private readonly bool[] isExact = System.Array.ConvertAll(preset, type => type is not null);

    public TypeSymbol? this[int parameter] => bound[parameter];

    /// <summary>Says what a parameter stands for, whatever it meets.</summary>
    public void Bind(int parameter, TypeSymbol type)
    {
        bound[parameter] = type;
        isExact[parameter] = true;
    }

    /// <summary>Takes what a value of type <paramref name="actual"/> says of the parameters in <paramref name="pattern"/>. False: it cannot fit.</summary>
    public bool Infer(TypeSymbol pattern, TypeSymbol actual)
    {
        if (!pattern.IsOpen)
            return true;
        if (IsVariable(pattern))
            return Widen(pattern.Parameter!.Position, actual);
        if (Boxing.IsNullable(pattern) && !Boxing.IsNullable(actual))
            return actual.IsValueType && Infer(pattern.Arguments[0], actual);
        switch (pattern.Shape)
        {
            case TypeShape.TypeParameter or TypeShape.MethodParameter:
                return true;
            case TypeShape.Vector or TypeShape.Array or TypeShape.ByRef or TypeShape.Pointer or TypeShape.FunctionPointer:
                return InferExactly(pattern, actual);
            default:
                return FindInstantiation(pattern, actual) is { } instantiation && InferExactly(pattern, instantiation);
        }
    }

    /// <summary>The same, where the types have to be equal.</summary>
    public bool InferExactly(TypeSymbol pattern, TypeSymbol actual)
    {
        if (!pattern.IsOpen)
            return pattern == actual;
        if (IsVariable(pattern))
            return Fix(pattern.Parameter!.Position, actual);
        if (pattern.Shape != actual.Shape || pattern.Rank != actual.Rank)
            return false;
        if (pattern.Element is not null)
            return InferExactly(pattern.Element, actual.Element!);
        if (pattern.Signature is { } signature)
            return InferExactly(signature.ReturnType, actual.Signature!.ReturnType) && InferExactly(signature.Parameters, actual.Signature.Parameters);
        return pattern.Definition == actual.Definition && (pattern.Arguments.Length > 0 ? InferExactly(pattern.Arguments, actual.Arguments) : pattern == actual);
    }

    /// <summary>Puts what is bound into a type; parameters that are not stand for themselves.</summary>
    public TypeSymbol Apply(TypeSymbol type)
    {
        if (!type.IsOpen)
            return type;
        var arguments = Arguments();
        return owner is TypeDefinition ? types.Substitute(type, owner, arguments, null, TypeSymbol.None) : types.Substitute(type, null, TypeSymbol.None, owner, arguments);
    }

    /// <summary>What each parameter is bound to, or itself.</summary>
    public TypeSymbol[] Arguments()
    {
        var own = types.ParametersOf(owner);
        if (own.Length == 0)
            return own;
        var arguments = new TypeSymbol[own.Length];
        for (var i = 0; i < own.Length; i++)
            arguments[i] = bound[i] ?? own[i];
        return arguments;
    }

    private bool InferExactly(TypeSymbol[] patterns, TypeSymbol[] actuals)
    {
        if (patterns.Length != actuals.Length)
            return false;
        for (var i = 0; i < patterns.Length; i++)
        {
            if (!InferExactly(patterns[i], actuals[i]))
                return false;
        }
        return true;
    }

    private bool Widen(int parameter, TypeSymbol actual)
    {
        var known = bound[parameter];
        if (known is null || known == actual)
        {
            bound[parameter] = actual;
            return true;
        }
        if (assignability.IsAssignable(actual, known))
            return true;
        if (isExact[parameter])
            // Whether a test at run time can narrow the value to the type that something else fixed is for the conversion to say.
            return true;
        if (!assignability.IsAssignable(known, actual))
            return false;
        bound[parameter] = actual;
        return true;
    }

    private bool Fix(int parameter, TypeSymbol actual)
    {
        if (isExact[parameter] && bound[parameter] != actual)
            return false;
        if (bound[parameter] is { } known && known != actual && !assignability.IsAssignable(known, actual))
            return false;
        Bind(parameter, actual);
        return true;
    }

    private bool IsVariable(TypeSymbol type) => type.IsGenericParameter && ReferenceEquals(type.Parameter!.Owner, owner);

    /// <summary>The one instantiation of the pattern's generic type among a type, its bases and interfaces; null when there is none, or more.</summary>
    private static TypeSymbol? FindInstantiation(TypeSymbol pattern, TypeSymbol actual)
    {
        for (TypeSymbol? candidate = actual; candidate is not null; candidate = candidate.BaseType)
        {
            if (candidate.Definition is { } definition && definition == pattern.Definition)
                return candidate;
        }
        if (pattern.Shape != TypeShape.Interface)
            return null;
        TypeSymbol? found = null;
        foreach (var candidate in actual.Interfaces)
        {
            if (candidate.Definition != pattern.Definition)
                continue;
            if (found is not null)
                return null;
            found = candidate;
        }
        return found;
    }
}
