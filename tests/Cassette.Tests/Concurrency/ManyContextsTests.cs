using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Concurrency;

/// <summary>
/// The same woven code in 64 contexts at once: each sees its own calls, none is lost and none seen by another, whatever thread makes it; and code
/// that runs outside at the same time is in none.
/// </summary>
public sealed class ManyContextsTests
{
    private const int Contexts = 64;
    private const int Size = 20;

    /// <summary>
    /// A program whose every piece of work is one call of <c>Work.Step</c>, with the number of the context that it is done for. A context counts
    /// these, and those that are not its own.
    /// </summary>
    private const string Program = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Cassette;

        public sealed class Counts(int id)
        {
            public readonly int Id = id;
            public int Own;
            public int Others;
        }

        public readonly record struct CountCtx(Counts Metadata) : IContext<Counts>
        {
            [Prehook(typeof(Work), nameof(Work.Step))]
            static void Before(CountCtx ctx, int id)
            {
                if (id == ctx.Metadata.Id)
                    Interlocked.Increment(ref ctx.Metadata.Own);
                else
                    Interlocked.Increment(ref ctx.Metadata.Others);
            }
        }

        public static class Outside
        {
            public static int Work(string form, int id, int size) => Forms.Run(form, id, size);
        }

        public static class Entry
        {
            public static int[] Run(string form, int id, int size)
            {
                var counts = new Counts(id);
                int done = new CountCtx(counts).Overdub(Forms.Run, form, id, size);
                return [done, Volatile.Read(ref counts.Own), Volatile.Read(ref counts.Others)];
            }
        }

        public static class Work
        {
            public static int Step(int id) => id >= 0 ? 1 : 0;
        }

        public abstract class Node
        {
            public abstract int Visit(int id);
        }

        public sealed class Leaf : Node
        {
            public override int Visit(int id) => Work.Step(id);
        }

        public sealed class Pair<T>(Node left, Node right) : Node
        {
            public override int Visit(int id) => left.Visit(id) + right.Visit(id);
        }

        public static class Forms
        {
            private static readonly Func<int, int> Cached = Indirect;
            private static readonly Lock Gate = new();

            // The call of a delegate is one of its Invoke: what it leads to is not written there, only what that calls.
            private static int Indirect(int id) => Work.Step(id);

            public static int Run(string form, int id, int size) => form switch
            {
                "calls" => Calls(id, size),
                "virtual" => Virtual(id, size),
                "recursion" => Recursion(id, size),
                "async" => Later(id, size).GetAwaiter().GetResult(),
                "valueTask" => AllValues(id, size).AsTask().GetAwaiter().GetResult(),
                "asyncIterator" => Sum(Stream(id, size)).GetAwaiter().GetResult(),
                "iterator" => Iterator(id, size).Sum(),
                "linq" => Enumerable.Range(0, size).Select(_ => Work.Step(id)).Where(x => x > 0).Sum(),
                "parallelFor" => ParallelFor(id, size),
                "parallelForEach" => ParallelForEach(id, size),
                "parallelQuery" => Enumerable.Range(0, size).AsParallel().WithDegreeOfParallelism(4).Select(_ => Work.Step(id)).Sum(),
                "tasks" => Tasks(id, size),
                "continuations" => Continuations(id, size),
                "thread" => Threads(id, size),
                "threadPool" => Pool(id, size),
                "timer" => Timers(id),
                "static delegate" => Enumerable.Range(0, size).Sum(_ => Cached(id)),
                "generic delegate" => Generic<string>(id, size) + Generic<int>(id, size),
                "multicast" => Multicast(id, size),
                "lazy" => new Lazy<int>(() => Work.Step(id)).Value,
                "locked" => Locked(id, size),
                "exceptions" => Exceptions(id, size),
                "dictionary" => Dictionary(id, size),
                _ => throw new ArgumentException(form),
            };

            private static int Calls(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                    sum += Work.Step(id);
                return sum;
            }

            private static int Virtual(int id, int size)
            {
                Node node = new Leaf();
                for (int i = 0; i < 4; i++)
                    node = i % 2 == 0 ? new Pair<string>(node, new Leaf()) : new Pair<int>(node, new Leaf());
                return Enumerable.Range(0, size).Sum(_ => node.Visit(id));
            }

