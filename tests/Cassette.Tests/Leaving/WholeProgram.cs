using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Cassette.Tests.Leaving;

/// <summary>The programs of some hundred lines that are run as a whole: each has a class <c>Program</c> with <c>static void Run(TextWriter output)</c>.</summary>
internal static class WholeProgram
{
    private const string Prefix = "Cassette.Tests.Leaving.Programs.";

    public static IEnumerable<string> Names() =>
        typeof(WholeProgram).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".cs".Length])
            .Order(StringComparer.Ordinal);

    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(WholeProgram).Assembly.GetManifestResourceStream(Prefix + name + ".cs")!);
        return reader.ReadToEnd();
    }

    /// <summary>Compiles a program with the entries that trace it.</summary>
    public static CompiledProgram Compile(string name, OptimizationLevel build) =>
        CompiledProgram.Compile(build, new Source($"/src/{name}.cs", Read(name)), NativeTrace.Entries);
}
