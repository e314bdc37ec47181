using System;
using System.Collections.Generic;

namespace Cassette.Fody.Configuration.Patterns;

/// <summary>The C# keywords that name types of the namespace <c>System</c>.</summary>
internal static class TypeKeywords
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["bool"] = "Boolean", ["byte"] = "Byte", ["sbyte"] = "SByte", ["char"] = "Char", ["decimal"] = "Decimal",
        ["double"] = "Double", ["float"] = "Single", ["int"] = "Int32", ["uint"] = "UInt32", ["nint"] = "IntPtr",
        ["nuint"] = "UIntPtr", ["long"] = "Int64", ["ulong"] = "UInt64", ["short"] = "Int16",
        ["ushort"] = "UInt16", ["object"] = "Object", ["dynamic"] = "Object", ["string"] = "String",
        ["void"] = "Void",
    };

    public static bool IsKeyword(string word) => Names.ContainsKey(word);

    /// <summary>The name within <c>System</c>.</summary>
    public static string NameOf(string keyword) => Names[keyword];
}
