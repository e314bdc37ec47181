using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Cassette.Tests.Differential;

/// <summary>One random program, run natively and woven.</summary>
internal sealed class DifferentialRun
{
    private readonly GeneratedProgram program;
    private readonly OptimizationLevel build;
    private readonly LoadedProgram native;
    private readonly LoadedProgram woven;

    public DifferentialRun(int seed, OptimizationLevel build)
    {
        program = ProgramGenerator.Make(seed);
        this.build = build;
        try
        {
            var compiled = CompiledProgram.Compile(
                build,
                new Source($"/src/Program{seed}.cs", program.Text),
                new Source(CaseProgram.ContextsPath, ContextSources.NoRules + ContextSources.Counting),
                new Source(CaseProgram.EntryPath, ContextSources.Entries),
                new Source("/src/GeneratedContexts.cs", GeneratedContexts.Text + Further(seed)),
                new Source("/src/PassiveContexts.cs", ContextSources.Passive));
            native = compiled.Load();
            woven = compiled.Weave().Verified().Load();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"Seed {seed}, {build}: {fault.Message}", fault);
        }
    }

    /// <summary>What differs, a line each; none where all is well.</summary>
    public IEnumerable<string> Differences()
    {
        var expected = native.Record("Entry.Native");
        string[] entries = ["Entry.Native", "Entry.NoRules", "Entry.Counting", "Entry.TypedCounting", .. IsNested(program.Seed) ? Array.Empty<string>() : ["PassiveEntry.Run"]];
        foreach (var entry in entries)
        {
            if (Difference(expected, woven.Record(entry)) is { } difference)
                yield return $"Seed {program.Seed}, {build}, {entry}: {difference}";
        }
        var counts = native.Run<int[]>("GeneratedEntry.Native", TextWriter.Null);
        string[] probed = ["GeneratedEntry.Probed", .. IsNested(program.Seed) ? ["NestedEntry.Probed"] : Array.Empty<string>()];
        foreach (var difference in probed.SelectMany(entry => ProbeDifferences(entry, expected.Output, counts)))
            yield return $"Seed {program.Seed}, {build}, {difference}";
    }

    /// <summary>A quarter of the programs runs in three contexts at once, the others each in one that looks at all calls, or makes them.</summary>
    private static string Further(int seed) => (seed % 4) switch
    {
        1 => GeneratedContexts.Entering("PassingCtx()"),
        2 => GeneratedContexts.Entering("WatchingCtx(new int[2])"),
        3 => GeneratedContexts.Entering("TupleWatchingCtx(new int[1])"),
        _ => GeneratedContexts.Nested,
    };

    private static bool IsNested(int seed) => seed % 4 == 0;

    private IEnumerable<string> ProbeDifferences(string entry, string expected, int[] counts)
    {
        var output = new StringWriter { NewLine = "\n" };
        var probed = woven.Run<int[][]>(entry, output);
        if (output.ToString() != expected)
            yield return $"{entry}: {Difference(expected, output.ToString())}";
        for (var id = 0; id < counts.Length; id++)
        {
            var (seen, escaped) = (probed[0][id], probed[1][id]);
            if (seen + escaped != counts[id])
                yield return $"{entry}: probe {id} ran {counts[id]} times natively, {seen} times seen and {escaped} times unseen in the context";
            if (escaped > 0 && !MayEscape(id))
                yield return $"{entry}: probe {id} escaped {escaped} times of {counts[id]}: {LineOf(id)}";
        }
    }

    /// <summary>
    /// What the framework calls of an object that it was handed: <c>ToString</c> by interpolation, <c>GetEnumerator</c> by LINQ, <c>Compare</c> by a sort.
    /// The report says where such objects go.
    /// </summary>
    private static bool MayEscape(int id) => id is 199 or 194 or 192;

    private string LineOf(int id) => program.Text.Split('\n').First(line => line.Contains($"Probe.Here({id})", StringComparison.Ordinal)).Trim();

    private static string? Difference(ProgramRun expected, ProgramRun actual) =>
        expected.Output != actual.Output ? Difference(expected.Output, actual.Output)
        : expected.Thrown?.ToString() != actual.Thrown?.ToString() ? $"threw {actual.Thrown} and not {expected.Thrown}"
        : null;

    private static string Difference(string expected, string actual)
    {
        var lines = expected.Split('\n');
        var others = actual.Split('\n');
        var at = Enumerable.Range(0, Math.Min(lines.Length, others.Length)).FirstOrDefault(i => lines[i] != others[i], Math.Min(lines.Length, others.Length) - 1);
        return $"line {at + 1} is '{others[at]}' and not '{lines[at]}'";
    }
}
