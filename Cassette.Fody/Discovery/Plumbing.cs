using System.Linq;
using Mono.Cecil;

namespace Cassette.Fody.Discovery;

/// <summary>
/// Tells what the author wrote from what the compiler made of it. The compiler marks its own types and members with
/// <c>[CompilerGenerated]</c>; only lambdas and local functions are marked (or sit in marked types) although the author wrote their bodies,
/// and those the language's own naming scheme (<c>b__</c>, <c>g__</c>) tells apart.
/// </summary>
internal static class Plumbing
{
    private const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";

    /// <summary>Whether the calls in a method's body are the compiler's own: no hook sees them.</summary>
    public static bool IsCompilerWritten(MethodDefinition caller) =>
        HasMark(caller) && !IsAuthorsFunction(caller) && !IsBaseCall(caller) || caller.DeclaringType.Name == "<PrivateImplementationDetails>";

    /// <summary>Whether a call of this method is never the author's: the call is kept, but no hook sees it and no primitive replaces it.</summary>
    public static bool IsCompilerCallee(MethodReference callee, MethodDefinition? definition)
    {
        var type = callee.DeclaringType.GetElementType();
        switch (type.Namespace)
        {
            case "System.Runtime.CompilerServices":
                return type.Name == "DefaultInterpolatedStringHandler"
                    // Its other methods the compiler calls only in bodies of its own.
                    || type.Name == "RuntimeHelpers" && callee.Name is "InitializeArray" or "CreateSpan" or "GetSubArray" or "get_OffsetToStringData"
                    || type.Name.EndsWith("MethodBuilder", System.StringComparison.Ordinal)
                    || type.Name.StartsWith("AsyncTaskMethodBuilder", System.StringComparison.Ordinal)
                    || type.Name.StartsWith("AsyncValueTaskMethodBuilder", System.StringComparison.Ordinal);
            case "System" when type.Name == "Object" && callee.Name == ".ctor":
                return true;
        }
        if (type.Name.StartsWith("<PrivateImplementationDetails>", System.StringComparison.Ordinal))
            return true;
        return definition is { IsConstructor: true } && HasMark(definition.DeclaringType) || definition != null && IsBaseCall(definition);
    }

    /// <summary>A lambda or a local function: the author's code under the compiler's name.</summary>
    public static bool IsAuthorsFunction(MethodDefinition method)
    {
        var close = method.Name.IndexOf('>');
        return method.Name.StartsWith("<", System.StringComparison.Ordinal) && close > 0
            && (method.Name.IndexOf("b__", close, System.StringComparison.Ordinal) > 0 || method.Name.IndexOf("g__", close, System.StringComparison.Ordinal) > 0);
    }

    /// <summary>
    /// A method that makes a call of <c>base</c> for a lambda or a state machine, which stand in other types and cannot: its body is the author's
    /// call, and the call of it is the compiler's.
    /// </summary>
    private static bool IsBaseCall(MethodDefinition method) => method.Name.StartsWith("<>n__", System.StringComparison.Ordinal) && HasMark(method);

    /// <summary>Async methods, iterators and async iterators: their bodies only start a state machine.</summary>
    public static bool IsStateMachineKickoff(MethodDefinition method) =>
        method.HasCustomAttributes && method.CustomAttributes.Any(IsStateMachineAttribute);

    /// <summary>The attribute by which a method says which state machine it starts.</summary>
    public static bool IsStateMachineAttribute(CustomAttribute attribute) =>
        attribute.AttributeType is
        {
            Namespace: "System.Runtime.CompilerServices",
            Name: "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute",
        };

    /// <summary>A type that the compiler made: a display class, a cache of delegates.</summary>
    public static bool IsCompilerType(TypeDefinition type) => HasMark(type);

    /// <summary>
    /// Whether a method of a list that the compiler makes of a collection expression (<c>&lt;&gt;z__ReadOnlyArray</c>, and the enumerator of one) hands out what is
    /// in it, as all but the searching ones do: nothing of the author's runs in that.
    /// </summary>
    public static bool HandsOutElements(TypeDefinition type, MethodDefinition method) =>
        (type.DeclaringType ?? type) is var list && list.Name.StartsWith("<>z__ReadOnly", System.StringComparison.Ordinal) && HasMark(list) && method.Name is not ("Contains" or "IndexOf");

    private static bool HasMark(ICustomAttributeProvider member) =>
        member.HasCustomAttributes && member.CustomAttributes.Any(a => a.AttributeType.FullName == CompilerGenerated);
}
