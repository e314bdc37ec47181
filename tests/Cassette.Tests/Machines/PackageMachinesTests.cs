using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody;
using Cassette.Fody.Discovery;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Cassette.Tests.Verification;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>Every state machine of assemblies that we did not write, cloned, verified and compiled.</summary>
public sealed class PackageMachinesTests
{
    private const string Contexts = """
        using Cassette;

        public readonly record struct NoRulesCtx : IContext;

        public readonly record struct CountingCtx(int Metadata) : IContext<int>
        {
            public static int Count;

            [Prehook]
            static void Before(CountingCtx ctx, JoinPoint f, params object?[] args) => Count += args.Length;

            [Posthook]
            static void After<T>(CountingCtx ctx, T output, JoinPoint f) where T : allows ref struct => Count++;

            [Throwhook]
            static void Thrown(CountingCtx ctx, System.Exception exception, JoinPoint f) => Count++;
        }
        """;

    [Theory]
    [InlineData(Corpus.Newtonsoft, "NoRulesCtx", 100)]
    [InlineData(Corpus.Newtonsoft, "CountingCtx", 100)]
    [InlineData(Corpus.MathNet, "NoRulesCtx", 50)]
    [InlineData("Microsoft.CodeAnalysis", "CountingCtx", 97)]
    [InlineData("ICSharpCode.Decompiler", "CountingCtx", 80)]
    public void Each_machine_has_a_clone_that_verifies_and_compiles(string assembly, string context, int least)
    {
        CompiledProgram library = CompiledProgram.Compile("Contexts", OptimizationLevel.Release, [], Contexts);
        using var module = ModuleDefinition.ReadModule(Corpus.PathOf(assembly), new ReaderParameters { AssemblyResolver = Resolver(library), InMemory = true });
        int kickoffs = Enter(module, library, context);

        var diagnostics = new DiagnosticBag();
        WeaveResult result = new WeavePipeline(module, XElement.Parse("<Cassette />"), null, null).Run(diagnostics);
        Assert.False(diagnostics.HasErrors, CompiledProgram.Describe(diagnostics));
        Assert.Empty(result.Plan!.Clones.Where(clone => clone.Refusal is LeaveReason.Refused or LeaveReason.StateMachine).Select(clone => $"{clone}: {clone.RefusalText}"));
        int cloned = result.Plan.Machines.Select(machine => machine.Machine).Distinct().Count();
        Assert.True(cloned >= kickoffs && cloned >= least, $"{cloned} of {kickoffs}");

        using var image = new MemoryStream();
        module.Write(image);
        Assert.Empty(Errors(image.ToArray(), library));
        Assert.Empty(JitCheck.Problems(LoadedProgram.Load(image.ToArray(), [], [library])));
    }

    /// <summary>Makes every async method and iterator that is not generic an entry.</summary>
    private static int Enter(ModuleDefinition module, CompiledProgram library, string context)
    {
        using var contexts = ModuleDefinition.ReadModule(new MemoryStream(library.Image));
        var runtime = ModuleDefinition.ReadModule(typeof(IContext).Assembly.Location);
        MethodReference constructor = module.ImportReference(runtime.GetType("Cassette.OverdubWithAttribute").Methods.Single(m => m.IsConstructor));
        TypeReference type = module.ImportReference(contexts.GetType(context));
        int count = 0;
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => Plumbing.IsStateMachineKickoff(m)).ToList())
        {
            if (method.HasGenericParameters || method.DeclaringType.HasGenericParameters)
                continue;
            method.CustomAttributes.Add(new CustomAttribute(constructor)
            {
                ConstructorArguments = { new CustomAttributeArgument(constructor.Parameters[0].ParameterType, type) },
            });
            count++;
        }

        return count;
    }

    private static List<string> Errors(byte[] image, CompiledProgram library)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters { AssemblyResolver = Resolver(library) });
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var errors = new List<string>();
        foreach (MethodDefinition method in Corpus.Bodies(module).Where(m => m.FullName.Contains("Ctx", System.StringComparison.Ordinal)))
        {
            ImportResult import = importer.Import(method);
            errors.AddRange(import.Body is { } body ? verifier.Verify(body).Select(error => $"{method.FullName}: {error}") : [$"{method.FullName}: {import.Refusal}"]);
        }

        return errors;
    }

    private static IAssemblyResolver Resolver(CompiledProgram library)
    {
        var resolver = new Added(Corpus.Resolver());
        resolver.Register(AssemblyDefinition.ReadAssembly(new MemoryStream(library.Image), new ReaderParameters { AssemblyResolver = resolver }));
        return resolver;
    }

    private sealed class Added(DefaultAssemblyResolver inner) : BaseAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition> _known = [];

        public void Register(AssemblyDefinition assembly) => _known.Add(assembly.Name.Name, assembly);

        public override AssemblyDefinition Resolve(AssemblyNameReference name) =>
            _known.TryGetValue(name.Name, out AssemblyDefinition? known) ? known : inner.Resolve(name);

        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);
    }
}
