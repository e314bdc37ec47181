using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>Hooks that wait for the task that a call returns.</summary>
public sealed class AwaitingHooksTests
{
    private const string Source = """
        #nullable enable
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct LogCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook("call(* Program.*(..))")]
            static void Before(LogCtx ctx, JoinPoint f) => ctx.Metadata.Enqueue("+" + f.Name);

            [Posthook("call(* Program.*(..))", Await = true)]
            static void After<T>(LogCtx ctx, T output, JoinPoint f, params object?[] args) => ctx.Metadata.Enqueue($"-{f.Name}({string.Join(",", args)}) {output}");

            [Throwhook("call(* Program.*(..))", Await = true)]
            static void Thrown(LogCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Enqueue($"!{f.Name} {exception.GetType().Name} {exception.Message}");
        }

        public readonly record struct DoubleCtx(int Metadata) : IContext<int>
        {
            [Posthook(Await = true)]
            static int After(DoubleCtx ctx, int output, JoinPoint f) => f.Name == "Leaf" ? output : output * ctx.Metadata;

            [Posthook(Await = true)]
            static object? After(DoubleCtx ctx, object? output) => output;

            [Posthook(typeof(Program), nameof(Program.Referred), Await = true)]
            static int After(DoubleCtx ctx, int output, ref int x, in Wide y) => output + x * 100 + (int)y.Last;

            [Posthook(typeof(Program), nameof(Program.Name), Await = true)]
            static string After(DoubleCtx ctx, string output, string name, int count) => output + name + count;
        }

        public readonly record struct BothCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Posthook]
            static void Returned(BothCtx ctx, object? output, JoinPoint f) => ctx.Metadata.Enqueue($"returned {f.Name}");

            [Posthook(Await = true)]
            static void Done(BothCtx ctx, int output, JoinPoint f) => ctx.Metadata.Enqueue($"done {f.Name} {output}");

            [Throwhook]
            static void Thrown(BothCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Enqueue($"threw {f.Name}");
        }

        public readonly record struct TextCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Posthook(Await = true)]
            static void Text(TextCtx ctx, string output) => ctx.Metadata.Enqueue("text " + output);

            [Posthook(Await = true)]
            static void Any<T>(TextCtx ctx, T output) where T : struct => ctx.Metadata.Enqueue("value " + output);
        }

        public readonly record struct ThrowingCtx(int Metadata) : IContext<int>
        {
            [Posthook(typeof(Program), nameof(Program.Later), Await = true)]
            static void After(ThrowingCtx ctx) => throw new FormatException("hook");
        }

        public readonly record struct OuterCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Posthook(typeof(Program), nameof(Program.Later), Await = true)]
            static int After(OuterCtx ctx, int output) { ctx.Metadata.Enqueue("outer " + output); return output + 1; }

            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Noted(OuterCtx ctx, int x) => ctx.Metadata.Enqueue("noted " + x);
        }

        public readonly record struct InnerCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Posthook(typeof(Program), nameof(Program.Later), Await = true)]
            static int After(InnerCtx ctx, int output) { Program.Note(output); ctx.Metadata.Enqueue("inner " + output); return output * 10; }
        }

        public readonly record struct Wide(long First, long Last);

        public static class Program
        {
            public static Task<int> Referred(ref int x, in Wide y)
            {
                x++;
                return Later(x, Task.Delay(1));
            }

            static Task<int> Refers()
            {
                int x = 1;
                Task<int> task = Referred(ref x, new Wide(1, 7000));
                x = 50;
                return task;
            }

            public static Task<int> ReferredLater() => new DoubleCtx(10).Overdub(Refers);

            public static void Note(int x) { }

            public static async Task<int> Later(int x, Task gate)
            {
                await gate;
                return x;
            }

            public static Task<int> Immediate(int x) => Task.FromResult(x);

            public static async Task Nothing(Task gate) => await gate;

            public static async ValueTask<string> Name(string name, int count)
            {
                await Task.Yield();
                return name + ":";
            }

            public static async ValueTask Value(Task gate) => await gate;

            public static ValueTask<int> ValueNow(int x) => new(x);

            public static int Leaf(int x) => x;

            public static Task<int> ThrowsAtOnce(int x) => throw new InvalidOperationException("at once");

            public static async Task<int> Fails(int x, Task gate)
            {
                await gate;
                throw new InvalidOperationException("later");
            }

            public static Task Several(Task gate) => Task.WhenAll(Fails(1, gate), Fails(2, gate));

            public static async Task Canceled(Task gate)
            {
                await gate;
                throw new OperationCanceledException("cancelled", new CancellationToken(true));
            }

            public static Task? Null() => null;

            public static async Task<T> Generic<T>(T value, Task gate) where T : IComparable<T>
            {
                await gate;
                return await Hand(value, gate);
            }

            public static async Task<T> Hand<T>(T value, Task gate)
            {
                await gate;
                return value;
            }

            static async Task<string> All(Task gate)
            {
                await Nothing(gate);
                await Value(gate);
                int sum = await Later(1, gate) + await Immediate(2) + Leaf(3) + await ValueNow(4);
                return sum + await Name("n", 5);
            }

            static async Task<string> Failures(Task gate)
            {
                string text = "";
                foreach (Func<Task> run in new Func<Task>[] { () => ThrowsAtOnce(1), () => Fails(1, gate), () => Canceled(gate) })
                {
                    try
                    {
                        await run();
                    }
                    catch (Exception exception)
                    {
                        text += exception.Message + ";";
                    }
                }

                Task several = Several(gate);
                try
                {
                    await several;
                }
                catch (InvalidOperationException)
                {
                    text += several.Exception!.InnerExceptions.Count + ";" + several.Status;
                }

                Task canceled = Canceled(gate);
                await Task.WhenAny(canceled);
                return text + ";" + canceled.Status + ";" + (Null() is null);
            }

            public static string LogAll(ConcurrentQueue<string> log, Task gate) => new LogCtx(log).Overdub(All, gate).Result;

            public static Task<string> LogAllLater(ConcurrentQueue<string> log, Task gate) => new LogCtx(log).Overdub(All, gate);

            public static Task<string> LogFailures(ConcurrentQueue<string> log, Task gate) => new LogCtx(log).Overdub(Failures, gate);

            public static Task<string> Doubled(int by, Task gate) => new DoubleCtx(by).Overdub(All, gate);

            static async Task<int> Sum(Task gate) => await Later(1, gate) + await Immediate(2);

            public static Task<int> Both(ConcurrentQueue<string> log, Task gate) => new BothCtx(log).Overdub(Sum, gate);

            public static Task<int> BothFails(ConcurrentQueue<string> log, Task gate) => new BothCtx(log).Overdub(async g => await Fails(1, g), gate);

            public static async Task<object> Boxed(object value, Task gate)
            {
                await gate;
                return value;
            }

            public static Task Texts(ConcurrentQueue<string> log, Task gate) => new TextCtx(log).Overdub(async g =>
            {
                await Boxed("a", g);
                await Boxed(1, g);
                await Generic("b", g);
                await Generic(2, g);
            }, gate);

            public static Task<int> HookThrows(Task gate) => new ThrowingCtx(1).Overdub(g => Later(1, g), gate);

            static Task<int> Entered(ConcurrentQueue<string> log, Task gate) => new InnerCtx(log).Overdub(async g => await Later(1, g), gate);

            public static Task<int> Nested(ConcurrentQueue<string> log, Task gate) => new OuterCtx(log).Overdub(Entered, log, gate);
        }
        """;

