using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Cassette.Benchmarks.Running;

namespace Cassette.Benchmarks.Weaving;

/// <summary>
/// Weaving time and peak memory by size of assembly. Each size is measured in a process of its own, once with and once without the weave, so
/// that peaks are its own and what is subtracted is the cost of reading and writing alone.
/// </summary>
internal static class WeavingReport
{
    private const string Single = "single";
    private const string Nested = "nested";
    private static readonly int[] Sizes = [1_000, 4_000, 16_000];
    private static readonly int[] Pairs = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

    public static int Run(string[] args)
    {
        if (args.FirstOrDefault() == Single)
        {
            WeavingRun.Measure(args[1], weave: bool.Parse(args[2]), rounds: int.Parse(args[3], CultureInfo.InvariantCulture));
            return 0;
        }

        bool isNested = args.FirstOrDefault() == Nested;
        string[] given = isNested ? args[1..] : args;
        int[] sizes = given.Length == 0 ? isNested ? Pairs : Sizes : [.. given.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        string directory = Directory.CreateTempSubdirectory("cassette-weaving").FullName;
        try
        {
            if (isNested)
                ReportNested(sizes, directory);
            else
                Report(sizes, directory);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Report(int[] sizes, string directory)
    {
        Console.WriteLine($"{"methods",8} {"clones",8} {"plain",10} {"woven",10} {"weave",10} {"clones/s",10} {"us/clone",9} {"growth",7} {"peak plain",11} {"peak woven",11}");
        double? first = null;
        foreach (int size in sizes)
        {
            string path = Generate(size, isNested: false, directory);
            int rounds = size > 8000 ? 7 : 11;
            WeavingFigures plain = RunChild(path, weave: false, rounds), woven = RunChild(path, weave: true, rounds);
            double weave = woven.Milliseconds - plain.Milliseconds;
            double each = weave * 1000 / woven.Clones;
            first ??= each;
            Console.WriteLine($"{woven.Methods,8} {woven.Clones,8} {plain.Milliseconds,7:N0} ms {woven.Milliseconds,7:N0} ms {weave,7:N0} ms {woven.Clones / weave * 1000,10:N0} {each,9:N1} {each / first,7:N2} {plain.PeakMegabytes,8:N0} MB {woven.PeakMegabytes,8:N0} MB");
        }
    }

    /// <summary>Time by pairs of a method and a stack of contexts: each method runs under one, two and three.</summary>
    private static void ReportNested(int[] sizes, string directory)
    {
        Console.WriteLine($"{"pairs",8} {"methods",8} {"weave",10} {"pairs/s",10} {"us/pair",9} {"growth",7} {"peak",10}");
        double? first = null;
        foreach (int size in sizes)
        {
            string path = Generate(size / 3, isNested: true, directory);
            int rounds = size > 8000 ? 3 : 7;
            WeavingFigures plain = RunChild(path, weave: false, rounds), woven = RunChild(path, weave: true, rounds);
            double weave = woven.Milliseconds - plain.Milliseconds, each = weave * 1000 / woven.Clones;
            first ??= each;
            Console.WriteLine($"{woven.Clones,8} {woven.Methods,8} {weave / 1000,8:N2} s {woven.Clones / weave * 1000,10:N0} {each,9:N1} {each / first,7:N2} {woven.PeakMegabytes,7:N0} MB");
        }
    }

    private static string Generate(int methods, bool isNested, string directory)
    {
        string path = Path.Combine(directory, $"Generated{methods}.dll");
        var assembly = new GeneratedAssembly(methods, isNested);
        File.WriteAllBytes(path, assembly.Image);
        File.WriteAllBytes(Path.ChangeExtension(path, ".pdb"), assembly.Symbols);
        return path;
    }

    private static WeavingFigures RunChild(string path, bool weave, int rounds) =>
        WeavingFigures.Parse(ChildProcess.Run(["--weaving", Single, path, weave.ToString(), rounds.ToString(CultureInfo.InvariantCulture)]));
}
