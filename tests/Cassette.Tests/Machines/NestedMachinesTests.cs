using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>Contexts inside contexts, in code that is suspended and resumed; and many contexts at once.</summary>
public sealed class NestedMachinesTests
{
    private const string Source = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct OuterCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Step))]
            static void Before(OuterCtx ctx, int x) => ctx.Metadata.Enqueue("outer " + x);
        }

        public readonly record struct InnerCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Step))]
            static void Before(InnerCtx ctx, int x) => ctx.Metadata.Enqueue("inner " + x);

            [Overdub(typeof(Math), nameof(Math.Abs))]
            static int Abs(InnerCtx ctx, int x) => Program.Step(x);
        }

        public readonly record struct CountCtx(int Id, StrongBox Metadata) : IContext<StrongBox>
        {
            [Prehook(typeof(Program), nameof(Program.Noted))]
            static void Before(CountCtx ctx, int id)
            {
                if (ctx.Id != id)
                    throw new InvalidOperationException($"{id} in {ctx.Id}");
                Interlocked.Increment(ref ctx.Metadata.Value);
            }
        }

        public readonly record struct QuietCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Step))]
            static void Before(QuietCtx ctx, int x) => ctx.Metadata.Enqueue("hook " + x);

            [Overdub(typeof(Math), nameof(Math.Abs))]
            static int Abs(QuietCtx ctx, int x) => ctx.Metadata.Count + 100;
        }

        public sealed class StrongBox { public int Value; }

        public static class Program
        {
            public static int Step(int x) => x + 1;

            public static async Task<int> Work(int x)
            {
                await Task.Yield();
                int y = Step(x);
                await Task.Delay(1);
                return Step(y) + Items(1).Sum() + Math.Abs(-7);
            }

            public static IEnumerable<int> Items(int count)
            {
                for (int i = 0; i < count; i++)
                    yield return Step(i + 100);
            }

            static async Task<int> Entered(ConcurrentQueue<string> log)
            {
                int before = Step(1);
                int inside = await new InnerCtx(log).Overdub(async () => await Work(10));
                return before + inside + Step(2);
            }

            public static int Nested(ConcurrentQueue<string> log) => new OuterCtx(log).Overdub(() => Entered(log)).Result;

            public static async Task<int> Sequential(ConcurrentQueue<string> log)
            {
                int a = await new OuterCtx(log).Overdub(() => Work(20));
                int b = await new InnerCtx(log).Overdub(Work, 30);
                return a + b + await Work(40);
            }

            public static int Quiet(ConcurrentQueue<string> log) => new QuietCtx(log).DisableHooks().Overdub(() => Work(1)).Result;

            public static void Noted(int id) { }

            static async Task Busy(int id, int rounds)
            {
                for (int i = 0; i < rounds; i++)
                {
                    Noted(id);
                    await Task.Yield();
                    foreach (int x in Ids(id))
                        Noted(x);
                    await foreach (int x in LaterIds(id))
                        Noted(x);
                }
            }

            static IEnumerable<int> Ids(int id)
            {
                Noted(id);
                yield return id;
            }

            static async IAsyncEnumerable<int> LaterIds(int id)
            {
                Noted(id);
                await Task.Yield();
                yield return id;
                Noted(id);
            }

            public static async Task<int[]> Many(int contexts, int rounds)
            {
                var boxes = Enumerable.Range(0, contexts).Select(_ => new StrongBox()).ToArray();
                var native = Busy(-1, rounds);
                await Task.WhenAll(boxes.Select((box, id) => Task.Run(() => new CountCtx(id, box).Overdub(() => Busy(id, rounds)))));
                await native;
                return boxes.Select(b => b.Value).ToArray();
            }
        }
        """;

    [Theory, Builds]
    public void Inside_another_both_act_over_suspensions(OptimizationLevel build)
    {
        var log = new ConcurrentQueue<string>();
        // Math.Abs(-7) is Step(-7) in the inner context, which only the outer one sees.
        Assert.Equal(2 + (12 + 101 - 6) + 3, LoadedProgram.Woven(build, Source).Run<int>("Program.Nested", log));
        Assert.Equal(
            ["outer 1", "inner 10", "outer 10", "inner 11", "outer 11", "inner 100", "outer 100", "outer -7", "outer 2"],
            log);
    }

    [Theory, Builds]
    public async Task Side_by_side_each_acts_on_its_own(OptimizationLevel build)
    {
        var log = new ConcurrentQueue<string>();
        int sum = await LoadedProgram.Woven(build, Source).Run<Task<int>>("Program.Sequential", log);
        Assert.Equal((22 + 101 + 7) + (32 + 101 - 6) + (42 + 101 + 7), sum);
        Assert.Equal(["outer 20", "outer 21", "outer 100", "inner 30", "inner 31", "inner 100"], log);
    }

    [Theory, Builds]
    public void Without_hooks_the_primitives_stay(OptimizationLevel build)
    {
        var log = new ConcurrentQueue<string>();
        Assert.Equal(3 + 101 + 100, LoadedProgram.Woven(build, Source).Run<int>("Program.Quiet", log));
        Assert.Empty(log);
    }

    [Theory, Builds]
    public async Task Each_of_many_contexts_sees_its_own_calls_and_all_of_them(OptimizationLevel build)
    {
        int[] counts = await LoadedProgram.Woven(build, Source).Run<Task<int[]>>("Program.Many", 64, 20);
        Assert.Equal(Enumerable.Repeat(20 * 6, 64), counts);
    }
}
