using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>A debugger steps through a machine's clone as through the original, and a stack trace names the author's method.</summary>
public sealed class MachineDebuggingTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Leaf))]
            static void Before(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public static class Program
        {
            public static int Leaf(int x) => x;

            public static async Task<int> Work(int x)
            {
                int sum = 0;
                for (int i = 0; i < x; i++)
                {
                    int next = Leaf(i);
                    await Task.Yield();
                    sum += next;
                }

                try
                {
                    await Task.Delay(Leaf(1));
                }
                catch (InvalidOperationException) when (x > 0)
                {
                    sum++;
                }

                return sum;
            }

            public static IEnumerable<int> Many(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    int next = Leaf(i);
                    yield return next;
                }
            }

            public static async IAsyncEnumerable<int> Stream(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    await Task.Yield();
                    yield return Leaf(i);
                }
            }

            public static async void Fire(int x)
            {
                await Task.Yield();
                Leaf(x);
            }

            public static async Task<int> Fails(int level)
            {
                await Task.Yield();
                if (level == 0)
                    throw new InvalidOperationException("bottom");
                return await Fails(level - 1);
            }

            public static IEnumerable<int> Throws()
            {
                yield return 1;
                throw new InvalidOperationException("iterated");
            }

            static async Task All()
            {
                await Work(2);
                foreach (int x in Many(2))
                    Leaf(x);
                await foreach (int x in Stream(2))
                    Leaf(x);
                Fire(1);
            }

            public static void Run() => new Ctx([]).Overdub(() => All()).Wait();

            public static void Fail() => new Ctx([]).Overdub(() => Fails(2)).GetAwaiter().GetResult();

            public static void FailIterator() => new Ctx([]).Overdub(() => { foreach (int x in Throws()) { Leaf(x); } });
        }
        """;

    private static WovenProgram Woven(OptimizationLevel build) => CompiledProgram.Compile(build, new Source("/src/Program.cs", Source)).Weave().Verified();

    [Theory, Builds]
    public void What_debuggers_know_of_a_machine_is_known_of_its_clone(OptimizationLevel build)
    {
        WovenProgram woven = Woven(build);
        using var module = ModuleDefinition.ReadModule(
            new MemoryStream(woven.Image),
            new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new PortablePdbReaderProvider(), SymbolStream = new MemoryStream(woven.Symbols) });
        List<TypeDefinition> clones = [.. module.GetTypes().Where(t => t.Name.EndsWith("@Ctx", StringComparison.Ordinal) && t.DeclaringType != null && t.Methods.Any(m => m.Name == "MoveNext"))];
        // Work, Many, Stream, Fire, Fails, Throws, All.
        Assert.Equal(7, clones.Count);
        Assert.All(clones, clone =>
        {
            string name = clone.Name[..clone.Name.IndexOf('@')];
            MethodDefinition original = MoveNext(clone.DeclaringType.NestedTypes.Single(t => t.Name == name)), copy = MoveNext(clone);
            Assert.Equal(original.DebugInformation.StateMachineKickOffMethod.Name + "@Ctx", copy.DebugInformation.StateMachineKickOffMethod.Name);
            Assert.Equal(Lines(original), Lines(copy));
            Assert.Equal(Shape(original), Shape(copy));
            Assert.Equal(Variables(original.DebugInformation.Scope), Variables(copy.DebugInformation.Scope));
            // Places lie inside the new body, each at an instruction.
            HashSet<int> offsets = [.. copy.Body.Instructions.Select(i => i.Offset), copy.Body.CodeSize];
            Assert.All(Places(copy), place => Assert.Contains(place, offsets));
            // What suspends stores the awaiter or the state; what resumes follows: in the order of the original.
            Assert.Equal(Order(Places(original)), Order(Places(copy)));
        });
    }

    private static MethodDefinition MoveNext(TypeDefinition machine) => machine.Methods.Single(m => m.Name == "MoveNext");

    private static IEnumerable<string> Lines(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.Select(p => p.IsHidden ? "hidden" : $"{p.StartLine}:{p.StartColumn}-{p.EndLine}:{p.EndColumn}");

    private static IEnumerable<string> Variables(ScopeDebugInformation? scope) => scope is null ? []
        : [.. scope.Variables.Select(v => v.Name), .. scope.Scopes.SelectMany(Variables).Select(v => "." + v)];

    private static IEnumerable<string> Shape(MethodDefinition method) => method.CustomDebugInformations
        .Where(i => i is AsyncMethodBodyDebugInformation or StateMachineScopeDebugInformation)
        .Select(i => i is AsyncMethodBodyDebugInformation async
            ? $"async {async.CatchHandler.Offset >= 0} {async.Yields.Count} {string.Join(",", async.ResumeMethods.Select(m => m == method))}"
            : $"scopes {((StateMachineScopeDebugInformation)i).Scopes.Count}");

    private static List<int> Places(MethodDefinition method) =>
    [
        .. method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .SelectMany(i => i.Yields.Zip(i.Resumes, (yield, resume) => new[] { yield.Offset, resume.Offset }).SelectMany(x => x)),
        .. method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>().Where(i => i.CatchHandler.Offset >= 0).Select(i => i.CatchHandler.Offset),
        .. method.CustomDebugInformations.OfType<StateMachineScopeDebugInformation>()
            .SelectMany(i => i.Scopes.SelectMany(s => new[] { s.Start.Offset, s.End.IsEndOfMethod ? method.Body.CodeSize : s.End.Offset })),
    ];

    /// <summary>Which place comes how far from the start: the same in both bodies, whatever stands between.</summary>
    private static IEnumerable<int> Order(List<int> places)
    {
        List<int> sorted = [.. places.Distinct().Order()];
        return places.Select(place => sorted.IndexOf(place));
    }

    [Theory, Builds]
    public void A_stack_trace_names_the_async_methods(OptimizationLevel build)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Woven(build).Load().Run("Program.Fail"));
        string[] own = [.. exception.StackTrace!.Split('\n').Where(line => line.Contains("/src/Program.cs", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.Equal(3, own.Count(line => line.StartsWith("at Program.Fails@Ctx(Int32 level, Ctx context)", StringComparison.Ordinal)));
        Assert.DoesNotContain(own, line => line.Contains("MoveNext", StringComparison.Ordinal));
    }

    [Theory, Builds]
    public void A_stack_trace_names_the_iterator(OptimizationLevel build)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Woven(build).Load().Run("Program.FailIterator"));
        Assert.Contains("at Program.Throws@Ctx(Ctx context)", exception.StackTrace, StringComparison.Ordinal);
    }
}