    private static Task Open => Task.CompletedTask;

    private static Task Gate() => Task.Run(() => Thread.Sleep(5));

    [Theory, Builds]
    public void A_posthook_waits_for_the_result(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        string[] expected =
        [
            "+Nothing", "-Nothing(gate) Nothing { }",
            "+Value", "-Value(gate) Nothing { }",
            "+Later", "-Later(1,gate) 1",
            "+Immediate", "-Immediate(2) 2",
            "+Leaf", "-Leaf(3) 3",
            "+ValueNow", "-ValueNow(4) 4",
            "+Name", "-Name(n,5) n:",
        ];
        foreach (Task gate in new[] { Open, Gate() })
        {
            var log = new ConcurrentQueue<string>();
            Assert.Equal("10n:", program.Run<string>("Program.LogAll", log, gate));
            Assert.Equal(expected, log.Select(line => line.Replace(gate.ToString()!, "gate", StringComparison.Ordinal)));
        }
    }

    [Theory, Builds]
    public async Task Until_the_task_completes_the_posthook_does_not_run(OptimizationLevel build)
    {
        var log = new ConcurrentQueue<string>();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string> running = LoadedProgram.Woven(build, Source).Run<Task<string>>("Program.LogAllLater", log, gate.Task);
        Assert.False(running.IsCompleted);
        Assert.Equal(["+Nothing"], log);
        gate.SetResult();
        Assert.Equal("10n:", await running);
    }

