using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Cassette.Fody.Configuration;
using Cassette.Fody.Configuration.Patterns;
using Cassette.Fody.Metadata;
using Cassette.Fody.Reporting;
using Cassette.Fody.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Rules;

/// <summary>A compiled source with contexts, rules and calls, ready for questions about which rules a call gets.</summary>
internal sealed class RuleSubject : IDisposable
{
    public const string File = "Rules.cs";

    private const string Prelude =
        "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Numerics; using System.Runtime.CompilerServices; "
        + "using System.Threading.Tasks; using Cassette;\n";

    private readonly Resolver resolver;
    private readonly ModuleDefinition module;
    private readonly string source;

    private RuleSubject(string source, WeaverConfig config, (string Name, string Source)[] libraries)
    {
        this.source = source;
        resolver = new Resolver();
        foreach (var (name, text) in libraries)
            resolver.Add(name, Compile(name, text, name + ".cs", resolver.Images));
        var image = Compile("Subject", source, File, resolver.Images);
        module = resolver.Read(image);
        Types = new TypeUniverse(module);
        Assignability = new Assignability(Types);
        var runtime = resolver.Resolve(new AssemblyNameReference("Cassette.Attributes", null)).MainModule;
        var further = libraries.Select(library => new AssemblyNameReference(library.Name, new Version()));
        config.DeclareTo(Usage);
        Models = new ContextModels(Types, Assignability, runtime, RuleModules.Find(module, further), config, new PatternMatcher(), Usage, Diagnostics);
    }

    public TypeUniverse Types { get; }

    public Assignability Assignability { get; }

    public ContextModels Models { get; }

    public DiagnosticBag Diagnostics { get; } = new();

    public PatternUsage Usage { get; } = new();

    public ModuleDefinition Module => module;

    /// <summary>Compiles C# (with the usual usings before it) and opens it.</summary>
    public static RuleSubject Of(string source, params (string Name, string Source)[] libraries) => new(source, WeaverConfig.Default, libraries);

    public static RuleSubject Of(WeaverConfig config, string source) => new(source, config, []);

    /// <summary>The configuration of a <c>Cassette</c> element.</summary>
    public static WeaverConfig Configuration(string xml, DiagnosticBag diagnostics) =>
        WeaverConfigReader.ReadText("FodyWeavers.xml", "<Weavers>\n" + xml + "\n</Weavers>", diagnostics)!;

    /// <summary>A type of the subject by its metadata name, with arguments.</summary>
    public TypeSymbol Type(string name, params TypeSymbol[] arguments) =>
        Types.Instantiate(Types.Import(module.GetType(name) ?? throw new ArgumentException("There is no type " + name), Fody.Metadata.GenericScope.Empty), arguments);

    public ContextModel Context(string name, params TypeSymbol[] arguments) => Models.For(Type(name, arguments))!;

    /// <summary>The first call of a method of this name in <c>Program.Run</c>.</summary>
    public CallShape Call(string callee, TypeSymbol? receiver = null, string caller = "Run")
    {
        var method = module.GetType("Program").Methods.Single(m => m.Name == caller);
        var call = method.Body.Instructions.First(i => i.Operand is MethodReference reference && reference.Name == callee);
        var symbol = Types.Import((MethodReference)call.Operand, Fody.Metadata.GenericScope.Of(Types, method));
        if (call.OpCode.Code == Code.Newobj)
            return CallShape.OfNew(symbol, method, (MethodReference)call.Operand);
        if (call.Previous is { OpCode.Code: Code.Constrained } constrained)
            receiver = Types.ByRef(Types.Import((TypeReference)constrained.Operand, Fody.Metadata.GenericScope.Of(Types, method)));
        return CallShape.OfCall(Assignability, symbol, receiver, method, (MethodReference)call.Operand);
    }

    public RuleSelection Select(RuleKind kind, string callee, TypeSymbol? receiver = null, string context = "Ctx", string caller = "Run") =>
        Models.Selector.Select(Context(context), kind, Call(callee, receiver, caller));

