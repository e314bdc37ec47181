using System.Collections.Generic;

namespace Cassette.Fody.Placement;

/// <summary>A call site as the table of join points records it.</summary>
/// <param name="Callee">What is called.</param>
/// <param name="Caller">The method that calls it, as the author wrote it.</param>
/// <param name="File">The source file, as the debug information names it, or <see langword="null"/>.</param>
/// <param name="Line">The line, counted from 1, or 0 where it is not known.</param>
internal readonly record struct JoinPointData(
    JoinPointMethodData Callee,
    JoinPointMethodData Caller,
    string? File,
    int Line);

/// <summary>
/// A method as the table of join points records it. Types are named as reflection names them in full, without
/// assemblies: <c>Ns.Outer+Inner`1[System.Double][]&amp;</c>; a type parameter by its name alone.
/// </summary>
internal sealed class JoinPointMethodData
{
    /// <summary>The full name of the declaring type, without generic arguments; empty for a global method.</summary>
    public required string DeclaringType { get; init; }

    /// <summary>The method's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the method is static.</summary>
    public bool IsStatic { get; init; }

    /// <summary>For an instruction the name of its intrinsic; null for a call.</summary>
    public string? Intrinsic { get; init; }

    /// <summary>The full name of the return type.</summary>
    public required string ReturnType { get; init; }

    /// <summary>The method's generic arguments, or its type parameters.</summary>
    public IReadOnlyList<string> GenericArguments { get; init; } = [];

    /// <summary>The parameters' types and names, without the receiver; a name may be empty.</summary>
    public IReadOnlyList<(string Type, string Name)> Parameters { get; init; } = [];
}
