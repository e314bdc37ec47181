using System;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Metadata;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Every construct of C# does the same after a pass has put code that does nothing at every place of every method.</summary>
public sealed class EditedTransparencyTests
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
    public void Code_at_every_place_changes_nothing(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        CompiledProgram compiled = CompiledProgram.Compile(
            build, new Source(source.Path, source.Text), new Source(CaseProgram.ContextsPath, ContextSources.NoRules), new Source(CaseProgram.EntryPath, """
                using System.IO;
                using Cassette;

                public static class Entry
                {
                    public static void NoRules(TextWriter output) => new NoRulesCtx().Overdub(Program.Run, output);
                }
                """));
        int crowded = 0;
        var passes = TestPasses.Editing("NoRulesCtx", body =>
        {
            Crowd(body);
            crowded++;
        });
        LoadedProgram woven = compiled.Weave(passes: passes).Verified().Load();

        Assert.True(crowded > 0);
        ProgramRun run = woven.Record("Entry.NoRules");
        Assert.Equal(source.ExpectedOutput, run.Output);
        Assert.Equal(source.ExpectedException, run.Thrown?.Type);
    }

    /// <summary>Every call alone with its operands in locals, a call before each statement and on each edge, the whole in a fault.</summary>
    private static void Crowd(EditableBody body)
    {
        MethodSymbol nothing = body.Symbols.Method(() => Math.Abs(0));
        foreach (Expression call in body.Find(e => e.IsCall && !e.Operands.Any(o => o.StackType!.Value.Has(StackFlags.Uninitialized))))
            body.Isolate(call, operandsFirst: true);
        foreach (Edge edge in body.Edges)
            body.InsertOn(edge, body.New.CallNative(nothing, body.New.Constant(edge.Ordinal)));
        foreach (Statement statement in body.Statements)
        {
            body.InsertBefore(statement, NewStatement.If(
                body.New.Equal(body.New.Constant(1), body.New.Constant(2)), [body.New.CallNative(nothing, body.New.Constant(3))]));
        }

        if (!body.Body.Origin.IsConstructor)
            body.TryFault(body.New.CallNative(nothing, body.New.Constant(4)));
    }
}
