using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Decides which calls go to a clone of their own: those of generic methods whose type arguments are known at the call and make a difference.
/// All others share one clone, as in the CLR.
/// </summary>
internal sealed class Specialisation(BodyImporter importer, PlannedClones clones, ArgumentDependence dependence)
{
    /// <summary>How deep type arguments may be nested: a method that calls itself with ever larger ones would never come to an end.</summary>
    private const int MaxDepth = 8;

    /// <summary>How many clones one method gets, for the same reason: two parameters can be combined without end below the depth's limit.</summary>
    private const int MaxClones = 256;

    private readonly HashSet<MethodSymbol> refused = [];

    /// <summary>
    /// Whether a method can have specialised clones. A slot's clones override each other as the originals do; a constructor is called by
    /// that name only; and what an init accessor or <c>Synchronized</c> says of <c>this</c> cannot be said of a parameter.
    /// </summary>
    public static bool IsPossible(MethodDefinition method) =>
        (method.HasGenericParameters || method.DeclaringType.HasGenericParameters) && !method.IsConstructor && !method.ExplicitThis
        && (method.IsStatic || !method.DeclaringType.HasGenericParameters || !method.IsSynchronized && method.ReturnType is not RequiredModifierType { ModifierType.Name: "IsExternalInit" });

    /// <summary>The body of the clone for a call's type arguments, where it is to have one; null where it takes the shared clone.</summary>
    public MethodIR? BodyFor(Instruction call, MethodDefinition target, ContextStack stack)
    {
        var callee = call.Method;
        if (call.Constrained != null || !IsPossible(target) || !IsClosed(callee, target) || refused.Contains(callee)
            || clones.SpecialisedCount(target, stack) >= MaxClones || !dependence.Depends(target, stack))
            return null;
        var isThis = !target.DeclaringType.HasGenericParameters;
        if (importer.Import(callee, isThis).Body is { } body && !LeavesByJump(body))
            return body;
        refused.Add(callee);
        return null;
    }

    /// <summary>Whether a body hands on exactly the arguments that it was given, which a clone with more arguments cannot.</summary>
    public static bool LeavesByJump(MethodIR body) => body.Blocks.Exists(b => b.Instructions.Exists(i => i.Code == Mono.Cecil.Cil.Code.Jmp));

    private static bool IsClosed(MethodSymbol callee, MethodDefinition target) =>
        callee.DeclaringType.Arguments.Length == target.DeclaringType.GenericParameters.Count
        && callee.MethodArguments.Length == target.GenericParameters.Count
        && callee.DeclaringType.Arguments.Concat(callee.MethodArguments).All(a => !a.IsOpen && !a.IsByRefLike && DepthOf(a) <= MaxDepth);

    private static int DepthOf(TypeSymbol type) =>
        type.Element is { } element ? 1 + DepthOf(element) : type.Arguments.Length == 0 ? 1 : 1 + type.Arguments.Max(DepthOf);
}
