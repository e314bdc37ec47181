using System.Collections.Generic;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Which arguments of a native call are delegates that the callee may call: those whose parameter is declared as a delegate type, or as an
/// array of one.
/// </summary>
/// <remarks>
/// Code that is generic over the delegate's type (a list's <c>Add</c>, <c>Interlocked.CompareExchange</c>) only keeps it, and must be given
/// the delegate itself. The methods of delegates combine and compare them, as the program would. Native code gets a pointer that lives as
/// long as the delegate it was made of, which is the one that the author keeps alive.
/// </remarks>
internal static class HandedDelegates
{
    /// <summary>The parameters in question, by position; the receiver is none of them.</summary>
    public static IEnumerable<int> ParametersOf(MethodSymbol callee)
    {
        if (callee.Definition is not { IsPInvokeImpl: false } definition || CallRouter.IsDelegate(definition.DeclaringType) || IsDelegateRoot(definition.DeclaringType))
            yield break;
        for (var i = 0; i < callee.Parameters.Length; i++)
        {
            if (definition.Parameters[i].ParameterType is not GenericParameter and not ArrayType { ElementType: GenericParameter } && DelegateTypeOf(callee.Parameters[i]) != null)
                yield return i;
        }
    }

    /// <summary>The delegate type that a parameter's type names.</summary>
    public static TypeDefinition? DelegateTypeOf(TypeSymbol type)
    {
        var definition = type.Shape == TypeShape.Vector ? type.Element!.Definition : type.Definition;
        return definition != null && CallRouter.IsDelegate(definition) ? definition : null;
    }

    public static bool IsDelegateRoot(TypeDefinition type) => type is { Namespace: "System", Name: "Delegate" or "MulticastDelegate" };
}
