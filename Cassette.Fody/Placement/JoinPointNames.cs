using System.Linq;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Placement;

/// <summary>Names of types and methods as reflection and stack traces write them.</summary>
internal static class JoinPointNames
{
    public static JoinPointMethodData Describe(MethodSymbol method) => new()
    {
        DeclaringType = method.DeclaringType.Named is { } named ? named.FullName.Replace('/', '+') : Of(method.DeclaringType),
        Name = method.Name,
        IsStatic = !method.HasThis,
        ReturnType = Of(method.ReturnType),
        GenericArguments = [.. method.MethodArguments.Select(Of)],
        Parameters = [.. method.Parameters.Select((p, i) => (Of(p), method.Definition?.Parameters[i].Name ?? ""))],
    };

    /// <summary>A type's full name without assemblies: <c>Ns.Outer+Inner`1[System.Double][]&amp;</c>.</summary>
    public static string Of(TypeSymbol type) => type.Shape switch
    {
        TypeShape.Vector => Of(type.Element!) + "[]",
        TypeShape.Array => Of(type.Element!) + "[" + new string(',', type.Rank - 1) + "]",
        TypeShape.ByRef => Of(type.Element!) + "&",
        TypeShape.Pointer => Of(type.Element!) + "*",
        TypeShape.TypeParameter or TypeShape.MethodParameter => type.Parameter!.Name,
        TypeShape.FunctionPointer => type.DisplayName,
        _ => type.Named!.FullName.Replace('/', '+') + (type.Arguments.Length == 0 ? "" : "[" + string.Join(",", type.Arguments.Select(Of)) + "]"),
    };
}
