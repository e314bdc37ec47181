using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Metadata;
using Mono.Cecil;

namespace Cassette.Fody.Intrinsics;

/// <summary>The methods of <c>Cassette.Intrinsic</c>, found by name and the shape of their parameters.</summary>
internal sealed class IntrinsicLibrary
{
    /// <summary>The intrinsic of objects' allocation, whose rules see constructors' arguments.</summary>
    public const string NewObject = "NewObject";

    private readonly Dictionary<string, MethodDefinition> methods = new(StringComparer.Ordinal);
    private readonly TypeUniverse types;
    private readonly TypeSymbol self;

    public IntrinsicLibrary(TypeUniverse types, ModuleDefinition library)
    {
        this.types = types;
        var type = library.GetType("Cassette.Intrinsic")
            ?? throw new InvalidOperationException($"{library.Name} has no Cassette.Intrinsic: the weaver and the runtime library are of different versions.");
        self = types.Import(type, GenericScope.Empty);
        foreach (var method in type.Methods.Where(m => m.IsPublic))
            methods.Add(Key(method.Name, method.Parameters.Select(p => ShapeOf(p.ParameterType))), method);
    }

    /// <summary>Whether a type is the one that declares the intrinsics.</summary>
    public static bool IsIntrinsics(TypeReference? type) => type is { Name: "Intrinsic", Namespace: "Cassette", DeclaringType: null };

    /// <summary>An intrinsic with type arguments put in; null where there is none for operands of these shapes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shapes">Its parameters' types as <c>Cassette.Intrinsic</c> declares them: <c>double</c>, <c>T[]</c>, <c>TObject&amp;</c>.</param>
    /// <param name="arguments">The type arguments. They may be types that C# does not allow as such, since the call is never written.</param>
    public MethodSymbol? Find(string name, string[] shapes, params TypeSymbol[] arguments) =>
        methods.TryGetValue(Key(name, shapes), out var method) ? types.Method(method, self, arguments) : null;

    /// <summary>How a primitive type is written among the shapes.</summary>
    public static string ShapeOf(TypeSymbol primitive) => primitive.Shape switch
    {
        TypeShape.Boolean => "bool",
        TypeShape.Int32 => "int",
        TypeShape.UInt32 => "uint",
        TypeShape.Int64 => "long",
        TypeShape.UInt64 => "ulong",
        TypeShape.IntPtr => "nint",
        TypeShape.UIntPtr => "nuint",
        TypeShape.Single => "float",
        TypeShape.Double => "double",
        _ => throw new ArgumentException($"{primitive} is no operand of arithmetic.", nameof(primitive)),
    };

    private static string Key(string name, IEnumerable<string> shapes) => name + "(" + string.Join(",", shapes) + ")";

    private static string ShapeOf(TypeReference type) => type switch
    {
        ArrayType array => ShapeOf(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        ByReferenceType reference => ShapeOf(reference.ElementType) + "&",
        PointerType pointer => ShapeOf(pointer.ElementType) + "*",
        GenericParameter parameter => parameter.Name,
        RequiredModifierType modified => ShapeOf(modified.ElementType),
        _ => type.Name switch
        {
            "Boolean" => "bool",
            "Byte" => "byte",
            "Int32" => "int",
            "UInt32" => "uint",
            "Int64" => "long",
            "UInt64" => "ulong",
            "IntPtr" => "nint",
            "UIntPtr" => "nuint",
            "Single" => "float",
            "Double" => "double",
            "Void" => "void",
            "Object" => "object",
            _ => type.FullName,
        },
    };
}
