using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Rules;

/// <summary>Which values can become objects.</summary>
internal static class Boxing
{
    /// <summary>ECMA-335 has no flag name for it yet: the bit that C# writes for <c>allows ref struct</c>.</summary>
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    /// <summary>By-ref-like values, pointers, references to variables, and generic parameters that may stand for the former.</summary>
    public static bool IsUnboxable(TypeSymbol type) =>
        type.IsByRefLike || type.Shape is TypeShape.ByRef or TypeShape.Pointer or TypeShape.FunctionPointer or TypeShape.Void or TypeShape.TypedReference
        || type.IsGenericParameter && AllowsRefStruct(type.Parameter!);

    public static bool AllowsRefStruct(GenericParameter parameter) => (parameter.Attributes & AllowByRefLike) != 0;

    public static bool IsNullable(TypeSymbol type) =>
        type.Shape == TypeShape.Struct && type.Arguments.Length == 1 && type.Named is { Name: "Nullable`1", Namespace: "System" };
}
