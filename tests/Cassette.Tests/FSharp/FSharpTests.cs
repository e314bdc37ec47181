using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.FSharp;

/// <summary>What the F# compiler makes of its language runs in a context as it does without: tail calls, closures, unions, sequences, computations.</summary>
public sealed class FSharpTests
{
    [Theory, Builds]
    public void A_program_does_the_same_in_a_context(OptimizationLevel build)
    {
        CompiledProgram compiled = Compile(build);
        ProgramRun native = compiled.Load().Record("Subject.native");
        LoadedProgram woven = compiled.Weave().Verified().Load();

        Assert.Null(native.Thrown);
        Assert.StartsWith("True\n", native.Output, StringComparison.Ordinal);
        Assert.Equal(native.Output, woven.Record("Subject.native").Output);
        ProgramRun inside = woven.Record("Subject.noRules");
        Assert.Equal((native.Output, null), (inside.Output, inside.Thrown?.ToString()));
    }

    [Theory, Builds]
    public void A_counting_context_sees_the_calls_of_the_source(OptimizationLevel build)
    {
        CompiledProgram compiled = Compile(build);
        LoadedProgram woven = compiled.Weave().Verified().Load();
        ProgramRun counted = woven.Record("Subject.counting");
        Assert.Equal(compiled.Load().Record("Subject.native").Output, counted.Output);
        var counts = (Dictionary<string, int>)counted.Result!;
        // Half of the calls are of the one, half of the other, and the author's is of the first.
        Assert.Equal((500_001, 500_000), (counts["even"], counts["odd"]));
        Assert.Equal(3, counts["area"]);
    }

    /// <summary>
    /// Functions of F# are objects of classes that FSharp.Core declares: given to its functions they are called there, natively, and this is said.
    /// </summary>
    [Theory, Builds]
    public void Functions_given_to_the_library_are_reported(OptimizationLevel build)
    {
        WovenProgram woven = Compile(build).Weave("<Cassette Report='true' />");
        ContextReport report = woven.Result.Report!.Contexts.Single(context => context.Name == "NoRulesCtx");
        Assert.Contains(report.Leaving, call => call.Callee.StartsWith("Microsoft.FSharp.Collections.ListModule.Map", StringComparison.Ordinal));
        Assert.Contains(report.HandedOver, handOver => handOver.Methods.Any(method => method.Contains(".Invoke(", StringComparison.Ordinal))
            && handOver.Sites.Any(site => site.Callee?.StartsWith("Microsoft.FSharp.Collections.ListModule.Map", StringComparison.Ordinal) == true));
        Assert.Empty(report.Refused);
    }

    /// <summary>A million calls in tail position, between functions that call each other: natively they take no stack.</summary>
    [Fact]
    public void Tail_calls_stay_tail_calls()
    {
        LoadedProgram woven = Compile(OptimizationLevel.Release).Weave().Verified().Load();
        var run = woven.Function<Action<TextWriter>>("Subject.noRules");
        // With a stack on which a million frames have no room.
        Exception? failure = null;
        var output = new StringWriter();
        var thread = new System.Threading.Thread(() =>
        {
            try
            {
                run(output);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }, 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.StartsWith("True\n", output.ToString(), StringComparison.Ordinal);
    }

    private static CompiledProgram Compile(OptimizationLevel build)
    {
        using var reader = new StreamReader(typeof(FSharpTests).Assembly.GetManifestResourceStream("Cassette.Tests.FSharp.Program.fs")!);
        return FSharpCompiler.Compile(reader.ReadToEnd(), build);
    }
}
