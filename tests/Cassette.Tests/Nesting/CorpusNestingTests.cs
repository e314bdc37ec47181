using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody;
using Cassette.Fody.Discovery;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Cassette.Tests.Verification;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.Nesting;

/// <summary>
/// A package in which each method enters one of several contexts, so that every context runs in every other: the plan has the stacks of
/// different contexts and no more, and the clones of clones of code that we did not write verify.
/// </summary>
public sealed class CorpusNestingTests(ITestOutputHelper output)
{
    private const string Contexts = """
        using Cassette;

        public readonly record struct HookedCtx(int Metadata) : IContext<int>
        {
            public static int Count;

            [Prehook]
            static void Before(HookedCtx ctx, JoinPoint f) => Count++;
        }

        public readonly record struct StatefulCtx(int Metadata) : IContext<int>;

        public readonly record struct EmptyCtx : IContext;
        """;

    private static readonly string[] Names = ["HookedCtx", "StatefulCtx", "EmptyCtx"];

    [Theory]
    [InlineData(1, 1, 3_000)]
    [InlineData(2, 2 + 2, 10_000)]
    [InlineData(3, 3 + 6 + 6, 30_000)]
    public void Contexts_in_each_other(int contexts, int stacks, int atLeast)
    {
        CompiledProgram library = CompiledProgram.Compile("Contexts", OptimizationLevel.Release, [], Contexts);
        using var resolver = new LibraryResolver(library);
        using var module = ModuleDefinition.ReadModule(Corpus.PathOf(Corpus.Newtonsoft), new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        Enter(module, resolver.Library, contexts);

        var diagnostics = new DiagnosticBag();
        WeaveResult result = new WeavePipeline(module, XElement.Parse("<Cassette Verify=\"true\" />"), null, null).Run(diagnostics);
        Assert.False(diagnostics.HasErrors, CompiledProgram.Describe(diagnostics));
        IReadOnlyList<PlannedClone> clones = result.Plan!.Clones;
        output.WriteLine($"{contexts} contexts: {clones.Count} clones");
        Assert.Empty(clones.Where(clone => clone.Refusal == LeaveReason.Refused).Select(clone => $"{clone}: {clone.RefusalText}"));
        Assert.Equal(stacks, clones.Select(clone => clone.Stack).Distinct().Count());
        Assert.True(clones.Count > atLeast, $"only {clones.Count}");
        if (contexts != 2)
            return;
        using var image = new MemoryStream();
        module.Write(image);
        Assert.Empty(JitCheck.Problems(LoadedProgram.Load(image.ToArray(), [], [library])));
    }

    /// <summary>Makes every method that can be one an entry, of each context in turn.</summary>
    private static void Enter(ModuleDefinition module, ModuleDefinition library, int count)
    {
        MethodReference constructor = module.ImportReference(typeof(OverdubWithAttribute).GetConstructor([typeof(Type)]));
        TypeReference[] contexts = [.. Names.Take(count).Select(name => module.ImportReference(library.GetType(name)))];
        int next = 0;
        foreach (MethodDefinition method in Corpus.Bodies(module).Where(method => !method.IsConstructor && !method.HasGenericParameters && !method.DeclaringType.HasGenericParameters).ToList())
        {
            var argument = new CustomAttributeArgument(module.ImportReference(typeof(Type)), contexts[next++ % count]);
            method.CustomAttributes.Add(new CustomAttribute(constructor) { ConstructorArguments = { argument } });
        }
    }

    /// <summary>Finds the package, and the assembly that holds the contexts.</summary>
    private sealed class LibraryResolver : DefaultAssemblyResolver
    {
        public LibraryResolver(CompiledProgram library)
        {
            AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
            AddSearchDirectory(AppContext.BaseDirectory);
            AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(library.Image), new ReaderParameters { AssemblyResolver = this });
            RegisterAssembly(assembly);
            Library = assembly.MainModule;
        }

        public ModuleDefinition Library { get; }
    }
}
