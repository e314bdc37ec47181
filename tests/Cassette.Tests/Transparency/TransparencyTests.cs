using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Transparency;

/// <summary>
/// Every construct of C# in a program of its own does under a context what it does without: the same output and exceptions, the same
/// public surface; and a counting context sees the calls that the source predicts.
/// </summary>
public sealed class TransparencyTests
{
    public static TheoryData<string, OptimizationLevel> Programs()
    {
        var data = new TheoryData<string, OptimizationLevel>();
        foreach (string name in CaseProgram.Names())
        {
            data.Add(name, OptimizationLevel.Debug);
            data.Add(name, OptimizationLevel.Release);
        }

        return data;
    }

    [Theory, MemberData(nameof(Programs))]
    public void The_program_does_natively_what_its_source_says(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        ProgramRun native = Compile(source, build).Load().Record("Entry.Native");
        Assert.Equal(source.ExpectedOutput, native.Output);
        Assert.Equal(source.ExpectedException, native.Thrown?.Type);
    }

    [Theory, MemberData(nameof(Programs))]
    public void A_context_without_rules_changes_nothing(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        CompiledProgram compiled = Compile(source, build);
        LoadedProgram woven = compiled.Weave().Verified().Load();
        LoadedProgram original = compiled.Load();

        ProgramRun native = original.Record("Entry.Native");
        AssertSame(native, woven.Record("Entry.Native"));
        AssertSame(native, woven.Record("Entry.NoRules"));
        Assert.Empty(woven.PublicSurface().Except(original.PublicSurface()));
        Assert.Empty(original.PublicSurface().Except(woven.PublicSurface()));
    }

    [Theory, MemberData(nameof(Programs))]
    public void A_counting_context_sees_the_calls_of_the_source(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        CompiledProgram compiled = Compile(source, build);
        LoadedProgram woven = compiled.Weave().Verified().Load();

        ProgramRun native = compiled.Load().Record("Entry.Native");
        AssertSame(native, woven.Record("Entry.TypedCounting"));
        AssertSame(native, woven.Record("Entry.Counting"));
        var counts = woven.Run<Dictionary<string, int>>("Entry.Counts");
        IEnumerable<string> seen = source.ExpectedCounts.Keys.Order()
            .Select(callee => $"{callee} {counts.GetValueOrDefault(callee)}");
        Assert.Equal(source.ExpectedCounts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"), seen);
    }

    [Theory, MemberData(nameof(Programs))]
    public void Contexts_that_only_look_and_pass_on_change_nothing(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        CompiledProgram compiled = CompiledProgram.Compile(
            build,
            new Source(source.Path, source.Text),
            new Source(CaseProgram.ContextsPath, ContextSources.Passive),
            new Source(CaseProgram.EntryPath, ContextSources.PassiveEntries));
        LoadedProgram woven = compiled.Weave().Verified().Load();

        ProgramRun native = compiled.Load().Record("Entry.Native");
        AssertSame(native, woven.Record("Entry.Watching"));
        AssertSame(native, woven.Record("Entry.TupleWatching"));
        if (!source.AsksForItsCaller)
            AssertSame(native, woven.Record("Entry.Passing"));
    }

    /// <summary>What a context pushes before a call and pops after it, or when it throws, is pushed and popped in turn.</summary>
    [Theory, MemberData(nameof(Programs))]
    public void Every_call_that_begins_ends_in_its_turn(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        LoadedProgram woven = CompiledProgram.Compile(
            build,
            new Source(source.Path, source.Text),
            new Source(CaseProgram.ContextsPath, ContextSources.Balancing),
            new Source(CaseProgram.EntryPath, ContextSources.BalancingEntries)).Weave().Verified().Load();
        ProgramRun run = woven.Record("Entry.Balancing");
        Assert.Equal(source.ExpectedOutput, run.Output);
        Assert.Equal(source.ExpectedException, run.Thrown?.Type);
        Assert.Empty(woven.Run<string[]>("Entry.Faults"));
        Assert.True(woven.Run<int>("Entry.Ended") >= source.ExpectedCounts.Values.Sum());
    }

    internal static CompiledProgram Compile(CaseProgram program, OptimizationLevel build) => CompiledProgram.Compile(
        build,
        new Source(program.Path, program.Text),
        new Source(CaseProgram.ContextsPath, ContextSources.NoRules + ContextSources.Counting),
        new Source(CaseProgram.EntryPath, ContextSources.Entries));

    private static void AssertSame(ProgramRun expected, ProgramRun actual)
    {
        Assert.Equal(expected.Output, actual.Output);
        Assert.Equal(expected.Thrown?.ToString(), actual.Thrown?.ToString());
    }
}