    [Theory, Builds]
    public async Task A_throwhook_that_waits_sees_each_failure_once_and_the_caller_as_before(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        foreach (Task gate in new[] { Open, Gate() })
        {
            var log = new ConcurrentQueue<string>();
            Assert.Equal("at once;later;cancelled;2;Faulted;Canceled;True", await program.Run<Task<string>>("Program.LogFailures", log, gate));
            Assert.Equal(
                [
                    "!Canceled OperationCanceledException cancelled", "!Canceled OperationCanceledException cancelled",
                    "!Fails InvalidOperationException later", "!Fails InvalidOperationException later", "!Fails InvalidOperationException later",
                    "!Several InvalidOperationException later",
                    "!ThrowsAtOnce InvalidOperationException at once",
                ],
                log.Where(line => line.StartsWith('!')).Order());
        }
    }

    [Theory, Builds]
    public async Task A_value_replaces_the_result(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        foreach (Task gate in new[] { Open, Gate() })
            // Immediate makes FromResult, whose task is awaited too: 1*3 + 2*3*3 + 3 + 4*3.
            Assert.Equal("36n:n5", await program.Run<Task<string>>("Program.Doubled", 3, gate));
    }

    [Theory, Builds]
    public async Task What_is_passed_by_reference_is_kept_as_it_was_after_the_call(OptimizationLevel build) =>
        // Later gives 2, ten times that is 20; the reference then stood at 2.
        Assert.Equal(20 + 200 + 7000, await LoadedProgram.Woven(build, Source).Run<Task<int>>("Program.ReferredLater"));

    [Theory, Builds]
    public async Task Hooks_that_wait_and_hooks_that_do_not_are_chosen_apart(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        var log = new ConcurrentQueue<string>();
        Assert.Equal(3, await program.Run<Task<int>>("Program.Both", log, Open));
        Assert.Equal(["returned Later", "done Later 1", "returned FromResult", "done FromResult 2", "returned Immediate", "done Immediate 2"], log);

        log.Clear();
        await Assert.ThrowsAsync<InvalidOperationException>(() => program.Run<Task<int>>("Program.BothFails", log, Open));
        // The call returned a task; what becomes of it is not this throwhook's.
        Assert.Equal(["returned .ctor", "returned Fails"], log);
    }

    [Theory, Builds]
    public async Task The_results_run_time_type_decides_when_it_is_there(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        foreach (Task gate in new[] { Open, Gate() })
        {
            var log = new ConcurrentQueue<string>();
            await program.Run<Task>("Program.Texts", log, gate);
            Assert.Equal(["text a", "text b", "text b", "value 2", "value 2"], log);
        }
    }

    [Theory, Builds]
    public async Task A_hooks_exception_takes_the_results_place(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        foreach (Task gate in new[] { Open, Gate() })
            Assert.Equal("hook", (await Assert.ThrowsAsync<FormatException>(() => program.Run<Task<int>>("Program.HookThrows", gate))).Message);
    }

    [Theory, Builds]
    public async Task The_inner_contexts_hook_sees_what_the_outer_ones_made_of_the_call(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        foreach (Task gate in new[] { Open, Gate() })
        {
            var log = new ConcurrentQueue<string>();
            Assert.Equal(20, await program.Run<Task<int>>("Program.Nested", log, gate));
            Assert.Equal(["outer 1", "noted 2", "inner 2"], log);
        }
    }

    [Fact]
    public void An_argument_that_cannot_wait_is_an_error()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System;
            using System.Threading.Tasks;
            using Cassette;
            public readonly record struct Ctx : IContext
            {
                [Posthook(typeof(Program), nameof(Program.Read), Await = true)]
                static void After(Ctx ctx, int output, Span<byte> buffer) { }

                [Posthook(typeof(Program), nameof(Program.Write), Await = true)]
                static void After(Ctx ctx, int output, JoinPoint f, params object?[] args) { }
            }
            public static class Program
            {
                public static Task<int> Read(Span<byte> buffer) => Task.FromResult(buffer.Length);
                public static Task<int> Write(Span<byte> buffer) => Task.FromResult(buffer.Length);
                static int F() => Read(new byte[2]).Result + Write(new byte[3]).Result;
                public static int Run() => new Ctx().Overdub(F);
            }
            """).TryWeave();
        Fody.Reporting.Diagnostic error = Assert.Single(woven.Diagnostics);
        Assert.Equal("CAS327", error.Id);
        Assert.Contains("Program.Read", error.Message, StringComparison.Ordinal);
    }
}
