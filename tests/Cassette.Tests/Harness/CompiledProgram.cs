using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Cassette.Tests.Harness;

/// <summary>A test program as the compiler leaves it, before the weaver.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Image">The assembly's bytes.</param>
/// <param name="Symbols">The portable PDB's bytes.</param>
/// <param name="Libraries">The compiled assemblies that it references, which are not woven.</param>
/// <example>
/// <code>
/// LoadedProgram program = CompiledProgram.Compile(OptimizationLevel.Release, source).Weave().Verified().Load();
/// Assert.Equal(3.0, program.Run&lt;double&gt;("Program.Main"));
/// </code>
/// </example>
internal sealed record CompiledProgram(
    string Name, byte[] Image, byte[] Symbols, ImmutableArray<CompiledProgram> Libraries)
{
    /// <summary>Nothing but the weaver's name, as most users have it.</summary>
    public const string DefaultConfiguration = "<Cassette />";

    public static CompiledProgram Compile(OptimizationLevel build, params ReadOnlySpan<Source> sources) =>
        Compile("Subject", build, [], sources);

    /// <summary>Compiles an assembly that references others.</summary>
    /// <exception cref="InvalidOperationException">The sources do not compile.</exception>
    public static CompiledProgram Compile(
        string name, OptimizationLevel build, ImmutableArray<CompiledProgram> libraries, params ReadOnlySpan<Source> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var trees = new List<SyntaxTree>();
        foreach (Source source in sources)
        {
            SourceText text = SourceText.From(source.Text, Encoding.UTF8);
            trees.Add(CSharpSyntaxTree.ParseText(text, options, source.Path));
        }

        var compilation = CSharpCompilation.Create(
            name,
            trees,
            [.. Platform.References, .. libraries.Select(library => MetadataReference.CreateFromImage(library.Image))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: build,
                allowUnsafe: true,
                deterministic: true,
                nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join(
                "\n", result.Diagnostics.Where(found => found.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
        }

        return new CompiledProgram(name, image.ToArray(), symbols.ToArray(), libraries);
    }

    /// <summary>Weaves, and fails the test on any error.</summary>
    public WovenProgram Weave(string configuration = DefaultConfiguration, IPassSource? passes = null)
    {
        WovenProgram woven = TryWeave(configuration, passes: passes);
        if (woven.HasErrors)
            throw new InvalidOperationException("The weave failed:\n" + string.Join("\n", woven.Diagnostics.Select(found => found.ToBuildLine())));
        return woven;
    }

    /// <summary>Weaves, whatever comes of it.</summary>
    /// <param name="configuration">The <c>Cassette</c> element, as it stands in <c>FodyWeavers.xml</c>.</param>
    /// <param name="projectDirectory">What source paths are made relative to.</param>
    /// <param name="passes">The passes of contexts.</param>
    /// <param name="passLimit">How long one run of a pass may take.</param>
    public WovenProgram TryWeave(string configuration = DefaultConfiguration, string? projectDirectory = null, IPassSource? passes = null, TimeSpan? passLimit = null)
    {
        var images = Libraries.ToDictionary(library => library.Name, library => library.Image);
        return WeaverAdapter.Weave(this, configuration, images, projectDirectory, passes, passLimit);
    }

    /// <summary>Loads it as it is.</summary>
    public LoadedProgram Load() => LoadedProgram.Load(Image, Symbols, Libraries);

    internal static string Describe(IEnumerable<Fody.Reporting.Diagnostic> diagnostics) =>
        string.Join("\n", diagnostics.Select(found => found.ToBuildLine()));
}
