using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Cassette.Benchmarks.Running;

/// <summary>
/// One table of ratios a category. Benchmarks run in this process: what is measured is this very assembly as the weaver left it, and no
/// second build of it.
/// </summary>
internal sealed class RatioConfig : ManualConfig
{
    public RatioConfig(bool quick)
    {
        Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
        AddJob(quick ? job.WithWarmupCount(8).WithIterationCount(9).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(100)) : job);
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddExporter(MarkdownExporter.GitHub);
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
        SummaryStyle = SummaryStyle.Default.WithRatioStyle(RatioStyle.Value);
    }
}
