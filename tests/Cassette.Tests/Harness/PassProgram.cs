using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Cassette.Fody.Passes;
using Cassette.Fody.Passes.Loading;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace Cassette.Tests.Harness;

/// <summary>A pass assembly as a pass project would make it: compiled from source against the weaver, and loaded by the weaver's own loader.</summary>
/// <param name="Program">The assembly and its symbols; its libraries are copied beside it.</param>
/// <example>
/// <code>
/// PassProgram pass = PassProgram.Compile(new Source("/src/MyPass.cs", "public sealed class MyPass : Cassette.Fody.Passes.IPass { ... }"));
/// CompiledProgram.CompileWith([pass], build, "[Cassette.Pass(typeof(MyPass))] public readonly record struct Ctx : Cassette.IContext; ...").Weave().Load();
/// </code>
/// </example>
internal sealed record PassProgram(CompiledProgram Program)
{
    /// <summary>The assembly's name where none is given.</summary>
    public const string DefaultName = "TestPasses";

    /// <summary>What pass projects reference besides the platform.</summary>
    private static readonly ImmutableArray<MetadataReference> Weaver =
        [MetadataReference.CreateFromFile(typeof(IPass).Assembly.Location), MetadataReference.CreateFromFile(typeof(ModuleDefinition).Assembly.Location)];

    /// <summary>Compiles passes, for debugging, so that their lines are exact.</summary>
    public static PassProgram Compile(params ReadOnlySpan<Source> sources) => Compile(DefaultName, [], sources);

    public static PassProgram Compile(string name, ImmutableArray<CompiledProgram> libraries, params ReadOnlySpan<Source> sources) =>
        new(CompiledProgram.Compile(name, OptimizationLevel.Debug, libraries, Weaver, sources));

    /// <summary>Writes passes and what they need into a folder of their own each, and lists them for the weaver.</summary>
    public static PassLibrary WriteTo(string directory, IEnumerable<PassProgram> passes)
    {
        var paths = new List<string>();
        foreach (PassProgram pass in passes)
            paths.Add(pass.WriteTo(Path.Combine(directory, paths.Count.ToString())));
        return new PassLibrary(paths);
    }

    /// <summary>Writes the assembly, its symbols and its libraries, and gives the assembly's path.</summary>
    public string WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (CompiledProgram assembly in Program.Libraries.Append(Program))
        {
            File.WriteAllBytes(Path.Combine(directory, assembly.Name + ".dll"), assembly.Image);
            File.WriteAllBytes(Path.Combine(directory, assembly.Name + ".pdb"), assembly.Symbols);
        }

        return Path.Combine(directory, Program.Name + ".dll");
    }
}
