using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>
/// Catch-all primitives that recurse, with and without hooks, and hooks for every call, in every order at three levels: each level sees what the ones
/// inside it make of a call, their rules included.
/// </summary>
public sealed class CatchAllLevelsTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct AnyCtx(List<string> Metadata, int Level) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Hook(AnyCtx ctx, int x) => ctx.Metadata.Add(ctx.Level + " hooked Leaf");

            [Overdub]
            static TResult Any<TCall, TResult>(AnyCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                Program.Note(ctx.Metadata, ctx.Level, call.JoinPoint);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public readonly record struct CountCtx(List<string> Metadata, int Level) : IContext<List<string>>
        {
            [Prehook]
            static void Before(CountCtx ctx, JoinPoint f) => Program.Note(ctx.Metadata, ctx.Level, f);
        }

        public static class Program
        {
            // Calls that the program makes, and those of rules in their place; not what the rules call themselves.
            [NoOverdub]
            public static void Note(List<string> log, int level, JoinPoint f)
            {
                if (f.Caller is "Program.Top()" or "Program.Step(Int32 x)")
                    log.Add(level + " " + f.Name);
            }

            static int Top() => Step(1) + 10;

            public static int Step(int x) => Leaf(x);

            public static int Leaf(int x) => x + 1;

        """;

    /// <summary>Innermost first.</summary>
    [Theory]
    [InlineData("Any", "Count", "Count")]
    [InlineData("Count", "Any", "Count")]
    [InlineData("Count", "Count", "Any")]
    [InlineData("Any", "Any", "Count")]
    [InlineData("Any", "Count", "Any")]
    [InlineData("Count", "Any", "Any")]
    [InlineData("Any", "Any", "Any")]
    [InlineData("Quiet", "Count", "Count")]
    [InlineData("Count", "Quiet", "Count")]
    [InlineData("Count", "Count", "Quiet")]
    public void Each_level_sees_what_those_inside_it_make_of_a_call(params string[] stack)
    {
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            LoadedProgram program = LoadedProgram.Woven(build, Source + $"    public static int Run(List<string> log) => {Entered(stack)};\n}}");
            var log = new List<string>();
            Assert.Equal(12, program.Run<int>("Program.Run", log));
            // What the entries' own lambdas are to a catch-all comes before.
            List<string> expected = Expected(stack);
            Assert.Equal(expected, log.TakeLast(expected.Count));
            Assert.Equal(expected.Count(IsOfProgram), log.Count(IsOfProgram));
        }
    }

    private static bool IsOfProgram(string noted) => noted.EndsWith("Step") || noted.EndsWith("Leaf");

    private static string Entered(string[] stack)
    {
        string code = "Top()";
        for (int i = 0; i < stack.Length; i++)
            code = $"new {(stack[i] == "Quiet" ? "Any" : stack[i])}Ctx(log, {i + 1}){(stack[i] == "Quiet" ? ".DisableHooks()" : "")}.Overdub(() => {code})";
        return code;
    }

    /// <summary>Step's call, and Leaf's below it.</summary>
    private static List<string> Expected(string[] stack)
    {
        List<string> log = [];
        Seen("Step", stack, 0, log);
        Seen("Leaf", stack, 0, log);
        return log;
    }

    /// <summary>What the levels from one outward see of a call: its rules there, and then the call.</summary>
    private static void Seen(string name, string[] stack, int level, List<string> log)
    {
        if (level == stack.Length)
            return;
        if (stack[level] == "Any" && name == "Leaf")
        {
            Seen("Hook", stack, level + 1, log);
            log.Add($"{level + 1} hooked Leaf");
        }

        Seen(stack[level] == "Count" ? "Before" : "Any", stack, level + 1, log);
        log.Add($"{level + 1} {name}");
        Seen(name, stack, level + 1, log);
    }
}