    /// <summary>The names of the rules that are tried, with what each tests for: <c>Text[string] Any</c>.</summary>
    public string Order(RuleKind kind, string callee, TypeSymbol? receiver = null, string context = "Ctx", string caller = "Run") =>
        string.Join(" ", Select(kind, callee, receiver, context, caller).Bindings.Select(Describe));

    /// <summary>Everything reported, once all rules are checked: <c>CAS304 3</c> for a code and a line of the source.</summary>
    public IEnumerable<string> Report()
    {
        Models.ValidateWovenModule();
        return Diagnostics.Select(found => found.Id + (found.Position is { } position && Path.GetFileName(position.File) == File ? " " + position.Line : ""));
    }

    /// <summary>The line of the source in which a text stands.</summary>
    public int LineOf(string text) => LineOf(source, text);

    public static int LineOf(string source, string text)
    {
        var index = (Prelude + source).IndexOf(text, StringComparison.Ordinal);
        Xunit.Assert.True(index >= 0, "The source has no " + text);
        return (Prelude + source).Take(index).Count(c => c == '\n') + 1;
    }

    public void Dispose()
    {
        module.Dispose();
        resolver.Dispose();
    }

    private static string Describe(RuleBinding binding) =>
        binding.Rule.Definition.Name
        + (binding.Tests.Count == 0 ? "" : "[" + string.Join(",", binding.Tests.Select(test => Subject(test) + test.Type.DisplayName)) + "]");

    private static string Subject(RuntimeTest test) => test.Subject switch
    {
        OperandSource.Argument => test.Argument + ":",
        OperandSource.Output => "output:",
        _ => "exception:",
    };

    private static (byte[] Image, byte[] Symbols) Compile(string name, string source, string path, IEnumerable<byte[]> libraries)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(Prelude + source, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.CSharp14), path);
        var references = Resolver.Paths.Values.Order(StringComparer.Ordinal).Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
            .Concat(libraries.Select(image => MetadataReference.CreateFromImage(image)));
        var compilation = CSharpCompilation.Create(name, [tree], references, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
        return (image.ToArray(), symbols.ToArray());
    }

    /// <summary>Finds the targeting pack's reference assemblies, the runtime library, and what was compiled beside the subject.</summary>
    private sealed class Resolver : IAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition> read = [];
        private readonly Dictionary<string, (byte[] Image, byte[] Symbols)> compiled = [];

        public static Dictionary<string, string> Paths { get; } = FindPaths();

        public IEnumerable<byte[]> Images => compiled.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.Image);

        public void Add(string name, (byte[], byte[]) image) => compiled.Add(name, image);

        public ModuleDefinition Read((byte[] Image, byte[] Symbols) compiled) => ModuleDefinition.ReadModule(new MemoryStream(compiled.Image), new ReaderParameters
        {
            AssemblyResolver = this,
            ReadSymbols = true,
            SymbolStream = new MemoryStream(compiled.Symbols),
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });

        public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (!read.TryGetValue(name.Name, out var assembly))
            {
                assembly = compiled.TryGetValue(name.Name, out var image) ? Read(image).Assembly
                    : Paths.TryGetValue(name.Name, out var path) ? AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this })
                    : throw new AssemblyResolutionException(name);
                read.Add(name.Name, assembly);
            }
            return assembly;
        }

        public void Dispose()
        {
            foreach (var assembly in read.Values)
                assembly.Dispose();
        }

        private static Dictionary<string, string> FindPaths()
        {
            // <dotnet>/shared/Microsoft.NETCore.App/10.0.x/ stands beside <dotnet>/packs/Microsoft.NETCore.App.Ref/10.0.x/.
            var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
            var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
            var folder = Directory.GetDirectories(packs).Select(pack => Path.Combine(pack, "ref", "net" + Environment.Version.ToString(2)))
                .Where(Directory.Exists).Max(StringComparer.Ordinal)!;
            var paths = Directory.GetFiles(folder, "*.dll").ToDictionary(path => Path.GetFileNameWithoutExtension(path)!);
            paths["Cassette.Attributes"] = typeof(IContext).Assembly.Location;
            return paths;
        }
    }
}
