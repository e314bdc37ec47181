using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.FSharp;

/// <summary>
/// The state machines that the F# compiler writes are driven from outside: a sequence's by a class of the F# library that it derives from, a task's by
/// the framework. What makes them runs in the context, and what is in them is reported as run by code outside.
/// </summary>
public sealed class FSharpMachinesTests
{
    private const string Program = """
        module Subject

        open System.Collections.Generic
        open System.IO
        open System.Runtime.CompilerServices
        open System.Threading.Tasks
        open Cassette

        [<Struct>]
        type CountCtx(counts: Dictionary<string, int>) =
            interface IContext<Dictionary<string, int>> with
                member _.Metadata = counts
            member _.Counts = counts
            [<Prehook>]
            static member Before(ctx: CountCtx, f: JoinPoint) =
                let name = f.Name
                lock ctx.Counts (fun () ->
                    ctx.Counts[name] <- (match ctx.Counts.TryGetValue name with | true, n -> n + 1 | _ -> 1))

        module Marks =
            [<MethodImpl(MethodImplOptions.NoInlining)>]
            let sequence x = x + 1
            [<MethodImpl(MethodImplOptions.NoInlining)>]
            let task x = x + 1
            [<MethodImpl(MethodImplOptions.NoInlining)>]
            let before x = x + 1

        let items n = seq {
            let first = Marks.sequence 0
            yield first
            for i in 1..n do
                yield Marks.sequence i }

        let sum n =
            let mutable total = 0
            for item in items n do
                total <- total + item
            total

        let work n =
            let start = Marks.before n
            task {
                do! Task.Yield()
                return Marks.task start }

        let run (output: TextWriter) =
            output.WriteLine(sum 3)
            output.WriteLine((work 4).Result)

        let native (output: TextWriter) = run output

        let counting (output: TextWriter) =
            let counts = Dictionary<string, int>()
            CountCtx(counts).Overdub((fun (o: TextWriter) -> run o), output)
            counts
        """;

    [Theory, Builds]
    public void Sequences_and_tasks_are_reported_where_they_go(OptimizationLevel build)
    {
        CompiledProgram compiled = FSharpCompiler.Compile(Program, build);
        WovenProgram woven = compiled.Weave("<Cassette Report='true' />").Verified();
        ProgramRun native = compiled.Load().Record("Subject.native");
        ProgramRun counted = woven.Load().Record("Subject.counting");
        Assert.Null(native.Thrown);
        Assert.Equal((native.Output, null), (counted.Output, counted.Thrown?.ToString()));

        var counts = (Dictionary<string, int>)counted.Result!;
        Assert.Equal((1, 1, 1), (counts["before"], counts["work"], counts["sum"]));
        ContextReport report = woven.Result.Report!.Contexts.Single();
        AssertLeaves("sequence", "items", "GenerateNext");
        // Unoptimised, a task is a chain of functions that the library calls.
        AssertLeaves("task", "work", build == OptimizationLevel.Release ? "MoveNext" : "Invoke");

        void AssertLeaves(string mark, string function, string method)
        {
            Assert.False(counts.ContainsKey(mark));
            IEnumerable<ReportedHandOver> found = report.HandedOver.Where(handOver => handOver.Methods.Any(name =>
                name.Contains(function, StringComparison.Ordinal) && name.Contains(method, StringComparison.Ordinal)));
            Assert.Contains(found.SelectMany(handOver => handOver.Sites), site => site.Position is { } position && position.File.EndsWith("Subject.fs", StringComparison.Ordinal));
        }
    }
}
