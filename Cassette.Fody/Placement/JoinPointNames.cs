using System.Linq;
using Cassette.Fody.Intrinsics;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Placement;

/// <summary>Names of types and methods as reflection and stack traces write them.</summary>
internal static class JoinPointNames
{
    public static JoinPointMethodData Describe(MethodSymbol method, string? intrinsic = null) => new()
    {
        Intrinsic = intrinsic,
        DeclaringType = method.DeclaringType.Named is { } named ? named.FullName.Replace('/', '+') : Of(method.DeclaringType),
        Name = method.Name,
        IsStatic = !method.HasThis,
        ReturnType = Of(method.ReturnType),
        GenericArguments = [.. method.MethodArguments.Select(Of)],
        Parameters = [.. method.Parameters.Select((p, i) => (Of(p), method.Definition?.Parameters[i].Name ?? ""))],
    };

    /// <summary>An instruction: by its intrinsic, or for a field's access by the field, whose value is a write's only parameter.</summary>
    public static JoinPointMethodData Describe(IntrinsicCall instruction)
    {
        var method = instruction.Call.Method;
        if (method.IsConstructor)
            return Describe(method);
        if (instruction.Field is not { } field)
            return Describe(method, instruction.Name);
        return new JoinPointMethodData
        {
            DeclaringType = field.DeclaringType.Named is { } named ? named.FullName.Replace('/', '+') : Of(field.DeclaringType),
            Name = field.Name,
            Intrinsic = instruction.Name,
            IsStatic = field.IsStatic,
            ReturnType = Of(method.ReturnType),
            Parameters = method.ReturnType.Shape == TypeShape.Void ? [(Of(field.Type), "value")] : [],
        };
    }

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
