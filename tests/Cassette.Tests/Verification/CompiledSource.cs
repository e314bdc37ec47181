using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Verification;

/// <summary>A small C# source as a module with debug information, and its bodies as IR.</summary>
internal sealed class CompiledSource
{
    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll")
            .Select(p => MetadataReference.CreateFromFile(p))];

    public CompiledSource(string source, bool optimize = true)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), new CSharpParseOptions(LanguageVersion.Preview), "/src/Sample.cs");
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: optimize ? OptimizationLevel.Release : OptimizationLevel.Debug, deterministic: true);
        Image = new MemoryStream();
        var symbols = new MemoryStream();
        var result = CSharpCompilation.Create("Sample", [tree], References, options).Emit(Image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
        Image.Position = symbols.Position = 0;
        Module = ModuleDefinition.ReadModule(Image, new ReaderParameters
        {
            AssemblyResolver = Corpus.Resolver(),
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = symbols,
        });
        Types = new TypeUniverse(Module);
    }

    public MemoryStream Image { get; }

    public ModuleDefinition Module { get; }

    public TypeUniverse Types { get; }

    public TypeSymbol Type(string name) =>
        Types.SelfOf(Module.GetTypes().Single(t => t.Name == name));

    public MethodDefinition Method(string name) => Module.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == name);

    /// <summary>The IR of a method's body.</summary>
    public MethodIR Import(string name)
    {
        var result = new BodyImporter(Types).Import(Method(name));
        return result.Body ?? throw new InvalidOperationException(result.Refusal);
    }

    /// <summary>The type of a method's parameter or return value, as written in the source.</summary>
    public TypeSymbol TypeOf(string method, int parameter = -1)
    {
        var definition = Method(method);
        return Types.Import(parameter < 0 ? definition.ReturnType : definition.Parameters[parameter].ParameterType, GenericScope.Of(Types, definition));
    }
}
