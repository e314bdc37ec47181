using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Metadata;
using Cassette.Fody.Passes;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Debug information after edits: each statement of the source is where it was, and locals have their names and scopes.</summary>
public sealed class PassDebugTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct Ctx : IContext;

        public static class Model
        {
            public static int Work(int n)
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                {
                    int square = i * i;
                    sum += Check(square,
                        n);
                }
                return sum;
            }

            static int Check(int x, int n)
            {
                if (x < 16)
                    return x;
                throw new InvalidOperationException(
                    "too large");
            }
        }

        public static class Program
        {
            public static int Native(int n) => Model.Work(n);

            public static int Run(int n) => new Ctx().Overdub(Model.Work, n);
        }
        """;

    private static void Crowd(EditableBody body)
    {
        MethodSymbol nothing = body.Symbols.Method(() => Math.Abs(0));
        foreach (Expression call in body.Find(e => e.IsCall))
            body.Isolate(call, operandsFirst: true);
        foreach (Edge edge in body.Edges)
            body.InsertOn(edge, body.New.CallNative(nothing, body.New.Constant(edge.Ordinal)));
        foreach (Statement statement in body.Statements)
            body.InsertBefore(statement, NewStatement.If(body.New.Equal(body.New.Constant(1), body.New.Constant(2)), [body.New.CallNative(nothing, body.New.Constant(3))]));
    }

    [Fact]
    public void A_trace_has_the_lines_of_the_source()
    {
        LoadedProgram program = CompiledProgram.Compile(OptimizationLevel.Debug, new Source("/src/Model.cs", Source))
            .Weave(passes: TestPasses.Editing("Ctx", Crowd)).Verified().Load();

        Assert.Equal(["Check 24", "Work 14"], Frames(() => program.Run<int>("Program.Native", 9)));
        Assert.Equal(["Check@Ctx 24", "Work@Ctx 14"], Frames(() => program.Run<int>("Program.Run", 9)));
    }

    [Theory, Builds]
    public void Sequence_points_are_those_of_the_source(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, new Source("/src/Model.cs", Source)).Weave(passes: TestPasses.Editing("Ctx", Crowd)).Verified();
        using ModuleDefinition module = Read(woven.Image, woven.Symbols);
        foreach (string name in new[] { "Work", "Check" })
        {
            MethodDefinition native = Method(module, name), clone = Method(module, name + "@Ctx");
            HashSet<(int, int)> expected = [.. Points(native)];
            HashSet<(int, int)> found = [.. Points(clone)];
            Assert.Equal(expected.Order(), found.Order());
        }
    }

    [Fact]
    public void Locals_keep_their_names_and_scopes()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Debug, new Source("/src/Model.cs", Source)).Weave(passes: TestPasses.Editing("Ctx", Crowd)).Verified();
        using ModuleDefinition module = Read(woven.Image, woven.Symbols);

        Assert.Equal(Scopes(Method(module, "Work").DebugInformation.Scope), Scopes(Method(module, "Work@Ctx").DebugInformation.Scope));
        Assert.Equal("(sum(i(square)))", Scopes(Method(module, "Work").DebugInformation.Scope));
    }

    [Fact]
    public void A_pass_can_print_what_it_has_and_what_it_made()
    {
        string before = "", after = "";
        var passes = TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.Name != "Check")
                return;
            before = body.Print();
            body.InsertAtStart(body.New.CallNative(typeof(Console), "WriteLine", body.New.Load(body.Parameters[0])));
            after = body.Print();
        });
        CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Model.cs", Source)).Weave(passes: passes).Verified();

        Assert.DoesNotContain("Console.WriteLine", before);
        Assert.Contains("22 1 ─", before);
        Assert.Contains("Console.WriteLine(x)", after);
        Assert.Contains("throw ", after);
    }

    private static string[] Frames(Action run)
    {
        var thrown = Assert.Throws<InvalidOperationException>(run);
        return [.. new System.Diagnostics.StackTrace(thrown, true).GetFrames().Where(frame => frame.GetMethod()!.DeclaringType!.Name == "Model")
            .Select(frame => $"{frame.GetMethod()!.Name} {frame.GetFileLineNumber()}")];
    }

    private static IEnumerable<(int, int)> Points(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).Select(point => (point.StartLine, point.StartColumn));

    private static string Scopes(ScopeDebugInformation scope) =>
        "(" + string.Join(",", scope.Variables.Where(v => !v.IsDebuggerHidden).Select(v => v.Name)) + string.Concat(scope.Scopes.Select(Scopes)) + ")";

    private static MethodDefinition Method(ModuleDefinition module, string name) => module.GetType("Model").Methods.Single(method => method.Name == name);

    private static ModuleDefinition Read(byte[] image, byte[] symbols) => ModuleDefinition.ReadModule(
        new MemoryStream(image), new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new PortablePdbReaderProvider(), SymbolStream = new MemoryStream(symbols) });
}
