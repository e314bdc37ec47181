using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Cassette.Fody.Metadata;

/// <summary>Names of types and methods as a C# author would write them.</summary>
internal static class TypeDisplay
{
    public static string Of(MethodSymbol method)
    {
        var text = new StringBuilder(Of(method.DeclaringType)).Append('.').Append(method.Name);
        if (method.MethodArguments.Length > 0)
            text.Append('<').Append(string.Join(", ", method.MethodArguments.Select(Of))).Append('>');
        return text.Append('(').Append(string.Join(", ", method.Parameters.Select(Of))).Append(')').ToString();
    }

    public static string Of(TypeSymbol type) => type.Shape switch
    {
        TypeShape.Void => "void",
        TypeShape.Boolean => "bool",
        TypeShape.Char => "char",
        TypeShape.SByte => "sbyte",
        TypeShape.Byte => "byte",
        TypeShape.Int16 => "short",
        TypeShape.UInt16 => "ushort",
        TypeShape.Int32 => "int",
        TypeShape.UInt32 => "uint",
        TypeShape.Int64 => "long",
        TypeShape.UInt64 => "ulong",
        TypeShape.IntPtr => "nint",
        TypeShape.UIntPtr => "nuint",
        TypeShape.Single => "float",
        TypeShape.Double => "double",
        TypeShape.String => "string",
        TypeShape.Object => "object",
        TypeShape.Vector => Of(type.Element!) + "[]",
        TypeShape.Array => Of(type.Element!) + "[" + new string(',', type.Rank - 1) + "]",
        TypeShape.ByRef => Of(type.Element!) + "&",
        TypeShape.Pointer => Of(type.Element!) + "*",
        TypeShape.FunctionPointer =>
            "delegate*<" + string.Join(", ", type.Signature!.Parameters.Append(type.Signature.ReturnType).Select(Of)) + ">",
        TypeShape.TypeParameter or TypeShape.MethodParameter => type.Parameter!.Name,
        _ => Named(type),
    };

    private static string Named(TypeSymbol type)
    {
        var chain = new Stack<Mono.Cecil.TypeReference>();
        for (var t = type.Named; t != null; t = t.DeclaringType)
            chain.Push(t);
        var text = new StringBuilder();
        var next = 0;
        foreach (var part in chain)
        {
            text.Append(text.Length > 0 ? "." : part.Namespace.Length > 0 ? part.Namespace + "." : "");
            var tick = part.Name.LastIndexOf('`');
            text.Append(tick < 0 ? part.Name : part.Name.Substring(0, tick));
            if (tick < 0 || !int.TryParse(part.Name.Substring(tick + 1), out var count) || next + count > type.Arguments.Length)
                continue;
            text.Append('<').Append(string.Join(", ", type.Arguments.Skip(next).Take(count).Select(Of))).Append('>');
            next += count;
        }
        return text.ToString();
    }
}
