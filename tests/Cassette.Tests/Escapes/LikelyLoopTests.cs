using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Cassette.Runtime;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Loops that call a delegate which they do not change, of which many methods may be the target, so that there is one copy for what is likely: they do what
/// they do natively, whatever comes, before that is decided and afterwards.
/// </summary>
public sealed class LikelyLoopTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using Cassette;

        public sealed class Counter
        {
            public int Calls;
        }

        public readonly record struct Count(Counter Metadata) : IContext<Counter>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Count ctx) => Interlocked.Increment(ref ctx.Metadata.Calls);
        }

        public readonly struct Plain : IContext;

        public readonly record struct State(string Metadata) : IContext<string>;

        public static class Marks
        {
            public static int Made;

            public static long Mark(long x)
            {
                Interlocked.Increment(ref Made);
                return x;
            }
        }

        public sealed class Adder(long y)
        {
            public long Add(long x) => Marks.Mark(x + y);
        }

        public delegate void Change(ref long x, long by);

        public static class Outside
        {
            static long Twice(long x) => Marks.Mark(2 * x);

            static long Measure(this string text, long x) => Marks.Mark(text.Length + x);

            public static Func<long, long>[] All()
            {
                Func<long, long> several = Program.Steps(7)[5];
                several += Program.Steps(8)[1];
                several += Twice;
                several += Program.Steps(9)[5];
                Func<long, long> equal = Program.Steps(3)[5];
                equal += Program.Steps(4)[5];
                return [Twice, "text".Measure, new Adder(5).Add, Math.Abs, several, equal, new(Program.Steps(6)[5]), new(several)];
            }
        }

        public static class Program
        {
            static long Half(long x) => Marks.Mark(x / 2);

            static long Less(long x) => Marks.Mark(x - 50);

            // Some capture, some do not, and some are no lambdas.
            public static Func<long, long>[] Steps(long k) =>
                [x => Marks.Mark(x ^ 1), x => Marks.Mark(x + k), Half, x => Marks.Mark(x * k), x => 60 / Marks.Mark(x - 3), x => Marks.Mark(x & 6) + k, Less, new Adder(k).Add];

            static Change[] Changes(long k) =>
                [(ref long x, long by) => x += Marks.Mark(by), (ref long x, long by) => x -= Marks.Mark(by), (ref long x, long by) => x ^= Marks.Mark(by + k), (ref long x, long by) => x = Marks.Mark(by), (ref long x, long by) => x += k];

            static long For(Func<long, long> f, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i + 10);
                return sum;
            }

            static long Thrown(Func<long, long> f, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i);
                return sum;
            }

            static long Alternating(Func<long, long> f, long end)
            {
                long x = 0;
                while (true)
                {
                    if (x % 3 == 1)
                        x += f(x) & 15;
                    else if (f(-x) == 12)
                        return x;
                    if (++x > end)
                        break;
                }
                return -x;
            }

            static long Both(Func<long, long> f, Func<long, long> g, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i + 4) - g(i + 5) + f(i + 6);
                return sum;
            }

            static long Nested(Func<long, long> f, long[][] table)
            {
                long sum = 0;
                foreach (long[] row in table)
                {
                    sum += f(40);
                    foreach (long x in row)
                    {
                        if (x == 5)
                            continue;
                        sum += f(x);
                    }
                }
                return sum;
            }

            static long Changed(Change change, int count)
            {
                long x = 1;
                for (int i = 0; i < count; i++)
                    change(ref x, i);
                return x;
            }

            static long Stored(Func<long, long> f, Func<long, long> other, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                {
                    sum += f(i + 10);
                    f = other;
                }
                return sum;
            }

            static long InLocal(int number, int count)
            {
                Func<long, long> f = Steps(number)[number & 7];
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i + 10);
                return sum;
            }

            static long Protected(Func<long, long> f, int count)
            {
                long sum = 0;
                try
                {
                    for (int i = 0; i < count; i++)
                        sum += f(i);
                }
                catch (DivideByZeroException)
                {
                    sum = -sum;
                }
                return sum;
            }

            // Optimised before anything is decided.
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            static long Early(Func<long, long> f, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i + 10);
                return sum;
            }

            // Optimised for the second type after it was decided with the first.
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            static long Decided<T>(Func<long, long> f, T x, int count)
            {
                long sum = x!.ToString()!.Length;
                for (int i = 0; i < count; i++)
                    sum += f(i + 10);
                return sum;
            }

            static void Each(List<object> text, Func<Func<long, long>, long> call)
            {
                foreach (Func<long, long> f in Steps(11).Concat(Outside.All()).Concat(Steps(12)))
                    text.Add(Try(() => call(f)));
                text.Add(Try(() => call(null!)));
            }

            static void All(List<object> text)
            {
                // Before anything is decided, with what the loop is decided for, and when that is decided: each of them, null, several and others.
                foreach (int first in new[] { 5, 2, 7 })
                {
                    Each(text, f => For(f, 1));
                    text.Add(For(null!, 0));
                    for (int i = 0; i < 200; i++)
                        text.Add(For(Steps(i)[first], i & 3));
                    Each(text, f => For(f, 3));
                    text.Add(For(null!, 0));
                }
                for (int i = 0; i < 60; i++)
                    text.Add(Thrown(Steps(i)[1], 1));
                Each(text, f => Thrown(f, 5));
                for (int i = 0; i < 60; i++)
                    text.Add(Try(() => Protected(Steps(i)[4], i & 7)));
                Each(text, f => Protected(f, 5));
                for (int i = 0; i < 40; i++)
                    text.Add(Alternating(Steps(i)[3], 20));
                Each(text, f => Alternating(f, 20));
                for (int i = 0; i < 40; i++)
                    text.Add(Both(Steps(i)[3], Steps(i + 1)[6], 2));
                Each(text, f => Both(f, Steps(8)[6], 2));
                Each(text, f => Both(Steps(9)[3], f, 2));
                long[][] table = [[0, 1, 2, 4], [5, 9, 6], []];
                for (int i = 0; i < 20; i++)
                    text.Add(Nested(Steps(i)[0], table));
                Each(text, f => Nested(f, table));
                for (int i = 0; i < 50; i++)
                    text.Add(Changed(Changes(i)[i < 30 ? 2 : i % 5], 3));
                Change several = Changes(5)[2];
                several += Changes(6)[0];
                text.Add(Changed(several, 3));
                text.Add(Try(() => Changed(null!, 3)));
                for (int i = 0; i < 40; i++)
                    text.Add(Stored(Steps(i)[1], Steps(i)[i & 7], 3));
                for (int i = 0; i < 40; i++)
                    text.Add(InLocal(i < 30 ? 5 + 8 * i : i, 3));
                text.Add(Early(Steps(1)[1], 200));
                Each(text, f => Early(f, 30));
                for (int i = 0; i < 60; i++)
                    text.Add(Decided(Steps(i)[7], i, 2));
                Each(text, f => Decided(f, 1, 2));
                Each(text, f => Decided(f, 1L, 40));
                Each(text, f => Decided(f, 1.5m, 2));
                Each(text, f => Decided(f, "text", 2));
            }

            // All of them decide at the same time, each for another one, and go on.
            static long OnThreads(int number)
            {
                long total = 0;
                using var start = new Barrier(6);
                var threads = Enumerable.Range(0, 6).Select(t => new Thread(() =>
                {
                    Func<long, long>[] steps = Steps(t);
                    start.SignalAndWait();
                    for (int i = 0; i < 300; i++)
                    {
                        Func<long, long> f = steps[i < 200 ? (t + number) & 7 : i & 7];
                        Interlocked.Add(ref total, For(f, 4) + Both(f, steps[t], 2) + InLocal(i, 2) + Decided(f, (byte)t, 3) + Decided(f, 'x', 3));
                    }
                })).ToList();
                threads.ForEach(t => t.Start());
                threads.ForEach(t => t.Join());
                return total;
            }

            static string Try(Func<long> f)
            {
                try
                {
                    return f().ToString();
                }
                catch (Exception exception)
                {
                    return exception.GetType().Name;
                }
            }

            static string Run()
            {
                var text = new List<object>();
                All(text);
                text.Add(OnThreads(3));
                return string.Join(" ", text);
            }

            static string RunThreads() => OnThreads(1) + " " + Run();

            public static string Native() => Run() + RunThreads();

            public static string NativeOnce() => Run();

            public static string InPlain() => new Plain().Overdub(Run) + new Plain().Overdub(RunThreads);

            public static string InState()
            {
                string threads = new State("").Overdub(RunThreads);
                return new State("").Overdub(Run) + threads;
            }

            public static string InCount(Counter counter) => new Count(counter).Overdub(Run) + new Count(counter).Overdub(RunThreads);

            public static string InBoth(Counter counter) => new State("").Overdub(static c => new Count(c).Overdub(Run), counter);

            // For the tests to see what is decided.
            public static long Decide(int number, int count) => new Plain().Overdub(For, Steps(1)[number], count);
        }
        """;

    [Theory, Builds]
    public void A_loop_does_what_it_does_natively(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Program.cs", Source));
        string native = compiled.Load().Run<string>("Program.Native");
        WovenProgram woven = compiled.Weave().Verified();
        Assert.Equal(native, woven.Load().Run<string>("Program.Native"));
        Assert.Equal(native, woven.Load().Run<string>("Program.InPlain"));
        Assert.Equal(native, woven.Load().Run<string>("Program.InState"));
        foreach ((string entry, string expected) in new[] { ("Program.InCount", native), ("Program.InBoth", compiled.Load().Run<string>("Program.NativeOnce")) })
        {
            LoadedProgram program = woven.Load();
            object counter = program.Assembly.GetType("Counter")!.GetConstructor([])!.Invoke([]);
            Assert.Equal(expected, program.Run<string>(entry, counter));
            var made = (int)program.Assembly.GetType("Marks")!.GetField("Made")!.GetValue(null)!;
            Assert.NotEqual(0, made);
            Assert.Equal(made, (int)counter.GetType().GetField("Calls")!.GetValue(counter)!);
        }
    }

    [Fact]
    public void The_test_the_copy_and_the_loop_itself_are_at_one_place()
    {
        using ModuleDefinition module = Woven(OptimizationLevel.Release, Source);
        var places = new HashSet<string>();
        // The calls of one variable's delegate are one place; a loop in Both is taken for what is likely at two.
        foreach ((string name, int variables, int calls) in new[] { ("For", 1, 1), ("Alternating", 1, 2), ("Both", 2, 3), ("Changed", 1, 1), ("InLocal", 1, 1), ("Protected", 1, 1), ("Decided", 1, 1) })
        {
            ILookup<string, string> asked = Asked(module, name);
            Assert.Equal(variables, asked["IsLikely@Plain"].Count());
            Assert.Equal(calls, asked["Known@Plain"].Count());
            Assert.Equal(asked["Known@Plain"].Order(), asked["Likely@Plain"].Order());
            Assert.Equal(asked["IsLikely@Plain"].Order(), asked["Known@Plain"].Distinct().Order());
            Assert.All(asked["IsLikely@Plain"], place => Assert.True(places.Add(place)));
        }
        // The call around the inner loop is a place of its own.
        ILookup<string, string> nested = Asked(module, "Nested");
        Assert.Equal(nested["IsLikely@Plain"], nested["Known@Plain"]);
        Assert.Equal(2, nested["Likely@Plain"].Distinct().Count());
        // What the loop changes is not copied.
        Assert.Equal(["Likely@Plain"], Asked(module, "Stored").Select(g => g.Key));
    }

    [Fact]
    public void What_is_known_is_not_tested_again()
    {
        using ModuleDefinition module = Woven(OptimizationLevel.Release, Source);
        MethodDefinition[] known = [.. module.GetType("<Cassette>").Methods.Where(m => m.Name == "Known@Plain")];
        // For the two delegate types.
        Assert.Equal([5, 8], known.Select(m => m.Body.Instructions.Count(i => i.Operand is MethodReference { Name: var name } && !name.StartsWith("Direct") && name.EndsWith("@Plain"))).Order());
        Assert.All(known, m => Assert.DoesNotContain(m.Body.Instructions, i => i.OpCode.Code == Code.Ldftn));
        MethodDefinition[] tests = [.. module.GetType("<Cassette>").Methods.Where(m => m.Name == "IsLikely@Plain")];
        Assert.Equal([5, 8], tests.Select(m => m.Body.Instructions.Count(i => i.OpCode.Code == Code.Ldftn)).Order());
    }

    [Fact]
    public void Nothing_is_copied_in_a_debug_build()
    {
        using ModuleDefinition module = Woven(OptimizationLevel.Debug, Source);
        Assert.DoesNotContain(module.GetTypes().SelectMany(t => t.Methods), m => m.Name.StartsWith("IsLikely@") || m.Name.StartsWith("Known@"));
    }

    [Theory]
    [InlineData(2, 1, "Code")]
    [InlineData(4, 1, "Code")]
    [InlineData(5, 1, "IsLikely@Plain")]
    [InlineData(16, 1, "IsLikely@Plain")]
    [InlineData(17, 1, "")]
    // A loop of which there is room for some copies, but not for so many.
    [InlineData(2, 20, "Code")]
    [InlineData(4, 20, "IsLikely@Plain")]
    [InlineData(2, 70, "")]
    [InlineData(4, 70, "")]
    [InlineData(5, 70, "")]
    public void Candidates_and_size_decide_how_a_loop_is_copied(int candidates, int calls, string test)
    {
        string lambdas = string.Join(", ", Enumerable.Range(0, candidates).Select(i => $"x => x + {i}"));
        using ModuleDefinition module = Woven(OptimizationLevel.Release, $$"""
            using System;
            using Cassette;

            public readonly struct Plain : IContext;

            public static class Program
            {
                static readonly Func<long, long>[] Steps = [{{lambdas}}];

                static long Loop(Func<long, long> f, long x)
                {
                    while (x < 1000)
                        x += {{string.Join(" + ", Enumerable.Repeat("f(x)", calls))}};
                    return x;
                }

                public static long Run() => new Plain().Overdub(Loop, Steps[0], 1L);
            }
            """);
        string[] tests = ["Code", "IsLikely@Plain"];
        IEnumerable<string> found = module.GetType("Program").Methods.Single(m => m.Name == "Loop@Plain").Body.Instructions
            .Select(i => i.Operand).OfType<MethodReference>().Select(m => m.Name).Where(tests.Contains).Distinct();
        Assert.Equal(test == "" ? [] : [test], found);
    }

    [Fact]
    public void The_loops_own_calls_decide_and_the_copy_does_not_count()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", Source)).Weave().Verified();
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image));
        LoadedProgram program = woven.Load();
        string place = Assert.Single(Asked(module, "For")["IsLikely@Plain"]);
        System.Type likely = typeof(Likely<>).MakeGenericType(program.Assembly.GetType("<Cassette>")!.GetNestedType(place, BindingFlags.NonPublic)!);
        program.Run("Program.Decide", 5, 23);
        Assert.Equal(0, likely.GetField("Candidate")!.GetValue(null));
        program.Run("Program.Decide", 5, 2);
        var decided = (int)likely.GetField("Candidate")!.GetValue(null)!;
        Assert.InRange(decided, 1, 8);
        program.Run("Program.Decide", 5, 100);
        program.Run("Program.Decide", 2, 100);
        Assert.Equal(decided, likely.GetField("Candidate")!.GetValue(null));
        Assert.Equal(24, likely.GetField("s_calls", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null));
    }

    [Fact]
    public void What_was_decided_does_not_change_by_what_was_counted_at_the_same_time()
    {
        FieldInfo candidate = typeof(Likely<Place>).GetField("Candidate")!;
        for (int i = 0; i < 24; i++)
        {
            Assert.Equal(0, candidate.GetValue(null));
            Likely<Place>.Count(3);
        }
        Assert.Equal(3, candidate.GetValue(null));
        Assert.Equal(3, Likely<Place>.Decision);
        // What other threads saw undecided before.
        for (int i = 0; i < 100; i++)
        {
            Likely<Place>.Count(2);
            Assert.Equal(3, candidate.GetValue(null));
            Assert.Equal(3, Likely<Place>.Decision);
        }
    }

    private static ModuleDefinition Woven(OptimizationLevel build, string text) =>
        ModuleDefinition.ReadModule(new MemoryStream(CompiledProgram.Compile(build, new Source("/src/Program.cs", text)).Weave().Verified().Image));

    /// <summary>The places at which a clone asks what is likely, by the helpers that it calls.</summary>
    private static ILookup<string, string> Asked(ModuleDefinition module, string name) => module.GetType("Program").Methods.Single(m => m.Name == name + "@Plain").Body.Instructions
        .Select(i => i.Operand).OfType<GenericInstanceMethod>()
        .Where(m => m.DeclaringType.Name == "<Cassette>" && m.Name.EndsWith("@Plain"))
        .ToLookup(m => m.Name, m => m.GenericArguments.Single().Name);

    private readonly struct Place;
}
