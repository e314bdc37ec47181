using System;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Running;
using Cassette.Benchmarks.Running;
using Cassette.Benchmarks.Weaving;

namespace Cassette.Benchmarks;

/// <summary>
/// <code>
/// dotnet run -c Release -- [BenchmarkDotNet's options]     all benchmarks, for the record
/// dotnet run -c Release -- --quick [filter...]             the same with few and short iterations
/// dotnet run -c Release -- --pairs [filter...]             the same methods in turns, which a busy machine disturbs least
/// dotnet run -c Release -- --pairs alone [filter...]       that with a process of its own for each side
/// dotnet run -c Release -- --pairs processes=5 [filter...] (or processes=5 alone) that so many times in other processes, whose medians are told
/// dotnet run -c Release -- --weaving [methods...]          weaving time and memory
/// dotnet run -c Release -- --weaving nested [pairs...]     weaving time under stacks of one, two and three contexts
/// </code>
/// </summary>
public static class Program
{
    public static int Main(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "--pairs" when args.Length > 1 && args[1].StartsWith("processes=", StringComparison.Ordinal):
                PairReport.Run(int.Parse(args[1].AsSpan("processes=".Length), provider: CultureInfo.InvariantCulture), args[2..]);
                return 0;
            case RemoteSide.Verb:
                RemoteSide.Serve(args[1], args[2]);
                return 0;
            case "--pairs":
                PairRunner.Run(args[1..]);
                return 0;
            case "--weaving":
                return WeavingReport.Run(args[1..]);
            case "--quick":
                string[] filter = args.Length > 1 ? ["--filter", .. args[1..].Select(a => $"*{a}*")] : ["--filter", "*"];
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(filter, new RatioConfig(quick: true));
                return 0;
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new RatioConfig(quick: false));
                return 0;
        }
    }
}
