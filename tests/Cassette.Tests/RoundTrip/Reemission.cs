using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Cassette.Fody.Emission;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Verification;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Tests.RoundTrip;

/// <summary>An assembly whose every body was imported, verified and emitted again with no pass in between, written as a new image.</summary>
internal sealed class Reemission
{
    private readonly List<string> refused = [];
    private readonly List<string> rejected = [];

    public Reemission(string assembly)
        : this(Corpus.Load(assembly), assembly)
    {
    }

    public Reemission(ModuleDefinition module, string assembly)
    {
        Assembly = assembly;
        using (module)
        {
            Rewrite(module);
            Write(module);
        }
    }

    public string Assembly { get; }

    public byte[] Image { get; private set; } = [];

    /// <summary>The symbols as a file of their own; empty when the module has none.</summary>
    public byte[] Symbols { get; private set; } = [];

    public int Bodies { get; private set; }

    public IReadOnlyList<string> Refused => refused;

    public IReadOnlyList<string> Rejected => rejected;

    public TimeSpan Importing { get; private set; }

    public TimeSpan Verifying { get; private set; }

    public TimeSpan Emitting { get; private set; }

    public ModuleDefinition Read() => ModuleDefinition.ReadModule(
        new MemoryStream(Image),
        Symbols.Length == 0
            ? new ReaderParameters { AssemblyResolver = Corpus.Resolver() }
            : new ReaderParameters
            {
                AssemblyResolver = Corpus.Resolver(),
                ReadSymbols = true,
                SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = new MemoryStream(Symbols),
            });

    private void Rewrite(ModuleDefinition module)
    {
        var types = new TypeUniverse(module);
        var importer = new BodyImporter(types);
        var verifier = new BodyVerifier(new Assignability(types));
        var emitter = new BodyEmitter(new SymbolImporter(module));
        var clock = new Stopwatch();
        // Cecil reads a body when it is first asked for; that is no part of the import.
        foreach (var method in Corpus.Bodies(module).ToList())
        {
            Bodies++;
            clock.Restart();
            var import = importer.Import(method);
            Importing += clock.Elapsed;
            if (import.Body is not { } body)
            {
                refused.Add($"{method.FullName}: {import.Refusal}");
                continue;
            }
            clock.Restart();
            var errors = verifier.Verify(body);
            Verifying += clock.Elapsed;
            if (errors.Count > 0)
                rejected.Add($"{method.FullName}: {errors[0]}");
            clock.Restart();
            emitter.Emit(body, method);
            Emitting += clock.Elapsed;
        }
    }

    private void Write(ModuleDefinition module)
    {
        // Precompiled code is not copied, so the image holds IL only; Cecil refuses to write it otherwise.
        module.Attributes |= ModuleAttributes.ILOnly;
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        module.Write(image, module.HasSymbols
            ? new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider(), SymbolStream = symbols }
            : new WriterParameters());
        Image = image.ToArray();
        Symbols = symbols.ToArray();
    }
}
