using System;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;
using DiagnosticSeverity = Cassette.Fody.Reporting.DiagnosticSeverity;

namespace Cassette.Tests.Reporting;

/// <summary>With <c>Strict</c> what leaves a context unintended fails the build, each call with its code and place.</summary>
public sealed class StrictTests
{
    [Fact]
    public void Each_unintended_call_is_an_error_at_its_line_and_no_intended_one()
    {
        WovenProgram woven = ReportPrograms.CompileAllReasons().TryWeave("<Cassette Strict='true' Report='true'><Exclude>Left</Exclude></Cassette>");

        var expected = ReportPrograms.Announced(ReportPrograms.AllReasons).Where(call => !call.IsIntended).Select(call => (call.Line, call.Code)).Order().ToList();
        var errors = woven.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).ToList();
        Assert.Equal(expected, errors.Where(error => error.Position is not null).Select(error => (error.Position!.Value.Line, error.Id)).Order());
        Fody.Reporting.Diagnostic summary = Assert.Single(errors, error => error.Position is null);
        Assert.Equal("CAS520", summary.Id);
        Assert.StartsWith(expected.Count + " calls leave the context 'Ctx'", summary.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_is_given_where_the_errors_stop_the_weave()
    {
        WovenProgram woven = ReportPrograms.CompileAllReasons().TryWeave("<Cassette Strict='true' Report='true' />");
        Assert.True(woven.HasErrors);
        Assert.Null(woven.Result.Plan);
        Assert.NotEmpty(woven.Result.Report!.Contexts[0].Leaving);
    }

    [Fact]
    public void A_primitive_and_disabled_hooks_and_intended_calls_are_no_violation()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System;
            using System.Threading.Tasks;
            using Cassette;
            public readonly record struct Ctx : IContext
            {
                [Overdub(typeof(Program), nameof(Program.Later))]
                static Task<int> Later(Ctx ctx) => Task.FromResult(2);
            }
            public static class Program
            {
                public static int Run() => new Ctx().Overdub(F, 1.0);
                public static int F(double x) => Later().Result + (int)Math.Abs(x) + Skipped(1) + new Ctx().DisableHooks().Overdub(G, "a");
                public static int G(string x) => 1;
                [System.Runtime.InteropServices.DllImport("none")] public static extern Task<int> Later();
                [NoOverdub] public static int Skipped(int x) => x;
            }
            """).TryWeave("<Cassette Strict='true' />");
        Assert.False(woven.HasErrors, CompiledProgram.Describe(woven.Diagnostics));
    }

    [Fact]
    public void A_method_that_is_missing_is_named_with_its_assembly()
    {
        CompiledProgram library = CompiledProgram.Compile("Gone", OptimizationLevel.Release, [], "public static class Gone { public static int F(int x) => x; }");
        CompiledProgram program = CompiledProgram.Compile("Subject", OptimizationLevel.Release, [library], """
            using Cassette;
            public readonly record struct Ctx : IContext;
            public static class Program
            {
                public static int Run() => new Ctx().Overdub(F, 1);
                public static int F(int x) => Gone.F(x);
            }
            """);
        CompiledProgram other = CompiledProgram.Compile("Gone", OptimizationLevel.Release, [], "public static class Gone { }");
        WovenProgram woven = (program with { Libraries = [other] }).TryWeave("<Cassette Strict='true' />");
        Fody.Reporting.Diagnostic error = Assert.Single(woven.Diagnostics, found => found.Id == "CAS516");
        Assert.Contains("'Gone'", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, error.Position!.Value.Line);
    }

    [Fact]
    public void A_configured_context_that_only_runs_without_hooks_is_entered()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using Cassette;
            public readonly record struct Ctx : IContext;
            public readonly record struct LonelyCtx : IContext;
            public static class Program
            {
                public static int Run() => new Ctx().DisableHooks().Overdub(F, 1);
                public static int F(int x) => x;
            }
            """).TryWeave("<Cassette><Context Type='Ctx' /><Context Type='LonelyCtx' /></Cassette>");
        Fody.Reporting.Diagnostic warning = Assert.Single(woven.Diagnostics, found => found.Id == "CAS409");
        Assert.Contains("'LonelyCtx'", warning.Message, StringComparison.Ordinal);
    }
}