            private static int Recursion(int id, int size) => size == 0 ? 0 : Work.Step(id) + Recursion(id, size - 1);

            private static async Task<int> Later(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                {
                    await Task.Yield();
                    sum += Work.Step(id) + await Task.Run(() => Work.Step(id));
                    if (i % 5 == 0)
                        await Task.Delay(1).ConfigureAwait(false);
                }

                return sum;
            }

            private static async ValueTask<int> AllValues(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                    sum += await Value(id, i);
                return sum;
            }

            private static async ValueTask<int> Value(int id, int i)
            {
                if (i % 2 == 0)
                    await Task.Yield();
                return Work.Step(id);
            }

            private static async IAsyncEnumerable<int> Stream(int id, int size)
            {
                for (int i = 0; i < size; i++)
                {
                    await Task.Yield();
                    yield return Work.Step(id);
                }
            }

            private static async Task<int> Sum(IAsyncEnumerable<int> items)
            {
                int sum = 0;
                await foreach (int item in items)
                    sum += item;
                return sum;
            }

            private static IEnumerable<int> Iterator(int id, int size)
            {
                for (int i = 0; i < size; i++)
                    yield return Work.Step(id);
            }

            private static int ParallelFor(int id, int size)
            {
                int sum = 0;
                Parallel.For(0, size, _ => Interlocked.Add(ref sum, Work.Step(id)));
                return sum;
            }

            private static int ParallelForEach(int id, int size)
            {
                int sum = 0;
                Parallel.ForEach(Iterator(id, size), () => 0, (item, _, local) => local + item + Work.Step(id), local => Interlocked.Add(ref sum, local));
                return sum;
            }

            private static int Tasks(int id, int size) =>
                Task.WhenAll(Enumerable.Range(0, size).Select(_ => Task.Run(async () => { await Task.Yield(); return Work.Step(id); }))).GetAwaiter().GetResult().Sum();

            private static int Continuations(int id, int size)
            {
                Task<int> task = Task.Run(() => 0);
                for (int i = 0; i < size; i++)
                    task = task.ContinueWith(before => before.Result + Work.Step(id), TaskScheduler.Default);
                return task.Result;
            }

            private static int Threads(int id, int size)
            {
                int sum = 0;
                var threads = Enumerable.Range(0, 2).Select(_ => new Thread(() => Interlocked.Add(ref sum, Calls(id, size)))).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
                return sum;
            }

            private static int Pool(int id, int size)
            {
                int sum = 0;
                using var done = new CountdownEvent(size);
                for (int i = 0; i < size; i++)
                    ThreadPool.QueueUserWorkItem(_ => { Interlocked.Add(ref sum, Work.Step(id)); done.Signal(); });
                done.Wait();
                return sum;
            }

            private static int Timers(int id)
            {
                int sum = 0;
                using var done = new ManualResetEventSlim();
                using var timer = new Timer(_ => { Interlocked.Add(ref sum, Work.Step(id)); done.Set(); }, null, 1, Timeout.Infinite);
                done.Wait();
                return sum;
            }

            private static int Generic<T>(int id, int size)
            {
                Func<T?, int> step = _ => Work.Step(id);
                return Enumerable.Repeat(default(T), size).Sum(item => step(item));
            }

            private static int Multicast(int id, int size)
            {
                int sum = 0;
                Action add = () => sum += Work.Step(id);
                add += add;
                for (int i = 0; i < size; i++)
                    add();
                return sum;
            }

            private static int Locked(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                {
                    lock (Gate)
                        sum += Work.Step(id);
                }

                return sum;
            }

            private static int Exceptions(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                {
                    try { throw new InvalidOperationException(); }
                    catch (InvalidOperationException) when (Work.Step(id) == 1) { sum += Work.Step(id) + 1; }
                }

                return sum;
            }

            private static readonly ConcurrentDictionary<(int, int), int> Shared = new();

