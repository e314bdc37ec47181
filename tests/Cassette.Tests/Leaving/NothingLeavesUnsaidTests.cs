using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Leaving;

/// <summary>
/// Nothing leaves a context that the report does not name: wherever a program that is in a context is seen to get out of it, the method that
/// runs natively there is the target of a reported call, or reported as run by code outside; or it belongs to a delegate or an object that
/// native code made.
/// </summary>
public sealed class NothingLeavesUnsaidTests
{
    public static TheoryData<string, OptimizationLevel> Programs() => Both(WholeProgram.Names());

    public static TheoryData<string, OptimizationLevel> Constructs() => Both(CaseProgram.Names());

    [Theory, MemberData(nameof(Programs))]
    public void What_runs_natively_in_a_whole_program_is_reported(string name, OptimizationLevel build) =>
        AssertReported(WholeProgram.Compile(name, build));

    [Theory, MemberData(nameof(Constructs))]
    public void What_runs_natively_of_a_construct_is_reported(string name, OptimizationLevel build)
    {
        var program = CaseProgram.Read(name);
        AssertReported(CompiledProgram.Compile(build, new Source(program.Path, program.Text), NativeTrace.Entries));
    }

    /// <summary>What these tests compare with is not empty, and what a report keeps back they find.</summary>
    [Theory, MemberData(nameof(Programs))]
    public void A_report_that_keeps_something_back_is_found_out(string name, OptimizationLevel build)
    {
        CompiledProgram compiled = WholeProgram.Compile(name, build);
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />");
        NativeTrace trace = NativeTrace.Of(woven, "Traced.Full");
        ContextReport report = woven.Result.Report!.Contexts.Single(found => found.Name == "FullCtx");
        using var account = new Account(compiled);
        HashSet<string> exits = [.. trace.Exits];
        string[] needed = [.. report.HandedOver.SelectMany(handOver => handOver.Methods).Distinct().Where(method => account.Named(method).All(found => exits.Contains(found.FullName)))];
        Assert.True(needed.Length > 2, "Hardly anything gets out.");
        int missed = needed.Count(method => account.Unexplained(
            report with { HandedOver = [.. report.HandedOver.Select(handOver => handOver with { Methods = [.. handOver.Methods.Where(other => other != method)] })] }, trace).Length > 0);
        Assert.True(missed > needed.Length / 2, $"Of {needed.Length} methods that get out only {missed} are missed where the report keeps them back.");
    }

    /// <summary>A call that leaves by the author's wish, through a delegate, by a virtual slot and by a type's first use.</summary>
    [Theory, Builds]
    public void What_runs_natively_by_the_authors_wish_is_seen_and_explained(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Wish.cs", """
            using System;
            using System.IO;
            using Cassette;
            public static class Program
            {
                public static void Run(TextWriter output)
                {
                    Base thing = new Derived();
                    output.WriteLine(thing.Work(1) + Marked(2) + Table.Of(3));
                }
                [NoOverdub] private static int Marked(int x) => Deep(x, y => y + 1);
                private static int Deep(int x, Func<int, int> f) => f(x);
            }
            public class Base { public virtual int Work(int x) => x; }
            public class Derived : Base { [NoOverdub] public override int Work(int x) => Inner(x); private static int Inner(int x) => -x; }
            public static class Table { private static readonly int[] all = Fill(); private static int[] Fill() => [1, 2, 3, 4]; public static int Of(int i) => all[i]; }
            """), NativeTrace.Entries);
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />");
        NativeTrace trace = NativeTrace.Of(woven, "Traced.Full");
        string[] seen = [.. trace.Seen.Where(name => !name.Contains("<>c::", StringComparison.Ordinal) || name.Contains("b__", StringComparison.Ordinal)).Select(name => name[(name.LastIndexOf("::", StringComparison.Ordinal) + 2)..].Split('(')[0])];
        Assert.Equal(new[] { ".cctor", "<Marked>b__1_0", "Deep", "Fill", "Inner", "Marked", "Work" }.Order(), seen.Order());
        ContextReport report = woven.Result.Report!.Contexts.Single(found => found.Name == "FullCtx");
        using var account = new Account(compiled);
        Assert.Empty(account.Unexplained(report, trace));
        Assert.Equal(["System.Int32 Derived::Work(System.Int32)", "System.Int32 Program::Marked(System.Int32)"], account.Unexplained(report with { Leaving = [] }, trace).ToArray());
        Assert.Equal(["System.Void Table::.cctor()"], account.Unexplained(report with { HandedOver = [] }, trace).ToArray());
    }

    private static void AssertReported(CompiledProgram compiled)
    {
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />");
        ProgramRun native = Native(compiled);
        foreach ((string entry, string context) in new[] { ("Traced.Empty", "EmptyCtx"), ("Traced.Full", "FullCtx") })
        {
            NativeTrace trace = NativeTrace.Of(woven, entry);
            Assert.Equal(native.Output, trace.Run.Output);
            Assert.Equal(native.Thrown?.Type, trace.Run.Thrown?.Type);
            ContextReport report = woven.Result.Report!.Contexts.Single(found => found.Name == context);
            using var account = new Account(compiled);
            Assert.Empty(account.Unexplained(report, trace));
        }
    }

    private static ProgramRun Native(CompiledProgram compiled) => compiled.Load().Record("Program.Run");

    private static TheoryData<string, OptimizationLevel> Both(IEnumerable<string> names)
    {
        var data = new TheoryData<string, OptimizationLevel>();
        foreach (string name in names)
        {
            data.Add(name, OptimizationLevel.Debug);
            data.Add(name, OptimizationLevel.Release);
        }

        return data;
    }
}
