using System.Collections.Generic;
using System.IO;
using System.Xml.Linq;
using Cassette.Fody;
using Cassette.Fody.Reporting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Harness;

/// <summary>The one place where tests meet the weaver's entry: reads, weaves and writes as Fody does.</summary>
internal static class WeaverAdapter
{
    /// <summary>The configuration file that positions in XML refer to.</summary>
    public const string ConfigurationPath = "/src/FodyWeavers.xml";

    public static WovenProgram Weave(
        CompiledProgram program, XElement configuration, IReadOnlyDictionary<string, byte[]> libraries, string? projectDirectory = null)
    {
        using var resolver = new PlatformResolver(libraries);
        using var module = ModuleDefinition.ReadModule(
            new MemoryStream(program.Image),
            new ReaderParameters
            {
                AssemblyResolver = resolver,
                ReadSymbols = true,
                SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = new MemoryStream(program.Symbols),
            });
        var diagnostics = new DiagnosticBag();
        WeaveResult result = new WeavePipeline(module, configuration, ConfigurationPath, projectDirectory).Run(diagnostics);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters
        {
            WriteSymbols = true,
            SymbolWriterProvider = new PortablePdbWriterProvider(),
            SymbolStream = symbols,
        });
        return new WovenProgram(program, image.ToArray(), symbols.ToArray(), [.. diagnostics], result);
    }
}
