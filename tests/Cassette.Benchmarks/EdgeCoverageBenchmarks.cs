using System.Linq;
using BenchmarkDotNet.Attributes;
using Cassette.Benchmarks.Contexts;
using Cassette.Benchmarks.Subjects;
using Fuzz.Passes;

namespace Cassette.Benchmarks;

/// <summary>A pass that counts every edge of control flow against the same code run natively.</summary>
public class EdgeCoverageBenchmarks
{
    private const string Line = "(alpha + 12.5) * beta2 / 3 - (7 - gamma * (1 + 40.25)) * x + 1000 / (size + 1)";

    private readonly string text = string.Join(" + ", Enumerable.Repeat(Line, 40));
    private readonly EdgeCoverageCtx coverage = new(new int[EdgeCounters.Length]);

    [Benchmark(Baseline = true), BenchmarkCategory("Parser")]
    public double ParserNative() => Calculation.Evaluate(text);

    [Benchmark, BenchmarkCategory("Parser")]
    public double ParserEdgeCoverage() => coverage.Overdub(Calculation.Evaluate, text);
}
