using Cassette.Fody.Metadata;

namespace Cassette.Fody.IL;

/// <summary>
/// Whether a method may stand behind a delegate (ECMA-335 II.14.6.1, III.4.21): static, on an object, closed over its first argument, or
/// open over its receiver.
/// </summary>
internal sealed class DelegateRules(Assignability types)
{
    /// <summary>A reason, or null when the delegate is in order or the function pointer's method is not known.</summary>
    public string? Check(MethodSymbol constructor, StackType target, StackType function)
    {
        var type = constructor.DeclaringType;
        if (constructor.Parameters.Length != 2 || function.Function is not { } method || InvokeOf(type) is not { } invoke)
            return null;
        if (!Converts(method.ReturnType, invoke.ReturnType))
            return $"{method} returns {method.ReturnType} where {type} returns {invoke.ReturnType}";
        var bound = invoke.Parameters.Length - method.Parameters.Length;
        if (method.HasThis)
        {
            if (bound == 1 && target.IsNull)
                return Match(method, invoke, 1, type) ?? (IsReceiver(invoke.Parameters[0], method.DeclaringType) ? null : $"{method} does not take a {invoke.Parameters[0]}");
            if (!target.IsNull && !types.IsBoxedAssignable(target.Type!, method.DeclaringType))
                return $"{target} has no method {method}";
            return bound == 0 ? Match(method, invoke, 0, type) : Mismatch(method, type);
        }
        if (bound == 0)
            return Match(method, invoke, 0, type);
        if (bound != -1)
            return Mismatch(method, type);
        return !target.IsNull && !types.IsBoxedAssignable(target.Type!, method.Parameters[0]) ? $"{target} is no {method.Parameters[0]}" : Match(method, invoke, -1, type);
    }

    private static MethodSymbol? InvokeOf(TypeSymbol type)
    {
        if (type.Definition is { BaseType.FullName: "System.MulticastDelegate" } definition)
        {
            foreach (var method in definition.Methods)
            {
                if (method.Name == "Invoke")
                    return type.Universe.Method(method, type, TypeSymbol.None);
            }
        }
        return null;
    }

    private string? Match(MethodSymbol method, MethodSymbol invoke, int shift, TypeSymbol type)
    {
        for (var i = shift < 0 ? 1 : 0; i < method.Parameters.Length; i++)
        {
            if (!Converts(invoke.Parameters[i + shift], method.Parameters[i]))
                return Mismatch(method, type);
        }
        return null;
    }

    private bool Converts(TypeSymbol from, TypeSymbol to) =>
        types.IsAssignable(from, to)
        || from.Shape == TypeShape.ByRef && to.Shape == TypeShape.ByRef && Assignability.IsPointerCompatible(from.Element!, to.Element!)
        || from.Shape is not (TypeShape.ByRef or TypeShape.Void) && Assignability.IsPointerCompatible(from, to)
        || from.Shape is TypeShape.Pointer or TypeShape.FunctionPointer && to.Shape is TypeShape.Pointer or TypeShape.FunctionPointer;

    private bool IsReceiver(TypeSymbol parameter, TypeSymbol declaring) =>
        declaring.IsValueType ? parameter.Shape == TypeShape.ByRef && parameter.Element == declaring : types.IsAssignable(parameter, declaring);

    private static string Mismatch(MethodSymbol method, TypeSymbol type) => $"{method} does not fit {type}";
}
