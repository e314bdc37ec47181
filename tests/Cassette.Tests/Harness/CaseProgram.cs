using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Cassette.Tests.Harness;

/// <summary>
/// A transparency program: one construct of the language, in an embedded file named after it. It has a
/// class <c>Program</c> with <c>static void Run(TextWriter output)</c>, and says at its top what its source predicts:
/// <code>
/// // expect: a line that Run writes
/// // count: Circle.Area 3        calls of that name that a counting context sees
/// // throws: System.InvalidOperationException
/// // carriers: 2                 delegates that are not made in place, which a context without state carries by one more each
/// // more: 464 what for          bytes that a run allocates beyond those of the native one
/// // more optimised: 592 what  the same for a build with optimisation alone, besides
/// // asks for its caller         where a primitive that makes the call is the caller
/// // allocates unevenly          where the runtime allocates differently from run to run, as where threads wait for each other or not
/// </code>
/// </summary>
/// <param name="Name">The construct.</param>
/// <param name="Text">The source.</param>
internal sealed record CaseProgram(string Name, string Text)
{
    /// <summary>Where the entries stand, whose frames are not the program's.</summary>
    public const string EntryPath = "/src/Entry.cs";

    /// <summary>Where the contexts stand, likewise.</summary>
    public const string ContextsPath = "/src/Contexts.cs";

    private const string Prefix = "Cassette.Tests.Transparency.Programs.";

    public string Path => $"/src/{Name}.cs";

    public string ExpectedOutput => string.Concat(Header("expect:").Select(line => line + "\n"));

    public string? ExpectedException => Header("throws:").SingleOrDefault();

    /// <summary>Whether two runs allocate the same, natively too.</summary>
    public bool AllocatesEvenly => !Header("allocates unevenly").Any();

    /// <summary>How many delegates a run makes so that other delegates carry a context that has no state.</summary>
    public int Carriers => Header("carriers:").Select(int.Parse).SingleOrDefault();

    /// <summary>How many bytes more than natively a run allocates for other things, which the program names.</summary>
    public int More(OptimizationLevel build) => Header("more:")
        .Concat(build == OptimizationLevel.Release ? Header("more optimised:") : [])
        .Select(line => int.Parse(line.Split(' ')[0]))
        .Sum();

    public bool AsksForItsCaller => Header("asks for its caller").Any();

    public FrozenDictionary<string, int> ExpectedCounts => Header("count:")
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(parts => parts[0], parts => int.Parse(parts[1]));

    public static IEnumerable<string> Names() =>
        typeof(CaseProgram).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".cs".Length])
            .Order(StringComparer.Ordinal);

    public static CaseProgram Read(string name)
    {
        using Stream stream = typeof(CaseProgram).Assembly.GetManifestResourceStream($"{Prefix}{name}.cs")!;
        return new CaseProgram(name, new StreamReader(stream).ReadToEnd());
    }

    private IEnumerable<string> Header(string word)
    {
        string start = "// " + word;
        return Text.Split('\n')
            .TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[start.Length..])
            .Select(rest => rest.StartsWith(' ') ? rest[1..] : rest);
    }
}
