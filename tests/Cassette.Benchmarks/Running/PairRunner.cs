using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// Runs each category's benchmarks in turns, a few milliseconds of processor time each. What disturbs the machine for longer than a turn
/// disturbs all sides alike, so the median of the ratios within a turn holds on a busy machine; the ratio of the fastest tenths is printed
/// beside it, and where the two differ the figure is to be taken again.
/// </summary>
internal static class PairRunner
{
    /// <summary>The word that says to give each side a process of its own.</summary>
    public const string Alone = "alone";

    private const int Turns = 301;

    public static void Run(string[] filters)
    {
        bool isAlone = filters.FirstOrDefault() == Alone;
        filters = isAlone ? filters[1..] : filters;
        Console.WriteLine($"{"category",-22} {"benchmark",-34} {"median",12} {"ratio",8} {"quartiles",15} {"fastest",8} {"bytes",8}");
        foreach (Type type in typeof(PairRunner).Assembly.GetTypes().Where(t => t.GetMethods().Any(IsBenchmark)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            object instance = Activator.CreateInstance(type)!;
            foreach (IGrouping<string, MethodInfo> category in type.GetMethods().Where(IsBenchmark).GroupBy(m => m.GetCustomAttribute<BenchmarkCategoryAttribute>()!.Categories[0]))
            {
                if (filters.Length != 0 && !filters.Any(f => category.Key.Contains(f, StringComparison.OrdinalIgnoreCase)))
                    continue;
                MethodInfo[] methods = [.. category.OrderByDescending(m => m.GetCustomAttribute<BenchmarkAttribute>()!.Baseline)];
                RunCategory(category.Key, [.. methods.Select(m => isAlone ? (Side)new RemoteSide(type.FullName!, m.Name) : new LocalSide(m.Name, m.CreateDelegate<Func<double>>(instance)))]);
            }
        }
    }

    private static bool IsBenchmark(MethodInfo method) => method.IsDefined(typeof(BenchmarkAttribute));

    private static void RunCategory(string category, Side[] sides)
    {
        foreach (Side side in sides)
            side.Prepare();
        var times = new double[sides.Length, Turns];
        for (int turn = 0; turn < Turns; turn++)
        {
            // The order changes from turn to turn, so that none always follows the same one.
            for (int i = 0; i < sides.Length; i++)
            {
                int which = (i + turn) % sides.Length;
                times[which, turn] = sides[which].Turn();
            }
        }

        for (int i = 0; i < sides.Length; i++)
        {
            double[] own = [.. Enumerable.Range(0, Turns).Select(t => times[i, t])];
            double[] ratios = [.. Enumerable.Range(0, Turns).Select(t => times[i, t] / times[0, t])];
            Console.WriteLine($"{category,-22} {sides[i].Name,-34} {Quantile(own, 0.5) / 1000,9:N2} us {Quantile(ratios, 0.5),8:N3} {Quantile(ratios, 0.25),7:N3}-{Quantile(ratios, 0.75),-7:N3} {Quantile(own, 0.1) / Quantile(Enumerable.Range(0, Turns).Select(t => times[0, t]), 0.1),8:N3} {sides[i].CountBytes(),8}");
        }

        foreach (Side side in sides)
            side.Dispose();
    }

    private static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(part * (sorted.Length - 1))];
    }
}
