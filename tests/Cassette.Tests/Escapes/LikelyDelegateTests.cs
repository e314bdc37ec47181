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
/// Places that call delegates of which several methods may be the target, and ask first for the one that they saw mostly: they do what they do
/// natively, whatever comes, and whatever came before.
/// </summary>
public sealed class LikelyDelegateTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
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

        public struct Scale(long y)
        {
            public readonly long Times(long x) => Marks.Mark(x * y);
        }

        public class Base
        {
            public virtual long Turn(long x) => Marks.Mark(x + 100);
        }

        public sealed class Derived : Base
        {
            public override long Turn(long x) => Marks.Mark(x + 200);
        }

        public static class Odd
        {
            static long Twice(long x) => Marks.Mark(2 * x);

            static T Same<T>(T x) => Marks.Mark(3) == 3 ? x : throw new InvalidOperationException();

            static long Measure(this string text, long x) => Marks.Mark(text.Length + x);

            public static Func<long, long>[] All()
            {
                Func<long, long> several = Program.Steps[5];
                several += Program.Steps[6];
                several += Twice;
                several += Program.Steps[5];
                return [Twice, Same, "text".Measure, new Adder(5).Add, new Scale(3).Times, new Base().Turn, new Derived().Turn, Math.Abs, several, new(Program.Steps[5]), new(several)];
            }

            public static Func<Adder, long, long> Open { get; } = (Func<Adder, long, long>)Delegate.CreateDelegate(typeof(Func<Adder, long, long>), typeof(Adder).GetMethod("Add")!);
        }

        public static class Program
        {
            public static readonly Func<long, long>[] Steps =
                [x => Marks.Mark(x ^ 1), x => Marks.Mark(x + 2), x => Marks.Mark(x - 3), x => Marks.Mark(x * 4), x => 60 / Marks.Mark(x), x => Marks.Mark(x & 6), x => Marks.Mark(x << 1), x => Marks.Mark(x >> 1)];

            static readonly Func<int, long>[] Few = [x => Marks.Mark(x + 1), x => Marks.Mark(x + 2), x => Marks.Mark(x + 3)];

            static readonly Func<Adder, long, long>[] OnAdders = [(a, x) => a.Add(x + 1), (a, x) => a.Add(x + 2), (a, x) => a.Add(x + 3), (a, x) => a.Add(x + 4), (a, x) => a.Add(x + 5)];

            static long First(Func<long, long> f, long x) => f(x);

            static long Turns(Func<long, long> f, long x) => f(x);

            static long OfFew(Func<int, long> f, int x) => f(x);

            static long OnAdder(Func<Adder, long, long> f, Adder a, long x) => f(a, x);

            static long Both(Func<long, long> f, Func<long, long> g, long x) => f(x) - g(x);

            static string On<T>(Func<long, long> f, T x) => x + " " + f(7);

            static long Looped(Func<long, long>[] steps, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += steps[i % steps.Length](i + 1);
                return sum;
            }

            static long Unchanged(Func<long, long> step, int count)
            {
                long sum = 0;
                for (int i = 1; i <= count; i++)
                    sum += step(i);
                return sum;
            }

            // Optimised before anything is decided.
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            static long Early(Func<long, long>[] steps, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                    sum += steps[i % steps.Length](i + 1);
                return sum;
            }

            // Optimised for the second type after it was decided with the first.
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            static long Decided<T>(Func<long, long> f, T x) => x!.ToString()!.Length + f(30);

            static IEnumerable<long> Each(Func<long, long>[] steps, int count)
            {
                for (int i = 0; i < count; i++)
                    yield return steps[i % steps.Length](i + 1);
            }

            static async Task<long> Awaited(Func<long, long>[] steps, int count)
            {
                long sum = 0;
                for (int i = 0; i < count; i++)
                {
                    if (i % 50 == 0)
                        await Task.Yield();
                    sum += steps[i % steps.Length](i + 1);
                }
                return sum;
            }

            static void All(List<object> text)
            {
                // One for thousands of calls, and then others.
                long sum = 0;
                for (int i = 0; i < 3000; i++)
                    sum += First(Steps[5], i);
                for (int i = 1; i < 1000; i++)
                    sum += First(Steps[i % 8], i);
                text.Add(sum);
                foreach (Func<long, long> odd in Odd.All())
                    text.Add(First(odd, -9));
                text.Add(Try(() => First(null!, 1)));
                text.Add(Try(() => First(Steps[4], 0)));
                // Another one each time, and then one.
                for (int i = 1; i < 1000; i++)
                    sum += Turns(Steps[i % 8], i);
                for (int i = 0; i < 1000; i++)
                    sum += Turns(Steps[3], i);
                foreach (Func<long, long> odd in Odd.All())
                    text.Add(Turns(odd, 9));
                text.Add(Try(() => Turns(null!, 1)));
                text.Add(sum);
                // First what is none of the lambdas.
                for (int i = 1; i < 100; i++)
                    sum += Both(Odd.All()[0], Steps[i / 60], i);
                text.Add(sum);
                foreach (Func<long, long> odd in Odd.All())
                    text.Add(Both(Steps[1], odd, 11));
                for (int i = 0; i < 500; i++)
                    sum += OfFew(Few[i < 400 ? 2 : i % 3], i);
                text.Add(sum);
                text.Add(Try(() => OfFew(null!, 1)));
                var adder = new Adder(1000);
                for (int i = 0; i < 200; i++)
                    sum += OnAdder(i < 100 ? OnAdders[4] : i < 150 ? Odd.Open : OnAdders[i % 5], adder, i);
                text.Add(sum);
                text.Add(Try(() => OnAdder(Odd.Open, null!, 1)));
                for (int i = 0; i < 50; i++)
                    text.Add(i < 30 ? On(Steps[2], i) : i < 40 ? On(Steps[i - 30 & 7], "text") : On(Steps[2], new DateTime(i)));
                text.Add(Looped([Steps[7]], 4000) + Looped(Steps, 80) + Looped([Steps[7]], 40));
                text.Add(Unchanged(Steps[6], 4000) + Unchanged(Steps[0], 40) + Unchanged(Odd.All()[8], 40));
                text.Add(Early([Steps[1]], 200) + Early(Steps, 200) + Early(Odd.All(), 44) + Early([Steps[1]], 200));
                for (int i = 0; i < 100; i++)
                    sum += Decided(Steps[i < 90 ? 6 : i % 8], i);
                for (long i = 0; i < 100; i++)
                    sum += Decided(Steps[i < 50 ? 6 : i % 8], i);
                foreach (Func<long, long> odd in Odd.All())
                    text.Add(Decided(odd, 1.5m));
                text.Add(Try(() => Decided(null!, 1L)));
                text.Add(sum);
                text.Add(Each([Steps[3]], 100).Sum() + Each(Steps, 100).Sum());
                text.Add(Awaited([Steps[5]], 300).Result + Awaited(Steps, 100).Result);
            }

            static long OnThreads(int number)
            {
                long total = 0;
                var threads = Enumerable.Range(0, 6).Select(t => new Thread(() =>
                {
                    for (int i = 1; i <= 2000; i++)
                        Interlocked.Add(ref total, Looped([Steps[(t + number) % 8]], 1) + First(Steps[i < 1000 ? t : (i + t) % 8], i));
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

            // The place sees several threads before it saw anything else.
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
            public static long Decide(int number, int other)
            {
                long sum = 0;
                for (int i = 1; i <= 60; i++)
                    sum += new Plain().Overdub(First, Steps[i % 3 == 0 ? other : number], (long)i);
                return sum;
            }

            public static long DecideOnNone() => new Plain().Overdub(() =>
            {
                long sum = 0;
                for (int i = 1; i <= 64; i++)
                    sum += First(Steps[i % 8], i);
                return sum;
            });
        }
        """;

    [Theory, Builds]
    public void A_place_does_what_it_does_natively(OptimizationLevel build)
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
    public void Each_place_has_a_struct_and_a_case_for_each_candidate()
    {
        using ModuleDefinition module = Woven(OptimizationLevel.Release, Source);
        List<GenericInstanceMethod> calls = [.. Calls(module, m => m.Name.EndsWith("@Plain") && m.DeclaringType.FullName == "Program").Where(m => m.Name == "Likely@Plain").Cast<GenericInstanceMethod>()];
        Assert.Equal(12, calls.Count);
        Assert.Equal(calls.Count, calls.Select(c => c.GenericArguments.Single().FullName).Distinct().Count());
        Assert.All(calls, c => Assert.Empty(c.GenericArguments.Single().Resolve().Fields));
        Assert.Equal(
            ["3", "5", "6", "8"],
            calls.Select(c => Cases(c.Resolve())).Select(cases => cases.Length.ToString()).Distinct().Order());
        foreach (Instruction[] targets in calls.Select(c => Cases(c.Resolve())))
        {
            string[] tested = [.. targets.Select(Tested)];
            Assert.Equal(tested.Distinct(), tested);
            Assert.Equal(tested.Select(t => t + "@Plain"), targets.Select(t => Following(t).First(i => i.Operand is MethodReference m && m.Name.EndsWith("@Plain")).Operand).Cast<MethodReference>().Select(m => m.Name));
        }
    }

    [Fact]
    public void Nothing_is_found_out_in_a_debug_build()
    {
        using ModuleDefinition module = Woven(OptimizationLevel.Debug, Source);
        Assert.DoesNotContain(module.GetTypes().SelectMany(t => t.Methods), m => m.Name.StartsWith("Likely@"));
        Assert.DoesNotContain(module.GetTypes(), t => t.Name.StartsWith("Place"));
    }

    [Theory]
    [InlineData(1, "Direct@Plain")]
    [InlineData(2, "Direct@Plain")]
    [InlineData(3, "Likely@Plain")]
    [InlineData(4, "Likely@Plain")]
    [InlineData(5, "Likely@Plain")]
    [InlineData(16, "Likely@Plain")]
    [InlineData(17, "Invoke@Plain")]
    public void The_number_of_candidates_decides_how_a_delegate_is_asked(int candidates, string invoker)
    {
        string lambdas = string.Join(", ", Enumerable.Range(0, candidates).Select(i => $"x => x + {i}"));
        using ModuleDefinition module = Woven(OptimizationLevel.Release, $$"""
            using System;
            using Cassette;

            public readonly struct Plain : IContext;

            public static class Program
            {
                static readonly Func<long, long>[] Steps = [{{lambdas}}];

                static long Call(Func<long, long> f, long x) => f(x);

                public static long Run() => new Plain().Overdub(Call, Steps[0], 1L);
            }
            """);
        Assert.Equal([invoker], Calls(module, m => m.Name == "Call@Plain").Select(m => m.Name));
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(0, 7)]
    public void What_comes_mostly_is_what_is_asked_for(int number, int other)
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", Source)).Weave().Verified();
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image));
        var call = (GenericInstanceMethod)Assert.Single(Calls(module, m => m.Name == "First@Plain"));
        LoadedProgram program = woven.Load();
        Assert.Equal(0, Candidate(program, call));
        program.Run("Program.Decide", number, other);
        int candidate = Candidate(program, call);
        var steps = (System.Delegate[])program.Assembly.GetType("Program")!.GetField("Steps")!.GetValue(null)!;
        Assert.Equal(steps[number].Method.Name, Tested(Cases(call.Resolve())[candidate - 1]));
        // It stays so.
        program.Run("Program.Decide", other, number);
        Assert.Equal(candidate, Candidate(program, call));
    }

    [Fact]
    public void Of_many_in_turns_none_is_asked_for()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", Source)).Weave().Verified();
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image));
        LoadedProgram program = woven.Load();
        program.Run("Program.DecideOnNone");
        Assert.Equal(-1, Candidate(program, (GenericInstanceMethod)Assert.Single(Calls(module, m => m.Name == "First@Plain"))));
    }

    private static ModuleDefinition Woven(OptimizationLevel build, string text) =>
        ModuleDefinition.ReadModule(new MemoryStream(CompiledProgram.Compile(build, new Source("/src/Program.cs", text)).Weave().Verified().Image));

    /// <summary>The helpers that some clones call.</summary>
    private static IEnumerable<MethodReference> Calls(ModuleDefinition module, System.Func<MethodDefinition, bool> isWanted) => module.GetTypes()
        .SelectMany(t => t.Methods.Where(isWanted))
        .SelectMany(m => m.Body.Instructions)
        .Select(i => i.Operand).OfType<MethodReference>()
        .Where(m => m.DeclaringType.Name == "<Cassette>");

    /// <summary>Where an invoker goes for each candidate.</summary>
    private static Instruction[] Cases(MethodDefinition invoker)
    {
        MethodDefinition guess = invoker.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>().Single(m => m.Name == "Guess@Plain").Resolve();
        var targets = (Instruction[])guess.Body.Instructions.Single(i => i.OpCode.Code == Code.Switch).Operand;
        return [.. targets.Skip(1)];
    }

    /// <summary>The method that a case compares the delegate's code with.</summary>
    private static string Tested(Instruction target) => ((MethodReference)Following(target).First(i => i.OpCode.Code == Code.Ldftn).Operand).Name;

    private static IEnumerable<Instruction> Following(Instruction? instruction)
    {
        for (; instruction != null; instruction = instruction.Next)
            yield return instruction;
    }

    private static int Candidate(LoadedProgram program, GenericInstanceMethod call)
    {
        System.Type place = program.Assembly.GetType("<Cassette>")!.GetNestedType(call.GenericArguments.Single().Name, BindingFlags.NonPublic)!;
        return (int)typeof(Likely<>).MakeGenericType(place).GetField("Candidate")!.GetValue(null)!;
    }
}
