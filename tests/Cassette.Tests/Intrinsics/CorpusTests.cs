using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Cassette.Fody;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Cassette.Tests.RoundTrip;
using Cassette.Tests.Verification;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;
using Xunit.Abstractions;

namespace Cassette.Tests.Intrinsics;

/// <summary>Every instruction of packages presented, hooked and replaced: the verifier and the JIT take what comes of it.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Hooks that see every instruction with all its operands and its result.</summary>
    private const string Hooking = """
        using Cassette;

        public readonly struct Ctx : IContext
        {
            public static long Count;

            [Prehook(typeof(Intrinsic))]
            static void Before<TArgs>(Ctx ctx, JoinPoint f, TArgs args) where TArgs : struct, System.Runtime.CompilerServices.ITuple => Count++;

            [Posthook(typeof(Intrinsic))]
            static void After<T>(Ctx ctx, T output) where T : allows ref struct => Count++;
        }
        """;

    /// <summary>Hooks that take nothing, so that nothing is put aside for them.</summary>
    private const string Silent = """
        using Cassette;

        public readonly struct Ctx : IContext
        {
            public static long Count;

            [Prehook(typeof(Intrinsic))]
            static void Before(Ctx ctx) => Count++;
        }
        """;

    /// <summary>A hook for what is thrown, which puts everything aside.</summary>
    private const string Throwing = """
        using Cassette;

        public readonly struct Ctx : IContext
        {
            public static long Count;

            [Throwhook(typeof(Intrinsic))]
            static void Thrown(Ctx ctx, System.Exception exception, JoinPoint f) => Count++;
        }
        """;

    [Theory]
    [InlineData(Corpus.Newtonsoft, nameof(Silent), 10_000)]
    [InlineData(Corpus.Newtonsoft, nameof(Hooking), 10_000)]
    [InlineData(Corpus.Newtonsoft, nameof(Throwing), 10_000)]
    [InlineData(Corpus.Newtonsoft, nameof(ReplacingContext.Counting), 5_500)]
    [InlineData(Corpus.MathNet, nameof(Hooking), 60_000)]
    [InlineData(Corpus.MathNet, nameof(ReplacingContext.Counting), 50_000)]
    public void Every_instruction_can_be_presented(string assembly, string context, int atLeast)
    {
        string source = context switch
        {
            nameof(Silent) => Silent,
            nameof(Hooking) => Hooking,
            nameof(Throwing) => Throwing,
            _ => ReplacingContext.Counting,
        };
        CompiledProgram tools = CompiledProgram.Compile("Tools", OptimizationLevel.Release, [], new Source("Ctx.cs", source));
        using ToolResolver resolver = new(tools);
        using ModuleDefinition module = ModuleDefinition.ReadModule(Corpus.PathOf(assembly), new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        Mark(module, resolver.Tools);
        var diagnostics = new DiagnosticBag();
        WeaveResult result = new WeavePipeline(module, XElement.Parse("<Cassette />"), null, null).Run(diagnostics);
        Assert.False(diagnostics.HasErrors, string.Join("\n", diagnostics.Take(20)));

        IReadOnlyList<PlannedClone> clones = result.Plan!.Clones;
        int presented = clones.Sum(clone => clone.Sites.Values.Count(site => site.Intrinsic != null));
        string[] refused = [.. result.Plan!.Clones.Where(clone => clone.Refusal == LeaveReason.Refused).Select(clone => $"{clone}: {clone.RefusalText}")];
        output.WriteLine($"{assembly}, {context}: {clones.Count} clones, {presented} instructions presented, {refused.Length} clones refused");
        foreach (string line in refused.Take(20))
            output.WriteLine(line);
        Assert.Empty(refused);
        Assert.True(presented > atLeast, $"only {presented} instructions");

        module.Attributes |= ModuleAttributes.ILOnly;
        using var image = new MemoryStream();
        module.Write(image);
        Verify(image.ToArray(), resolver);
        Compile(image.ToArray(), tools);
    }

    /// <summary>Makes every method that can be one an entry.</summary>
    private static void Mark(ModuleDefinition module, ModuleDefinition tools)
    {
        var context = module.ImportReference(tools.GetType("Ctx"));
        var constructor = module.ImportReference(typeof(OverdubWithAttribute).GetConstructor([typeof(Type)]));
        var type = module.ImportReference(typeof(Type));
        foreach (MethodDefinition method in Corpus.Bodies(module).Where(method => !method.IsConstructor && !method.HasGenericParameters && !method.DeclaringType.HasGenericParameters).ToList())
        {
            method.CustomAttributes.Add(new CustomAttribute(constructor) { ConstructorArguments = { new CustomAttributeArgument(type, context) } });
        }
    }

    private static void Verify(byte[] image, ToolResolver resolver)
    {
        using ModuleDefinition woven = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = resolver });
        var types = new TypeUniverse(woven);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var problems = new List<string>();
        foreach (MethodDefinition method in Corpus.Bodies(woven))
        {
            ImportResult import = importer.Import(method);
            problems.AddRange(import.Body is { } body ? verifier.Verify(body).Select(error => $"{method.FullName}: {error}") : [$"{method.FullName}: {import.Refusal}"]);
        }

        Assert.True(problems.Count == 0, $"{problems.Count}:\n" + string.Join("\n", problems.Take(20)));
    }

    private void Compile(byte[] image, CompiledProgram tools)
    {
        using var load = new IsolatedLoad();
        load.Add(tools.Image);
        Assembly assembly = load.Add(image);
        var instantiations = new Instantiations(assembly);
        var problems = new List<string>();
        int compiled = 0;
        foreach (MethodBase open in assembly.GetTypes().SelectMany(type => type.GetMembers(Everything).OfType<MethodBase>()).Where(method => method.Name.Contains('@') && method.GetMethodBody() != null))
        {
            Type? declaring = instantiations.Of(open.DeclaringType!);
            MethodBase? method = declaring is null ? null
                : instantiations.Of(ReferenceEquals(declaring, open.DeclaringType) ? open : declaring.GetMembers(Everything).OfType<MethodBase>().Single(m => m.MetadataToken == open.MetadataToken));
            if (method is null)
                continue;
            try
            {
                Type[] types = method.DeclaringType is { IsConstructedGenericType: true } closed ? closed.GetGenericArguments() : [];
                Type[] arguments = method.IsConstructedGenericMethod ? method.GetGenericArguments() : [];
                RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. types.Concat(arguments).Select(argument => argument.TypeHandle)]);
                compiled++;
            }
            catch (Exception refusal) when (refusal is InvalidProgramException or TypeLoadException or MissingMemberException or BadImageFormatException
                or MethodAccessException or FieldAccessException or FileNotFoundException or FileLoadException or System.Security.VerificationException)
            {
                problems.Add($"{open.DeclaringType}::{open}: {refusal.GetType().Name}: {refusal.Message}");
            }
        }

        output.WriteLine($"{compiled} methods compiled");
        Assert.True(problems.Count == 0, $"{problems.Count}:\n" + string.Join("\n", problems.Take(20)));
        Assert.True(compiled > 2000, $"only {compiled}");
    }

    /// <summary>Finds the corpus, and the assembly that holds the context.</summary>
    private sealed class ToolResolver : DefaultAssemblyResolver
    {
        public ToolResolver(CompiledProgram tools)
        {
            foreach (string directory in GetSearchDirectories())
                RemoveSearchDirectory(directory);
            AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
            AddSearchDirectory(AppContext.BaseDirectory);
            AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(tools.Image), new ReaderParameters { AssemblyResolver = this });
            RegisterAssembly(assembly);
            Tools = assembly.MainModule;
        }

        public ModuleDefinition Tools { get; }
    }
}
