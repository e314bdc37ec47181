using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Differential;

/// <summary>
/// Random programs do under contexts what they do natively, and every call of a method of theirs is seen. <c>CASSETTE_SEEDS=from-to</c> runs
/// other seeds than the usual ones; a failure names its seed.
/// </summary>
public sealed class GeneratorTests
{
    private const int UsualSeeds = 100;
    private const int SeedsOfATest = 5;

    public static TheoryData<int, int> Batches()
    {
        var (first, last) = Seeds();
        var data = new TheoryData<int, int>();
        for (var seed = first; seed <= last; seed += SeedsOfATest)
            data.Add(seed, Math.Min(last, seed + SeedsOfATest - 1));
        return data;
    }

    [Fact]
    public void A_seed_always_gives_the_same_program() =>
        Assert.Equal(ProgramGenerator.Make(17).Text, ProgramGenerator.Make(17).Text);

    [Theory, MemberData(nameof(Batches))]
    public void Random_programs_do_under_contexts_what_they_do_natively(int first, int last)
    {
        var differences = new List<string>();
        for (var seed = first; seed <= last; seed++)
        {
            foreach (var build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
                differences.AddRange(new DifferentialRun(seed, build).Differences());
        }
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static (int First, int Last) Seeds()
    {
        var range = Environment.GetEnvironmentVariable("CASSETTE_SEEDS");
        if (range is null)
            return (0, UsualSeeds - 1);
        var parts = range.Split('-');
        return (int.Parse(parts[0]), int.Parse(parts[1]));
    }
}
