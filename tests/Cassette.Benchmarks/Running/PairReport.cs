using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// The pairs in several processes, one after the other: a process keeps what the JIT made of a method and where it put it, which can make one side of a pair
/// faster or slower for as long as the process lives. What is printed is the median of the processes' ratios, and the least and the greatest.
/// </summary>
internal static class PairReport
{
    public static void Run(int processes, string[] filters)
    {
        List<Dictionary<(string Category, string Benchmark), (double Ratio, string Bytes)>> runs = [];
        for (int i = 0; i < processes; i++)
            runs.Add(Parse(ChildProcess.Run(["--pairs", .. filters])));
        Console.WriteLine($"{"category",-22} {"benchmark",-34} {"ratio",8} {"least-greatest",16} {"bytes",8}   {processes} processes");
        foreach (var row in runs[0].Keys)
        {
            double[] ratios = [.. runs.Select(r => r[row].Ratio).Order()];
            Console.WriteLine($"{row.Category,-22} {row.Benchmark,-34} {ratios[ratios.Length / 2],8:N3} {ratios[0],7:N3}-{ratios[^1],-8:N3} {string.Join("/", runs.Select(r => r[row].Bytes).Distinct()),8}");
        }
    }

    private static Dictionary<(string, string), (double, string)> Parse(string output)
    {
        var rows = new Dictionary<(string, string), (double, string)>();
        foreach (string line in output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            rows.Add((parts[0], parts[1]), (double.Parse(parts[4], CultureInfo.InvariantCulture), parts[^1]));
        }

        return rows;
    }
}
