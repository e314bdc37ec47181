using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>
/// Each context nested in each other and in itself, and three of them in each other, over one kernel: value and log as an interpreter of the
/// kernel's calls gives them that knows nothing of clones.
/// </summary>
public sealed class NestingMatrixTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public sealed class Notes(List<string> log)
        {
            public readonly List<string> Log = log;
            public readonly Dictionary<int, int> Known = new Dictionary<int, int>();
        }

        public readonly record struct EmptyCtx(Notes Metadata) : IContext<Notes>;

        public readonly record struct TraceCtx(Notes Metadata) : IContext<Notes>
        {
            [Prehook(typeof(Kernel), nameof(Kernel.Step))]
            static void Step(TraceCtx ctx, int x) => ctx.Metadata.Log.Add("trace Step " + x);

            [Prehook(typeof(Kernel), nameof(Kernel.Twice))]
            static void Twice(TraceCtx ctx, int x) => ctx.Metadata.Log.Add("trace Twice " + x);

            [Prehook(typeof(Kernel), nameof(Kernel.Fib))]
            static void Fib(TraceCtx ctx, int x) => ctx.Metadata.Log.Add("trace Fib " + x);

            [Prehook(typeof(Math), nameof(Math.Abs))]
            static void Abs(TraceCtx ctx, int x) => ctx.Metadata.Log.Add("trace Abs " + x);
        }

        public readonly record struct MemoCtx(Notes Metadata) : IContext<Notes>
        {
            [Overdub(typeof(Kernel), nameof(Kernel.Fib))]
            static int Fib(MemoCtx ctx, int n) =>
                ctx.Metadata.Known.TryGetValue(n, out int known) ? known : ctx.Recurse(Kernel.Fib, n);

            [Posthook(typeof(Kernel), nameof(Kernel.Fib))]
            static void After(MemoCtx ctx, int output, int n) => ctx.Metadata.Known[n] = output;
        }

        public readonly record struct TableCtx(Notes Metadata) : IContext<Notes>
        {
            [Overdub(typeof(Kernel), nameof(Kernel.Twice))]
            static int Twice(TableCtx ctx, int x)
            {
                if (!ctx.Metadata.Known.TryGetValue(x, out int output))
                    ctx.Metadata.Known[x] = output = Kernel.Twice(x);
                return output;
            }
        }

        public readonly record struct ReplaceCtx(Notes Metadata) : IContext<Notes>
        {
            [Overdub(typeof(Kernel), nameof(Kernel.Step))]
            static int Step(ReplaceCtx ctx, int x) => Kernel.Twice(x) + 10;
        }

        public readonly record struct StopCtx(Notes Metadata) : IContext<Notes>
        {
            [Posthook(typeof(Kernel), nameof(Kernel.Step))]
            static void After(StopCtx ctx, int output, int x)
            {
                if (output == 4)
                    throw new InvalidOperationException();
            }
        }

        public readonly record struct ThrowCtx(Notes Metadata) : IContext<Notes>
        {
            [Throwhook(typeof(Kernel), nameof(Kernel.Step))]
            static void Step(ThrowCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Log.Add("throw Step");

            [Throwhook(typeof(Kernel), nameof(Kernel.Twice))]
            static void Twice(ThrowCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Log.Add("throw Twice");
        }

        public readonly record struct AnyCtx(Notes Metadata) : IContext<Notes>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(AnyCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                // What the programs and the inner contexts' rules call besides the kernel goes on unrecorded.
                if (call.JoinPoint.Name is "Top" or "Guard" or "Twice" or "Step" or "Fib" or "Abs")
                    if (!call.JoinPoint.DeclaringType.EndsWith("Ctx"))
                        ctx.Metadata.Log.Add("any " + call.JoinPoint.Name);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public readonly record struct NativeCtx(Notes Metadata) : IContext<Notes>
        {
            [Fallback]
            static TResult Native<TCall, TResult>(NativeCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                if (call.JoinPoint.Name == "Abs")
                    ctx.Metadata.Log.Add("native Abs");
                return call.Fallback();
            }
        }

        public static class Kernel
        {
            public static int Top(int x) => Guard(x) + Fib(4) + Twice(x + 1) + Twice(x + 1);

            static int Guard(int x)
            {
                try
                {
                    return Twice(x);
                }
                catch (InvalidOperationException)
                {
                    return -1;
                }
            }

            public static int Twice(int x) => Math.Abs(x) + Step(x);

            public static int Step(int x) => Math.Abs(x) + 1;

            public static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        }

        """;

    private static readonly ImmutableArray<string> Names =
        ["Empty", "Trace", "Quiet", "Memo", "Table", "Replace", "Stop", "Throw", "Any", "Native"];

    /// <summary>Contexts that differ in kind: hooks, a primitive that calls on, a posthook that throws.</summary>
    private static readonly ImmutableArray<string> Deep = ["Trace", "Table", "Stop"];

    public static TheoryData<OptimizationLevel, string> Outermost()
    {
        var data = new TheoryData<OptimizationLevel, string>();
        foreach (string outer in Names)
        {
            data.Add(OptimizationLevel.Debug, outer);
            data.Add(OptimizationLevel.Release, outer);
        }

        return data;
    }

    [Theory, MemberData(nameof(Outermost))]
    public void Two_in_either_order(OptimizationLevel build, string outer) =>
        Compare(build, [.. from inner in Names select ImmutableArray.Create(outer, inner)]);

    [Theory, Builds]
    public void Three_in_every_order(OptimizationLevel build) =>
        Compare(build, [.. from outer in Deep from middle in Deep from inner in Deep select ImmutableArray.Create(outer, middle, inner)]);

    [Fact]
    public void The_reference_tells_orders_apart()
    {
        (_, string tracerInside) = Reference(["Table", "Trace"]);
        (_, string tracerOutside) = Reference(["Trace", "Table"]);
        Assert.NotEqual(tracerInside, tracerOutside);
    }

    private static void Compare(OptimizationLevel build, ImmutableArray<ImmutableArray<string>> stacks)
    {
        var source = new StringBuilder(Contexts).AppendLine("public static class Program").AppendLine("{");
        foreach (var stack in stacks)
            source.Append("    public static int ").AppendJoin("In", stack.Reverse()).Append("(List<string> log) => ").Append(Entered(stack)).AppendLine(";");
        LoadedProgram program = LoadedProgram.Woven(build, source.AppendLine("}").ToString());

        var differences = new List<string>();
        foreach (var stack in stacks)
        {
            (string name, string expected) = Reference(stack);
            var log = new List<string>();
            string actual;
            try
            {
                int output = program.Run<int>("Program." + name, log);
                actual = output + ": " + string.Join(", ", log);
            }
            catch (Exception exception) when (exception is InvalidOperationException or OverdubNestingException)
            {
                actual = exception.GetType().Name + ": " + string.Join(", ", log);
            }

            if (actual != expected)
                differences.Add(name + "\n  expected " + expected + "\n  actual   " + actual);
        }

        Assert.True(differences.Count == 0, differences.Count + " of " + stacks.Length + " differ:\n" + string.Join("\n", differences));
    }

    /// <summary>The entries, the outermost context's first.</summary>
    private static string Entered(ImmutableArray<string> stack) =>
        stack.Reverse().Aggregate("Kernel.Top(3)", (inside, name) => Context(name) + ".Overdub(() => " + inside + ")");

    private static string Context(string name) =>
        name == "Quiet" ? "new TraceCtx(new Notes(log)).DisableHooks()" : "new " + name + "Ctx(new Notes(log))";

    private static (string Name, string Outcome) Reference(ImmutableArray<string> stack)
    {
        string name = string.Join("In", stack.Reverse());
        var run = new ReferenceRun();
        try
        {
            int output = run.Call("Top", 3, [.. stack.Reverse().Select(ReferenceContext.Of)]);
            return (name, output + ": " + string.Join(", ", run.Log));
        }
        catch (InvalidOperationException)
        {
            return (name, nameof(InvalidOperationException) + ": " + string.Join(", ", run.Log));
        }
    }
}