            private static int Dictionary(int id, int size)
            {
                int sum = 0;
                for (int i = 0; i < size; i++)
                    sum += Shared.GetOrAdd((id, i), _ => Work.Step(id));
                return sum;
            }
        }
        """;

    /// <summary>The forms of the program above, each with the steps that one run of it makes.</summary>
    public static TheoryData<string, int, OptimizationLevel> Forms()
    {
        var data = new TheoryData<string, int, OptimizationLevel>();
        foreach ((string form, int steps) in Steps)
        {
            data.Add(form, steps, OptimizationLevel.Debug);
            data.Add(form, steps, OptimizationLevel.Release);
        }

        return data;
    }

    private static IEnumerable<(string Form, int Steps)> Steps =>
    [
        ("calls", Size), ("virtual", 5 * Size), ("recursion", Size), ("async", 2 * Size), ("valueTask", Size), ("asyncIterator", Size), ("iterator", Size),
        ("linq", Size), ("parallelFor", Size), ("parallelForEach", 2 * Size), ("parallelQuery", Size), ("tasks", Size), ("continuations", Size), ("thread", 2 * Size),
        ("threadPool", Size), ("timer", 1), ("static delegate", Size), ("generic delegate", 2 * Size), ("multicast", 2 * Size), ("lazy", 1), ("locked", Size),
        ("exceptions", 2 * Size), ("dictionary", Size),
    ];

    /// <summary>Every context starts at the same moment in an assembly in which nothing has run yet, so that what is filled on first use is filled by all.</summary>
    [Theory, MemberData(nameof(Forms))]
    public void Each_context_sees_its_own_calls_and_all_of_them(string form, int steps, OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Program);
        var run = program.Function<Func<string, int, int, int[]>>("Entry.Run");
        int[][] results = AtOnce(id => run(form, id, Size));
        Assert.All(results, result => Assert.Equal((steps, 0), (result[1], result[2])));
        Assert.All(results, result => Assert.Equal(results[0][0], result[0]));
    }

    /// <summary>Contexts, and the same code outside, on the same threads and by turns: what runs outside is counted by none.</summary>
    [Theory, MemberData(nameof(Forms))]
    public void Code_outside_at_the_same_time_is_in_no_context(string form, int steps, OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Program);
        var run = program.Function<Func<string, int, int, int[]>>("Entry.Run");
        var outside = program.Function<Func<string, int, int, int>>("Outside.Work");
        int[][] results = AtOnce(id =>
        {
            // The same numbers inside and outside, but for forms that share by the number.
            int number = form == "dictionary" ? Contexts + id : id;
            int before = id % 2 == 0 ? outside(form, number, Size) : 0;
            int[] result = run(form, id, Size);
            int after = outside(form, number, Size);
            return [.. result, before, after];
        });
        Assert.All(results, result => Assert.Equal((steps, 0), (result[1], result[2])));
        Assert.All(results, result => Assert.Equal(result[0], result[4]));
    }

    /// <summary>All forms mixed: every thread runs each of them in its own context, in an order of its own.</summary>
    [Theory, Builds]
    public void All_forms_at_once(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Program);
        var run = program.Function<Func<string, int, int, int[]>>("Entry.Run");
        (string Form, int Steps)[] forms = [.. Steps.Where(form => form.Form != "dictionary")];
        int[][] results = AtOnce(id =>
        {
            int wrong = 0;
            for (int i = 0; i < forms.Length; i++)
            {
                (string form, int steps) = forms[(i + id) % forms.Length];
                int[] result = run(form, id, Size);
                if (result[1] != steps || result[2] != 0)
                    wrong++;
            }

            return [wrong];
        });
        Assert.All(results, result => Assert.Equal(0, result[0]));
    }

    /// <summary>The same from tasks rather than threads: contexts then share the pool's threads with each other and with what they start.</summary>
    [Theory, Builds]
    public async Task Contexts_in_tasks_share_threads(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Program);
        var run = program.Function<Func<string, int, int, int[]>>("Entry.Run");
        foreach ((string form, int steps) in Steps.Where(form => form.Form is "calls" or "iterator" or "linq" or "multicast" or "virtual" or "static delegate" or "generic delegate"))
        {
            int[][] results = await Task.WhenAll(Enumerable.Range(0, Contexts).Select(id => Task.Run(() => run(form, id, Size))));
            Assert.All(results, result => Assert.Equal((steps, 0), (result[1], result[2])));
        }
    }

    private static int[][] AtOnce(Func<int, int[]> work)
    {
        var results = new int[Contexts][];
        Exception? failure = null;
        using var start = new Barrier(Contexts);
        Thread[] threads =
        [
            .. Enumerable.Range(0, Contexts).Select(id => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    results[id] = work(id);
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            }, 512 * 1024)),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("A context failed.", failure);
        return results;
    }
}
