using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using BenchmarkDotNet.Attributes;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// Runs each category's benchmarks in turns, a few milliseconds of processor time each. What disturbs the machine for longer than a turn
/// disturbs all sides alike, so the median of the ratios within a turn holds on a busy machine; the ratio of the fastest tenths is printed
/// beside it, and where the two differ the figure is to be taken again.
/// </summary>
internal static class PairRunner
{
    private const int Turns = 301;
    private const double TurnMilliseconds = 1.0;

    public static void Run(string[] filters)
    {
        Console.WriteLine($"{"category",-22} {"benchmark",-34} {"median",12} {"ratio",8} {"quartiles",15} {"fastest",8} {"bytes",8}");
        foreach (Type type in typeof(PairRunner).Assembly.GetTypes().Where(t => t.GetMethods().Any(IsBenchmark)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            object instance = Activator.CreateInstance(type)!;
            foreach (IGrouping<string, MethodInfo> category in type.GetMethods().Where(IsBenchmark).GroupBy(m => m.GetCustomAttribute<BenchmarkCategoryAttribute>()!.Categories[0]))
            {
                if (filters.Length == 0 || filters.Any(f => category.Key.Contains(f, StringComparison.OrdinalIgnoreCase)))
                    RunCategory(category.Key, [.. category.OrderByDescending(m => m.GetCustomAttribute<BenchmarkAttribute>()!.Baseline)], instance);
            }
        }
    }

    private static bool IsBenchmark(MethodInfo method) => method.IsDefined(typeof(BenchmarkAttribute));

    private static void RunCategory(string category, MethodInfo[] methods, object instance)
    {
        Func<double>[] actions = [.. methods.Select(m => m.CreateDelegate<Func<double>>(instance))];
        foreach (Func<double> action in actions)
            WarmUp(action);
        int[] repeats = [.. actions.Select(RepeatsOf)];
        var times = new double[actions.Length, Turns];
        for (int turn = 0; turn < Turns; turn++)
        {
            // The order changes from turn to turn, so that none always follows the same one.
            for (int i = 0; i < actions.Length; i++)
            {
                int which = (i + turn) % actions.Length;
                times[which, turn] = Time(actions[which], repeats[which]) / repeats[which];
            }
        }

        for (int i = 0; i < actions.Length; i++)
        {
            double[] own = [.. Enumerable.Range(0, Turns).Select(t => times[i, t])];
            double[] ratios = [.. Enumerable.Range(0, Turns).Select(t => times[i, t] / times[0, t])];
            Console.WriteLine($"{category,-22} {methods[i].Name,-34} {Quantile(own, 0.5) / 1000,9:N2} us {Quantile(ratios, 0.5),8:N3} {Quantile(ratios, 0.25),7:N3}-{Quantile(ratios, 0.75),-7:N3} {Quantile(own, 0.1) / Quantile(Enumerable.Range(0, Turns).Select(t => times[0, t]), 0.1),8:N3} {BytesOf(actions[i]),8}");
        }
    }

    /// <summary>Until the last tier of the JIT is there: its counters need calls, its back end time.</summary>
    private static void WarmUp(Func<double> action)
    {
        for (int phase = 0; phase < 8; phase++)
        {
            long end = ThreadClock.Nanoseconds + 20_000_000;
            int calls = 0;
            while (calls++ < 60 || ThreadClock.Nanoseconds < end)
                action();
            Thread.Sleep(250);
        }
    }

    private static int RepeatsOf(Func<double> action)
    {
        int repeats = 1;
        while (Time(action, repeats) < TurnMilliseconds * 1e6)
            repeats *= 2;
        return repeats;
    }

    /// <summary>In nanoseconds.</summary>
    private static double Time(Func<double> action, int repeats)
    {
        long start = ThreadClock.Nanoseconds;
        for (int i = 0; i < repeats; i++)
            action();
        return ThreadClock.Nanoseconds - start;
    }

    private static long BytesOf(Func<double> action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(part * (sorted.Length - 1))];
    }
}
