using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cassette.Fody;
using Cassette.Fody.Discovery;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.Harness;

/// <summary>The one place where tests meet the weaver's entry: reads, weaves and writes as Fody does.</summary>
internal static class WeaverAdapter
{
    public static WovenProgram Weave(
        CompiledProgram program, string configuration, IReadOnlyDictionary<string, byte[]> libraries, string? projectDirectory = null, IPassSource? passes = null, TimeSpan? passLimit = null)
    {
        // Fody hands the element over without its positions, which the weaver reads from the file.
        using var file = new ConfigurationFile(configuration);
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
        WeaveResult result = new WeavePipeline(module, XElement.Parse(configuration), file.Path, projectDirectory, passes: passes) { PassLimit = passLimit ?? TimeSpan.FromSeconds(10) }.Run(diagnostics);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, new WriterParameters
        {
            WriteSymbols = true,
            SymbolWriterProvider = new PortablePdbWriterProvider(),
            SymbolStream = symbols,
        });
        return new WovenProgram(
            program,
            image.ToArray(),
            symbols.ToArray(),
            [.. diagnostics.Select(file.WithoutFolder)],
            [
                .. (result.Plan?.Clones ?? [])
                    .Where(clone => clone.Refusal == LeaveReason.Refused)
                    .Select(clone => $"Refused: {clone.Method.FullName}: {clone.RefusalText}"),
            ],
            result);
    }
}
