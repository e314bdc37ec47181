using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Cassette.Benchmarks.Running;
using Cassette.Fody;
using Cassette.Fody.Reporting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cassette.Benchmarks.Weaving;

/// <summary>
/// Reads an assembly with its symbols, weaves it or not, and writes both to memory, again and again, on the processor time of the one thread that
/// does it all, collections included: an idle machine's stopwatch shows the same.
/// </summary>
internal static class WeavingRun
{
    public static void Measure(string path, bool weave, int rounds)
    {
        byte[] image = File.ReadAllBytes(path), symbols = File.ReadAllBytes(Path.ChangeExtension(path, ".pdb"));
        // Small assemblies need more rounds until the JIT has compiled the weaver for good.
        int warmUps = image.Length > 4_000_000 ? 2 : image.Length > 1_000_000 ? 5 : 12;
        for (int i = 0; i < warmUps; i++)
            Once(image, symbols, weave);
        var times = new List<double>();
        (int Methods, int Clones) counts = default;
        TimeSpan paused = default;
        for (int i = 0; i < rounds; i++)
        {
            GC.Collect();
            TimeSpan pausedBefore = GC.GetTotalPauseDuration();
            long start = ThreadClock.Nanoseconds;
            counts = Once(image, symbols, weave);
            times.Add((ThreadClock.Nanoseconds - start) / 1e6);
            paused += GC.GetTotalPauseDuration() - pausedBefore;
        }

        times.Sort();
        Console.WriteLine($"fastest {times[0]:N0} ms, collecting {paused.TotalMilliseconds / rounds:N0} ms, {GC.GetTotalAllocatedBytes() / 1048576 / (warmUps + rounds)} MB allocated in each");
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(new WeavingFigures(counts.Methods, counts.Clones, times[times.Count / 2], self.PeakWorkingSet64 / 1048576.0));
    }

    private static (int Methods, int Clones) Once(byte[] image, byte[] symbols, bool weave)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image), new ReaderParameters
        {
            AssemblyResolver = resolver,
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = new MemoryStream(symbols),
        });
        int methods = module.GetTypes().Sum(t => t.Methods.Count);
        int clones = weave ? Weave(module) : 0;
        using var written = new MemoryStream();
        module.Write(written, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider(), SymbolStream = new MemoryStream() });
        return (methods, clones);
    }

    private static int Weave(ModuleDefinition module)
    {
        var diagnostics = new DiagnosticBag();
        WeaveResult result = new WeavePipeline(module, new XElement("Cassette"), null, null).Run(diagnostics);
        return diagnostics.HasErrors
            ? throw new InvalidOperationException(string.Join(Environment.NewLine, diagnostics))
            : result.Plan?.Clones.Count ?? throw new InvalidOperationException("Nothing was woven.");
    }
}
