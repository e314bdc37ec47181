using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Passes;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Counters on every edge of a method with nested handlers, loops and switches, held against what its source does.</summary>
public sealed class EdgeCoverageTests
{
    private const string Source = """
        using System;
        using Cassette;

        public readonly record struct CoverageCtx(int[] Metadata) : IContext<int[]>;

        public static class Subject
        {
            public static int Work(int n, int[] cases)
            {
                int result = 0;
                for (int i = 0; i < n; i++)
                {
                    try
                    {
                        switch (cases[i])
                        {
                            case 0: result += 1; break;
                            case 1: result += 10; break;
                            case 2: throw new InvalidOperationException();
                            case 3: throw new ArgumentException();
                            default: result += 100; break;
                        }
                        try
                        {
                            if (cases[i] == 7)
                                throw new FormatException();
                        }
                        finally
                        {
                            result += 1000;
                        }
                    }
                    catch (InvalidOperationException)
                    {
                        result += 10000;
                    }
                    catch (ArgumentException) when (n > 3)
                    {
                        result += 100000;
                    }
                    catch (FormatException)
                    {
                        result += 1000000;
                    }
                }
                return result;
            }
        }

        public static class Program
        {
            public static int Native(int n, int[] cases) => Subject.Work(n, cases);

            public static int[] Run(int n, int[] cases)
            {
                var counts = new int[200];
                counts[^1] = new CoverageCtx(counts).Overdub(Subject.Work, n, cases);
                return counts;
            }
        }
        """;

    /// <summary>What a pass writes that counts edges: the slot of a counter is the number of its edge.</summary>
    private static TestPasses Counting(List<Edge> edges) => TestPasses.For("CoverageCtx", reflection =>
    {
        EditableBody body = reflection.Edit();
        IReadOnlyList<Edge> found = body.Edges;
        int first = reflection.Allocate(found.Count);
        edges.AddRange(found);
        Local counters = body.NewLocal(typeof(int[]));
        foreach (Edge edge in found)
        {
            Expression slot = body.New.Constant(first + edge.Ordinal);
            body.InsertOn(edge, body.New.StoreElement(
                body.New.Load(counters), slot, body.New.Add(body.New.Element(body.New.Load(counters), body.New.Copy(slot)), body.New.Constant(1))));
        }

        body.InsertAtStart(body.New.Store(counters, body.New.Metadata()));
        return PassResult.Overdub(body);
    });

    [Theory, Builds]
    public void Every_edge_is_counted_exactly(OptimizationLevel build)
    {
        var edges = new List<Edge>();
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Subject.cs", Source)).Weave(passes: Counting(edges)).Verified().Load();
        int[] cases = [0, 1, 2, 3, 4, 7, 0, -1, 1, 1, 2];

        int[] counts = program.Run<int[]>("Program.Run", cases.Length, cases);

        Assert.Equal(program.Run<int>("Program.Native", cases.Length, cases), counts[^1]);
        int Of(EdgeKind kind) => edges.Where(edge => edge.Kind == kind).Sum(edge => counts[edge.Ordinal]);
        // Entered once.
        Assert.Equal(1, Of(EdgeKind.Entry));
        // 0 twice, 1 three times, 2 twice, 3 once; 4, 7 and -1 are the default.
        int[] bySlot = new int[4];
        foreach (Edge edge in edges.Where(edge => edge.Kind == EdgeKind.Case))
            bySlot[Assert.Single(edge.Cases)] += counts[edge.Ordinal];
        Assert.Equal([2, 3, 2, 1], bySlot);
        Assert.Equal(3, Of(EdgeKind.Default));
        // The two 2s, the filter for the 3 and its handler, the 7's handler; the finally runs for all but the 2s and the 3. The 7 passes
        // the filter's try as well, but its exception is no ArgumentException... so the filter is asked once for it, too.
        int handlers = Of(EdgeKind.Handler);
        int filters = edges.Where(edge => edge.Handler?.Kind == RegionKind.Filter).Sum(edge => counts[edge.Ordinal]);
        Assert.Equal(2, filters);
        Assert.Equal(1, edges.Where(edge => edge.Handler?.Kind == RegionKind.FilteredCatch).Sum(edge => counts[edge.Ordinal]));
        Assert.Equal(8, edges.Where(edge => edge.Handler?.Kind == RegionKind.Finally).Sum(edge => counts[edge.Ordinal]));
        Assert.Equal(3, edges.Where(edge => edge.Handler?.Kind == RegionKind.Catch).Sum(edge => counts[edge.Ordinal]));
        Assert.Equal(2 + 1 + 8 + 3, handlers);
        AssertFlowIsConserved(edges, counts, cases.Length);
    }

    /// <summary>What flows into a block flows out of it, but for exceptions: in blocks that cannot throw the counts say so.</summary>
    private static void AssertFlowIsConserved(List<Edge> edges, int[] counts, int rounds)
    {
        foreach (var block in edges.Select(edge => edge.Target).Distinct())
        {
            if (block.Statements.Any(statement => statement.IsReturn))
                Assert.Equal(1, edges.Where(edge => edge.Target == block).Sum(edge => counts[edge.Ordinal]));
        }

        // The loop's test is made once a round and once more: one of its ways is taken each round, the other one once.
        var test = edges.Where(edge => edge.Kind is EdgeKind.Taken or EdgeKind.NotTaken).GroupBy(edge => edge.Source!)
            .Select(ways => ways.Select(edge => counts[edge.Ordinal]).Order().ToArray());
        Assert.Contains(test, ways => ways.SequenceEqual([1, rounds]));
    }

    [Theory, Builds]
    public void A_path_that_is_not_taken_counts_nothing(OptimizationLevel build)
    {
        var edges = new List<Edge>();
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Subject.cs", Source)).Weave(passes: Counting(edges)).Verified().Load();

        int[] counts = program.Run<int[]>("Program.Run", 0, Array.Empty<int>());

        Assert.Equal(0, counts[^1]);
        Assert.Equal(0, edges.Where(edge => edge.Kind is EdgeKind.Case or EdgeKind.Default or EdgeKind.Handler or EdgeKind.Leave).Sum(edge => counts[edge.Ordinal]));
        Assert.Equal(1, edges.Where(edge => edge.IsChoice).Sum(edge => counts[edge.Ordinal]));
    }

    /// <summary>The pass of the README: its counters are called, and numbered through all methods.</summary>
    [Theory, Builds]
    public void Counters_of_several_methods_do_not_meet(OptimizationLevel build)
    {
        const string source = """
            using System.Collections.Generic;
            using Cassette;

            public static class Coverage
            {
                public static void Hit(List<int> hits, int edge) => hits.Add(edge);
            }

            public readonly record struct CoverageCtx(List<int> Metadata) : IContext<List<int>>;

            public static class Program
            {
                static int Absolute(int x) => x < 0 ? -x : x;

                static int Both(int a, int b) => Absolute(a) + Absolute(b);

                public static int[] Run()
                {
                    var hits = new List<int>();
                    new CoverageCtx(hits).Overdub(Both, 3, -4);
                    return hits.ToArray();
                }
            }
            """;
        var numbers = new List<(string Method, int Edges)>();
        var passes = new TestPasses().With("CoverageCtx", reflection =>
        {
            numbers.Add((reflection.Method.Name, reflection.Edit().Edges.Count));
            return PassResult.Overdub(reflection.Body);
        }).With("CoverageCtx", reflection => new CountEdges().Run(reflection.Context!, reflection));
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Both.cs", source)).Weave(passes: passes).Verified().Load();

        int[] hits = program.Run<int[]>("Program.Run");
        // Methods are planned from the entry on.
        Assert.Equal(["Both", "Absolute"], numbers.Select(method => method.Method));
        int both = numbers[0].Edges, absolute = numbers[1].Edges;
        Assert.Equal(0, hits[0]);
        Assert.All(hits, hit => Assert.InRange(hit, 0, both + absolute - 1));
        // Absolute is entered twice, and goes each of its ways once.
        Assert.Equal(2, hits.Count(hit => hit == both));
        int[] ofAbsolute = [.. hits.Where(hit => hit >= both).GroupBy(hit => hit).Select(group => group.Count()).Order()];
        Assert.Contains(1, ofAbsolute);
        Assert.Equal(absolute, ofAbsolute.Length);
    }

    [Theory, Builds]
    public void Whether_a_method_branches_is_seen(OptimizationLevel build)
    {
        const string source = """
            using System;
            using Cassette;

            public readonly record struct Ctx : IContext;

            public static class Program
            {
                static int Straight(int x) => x * 2 + 1;

                static int Absolute(int x) => x < 0 ? -x : x;

                static int Sum(int n)
                {
                    int sum = 0;
                    for (int i = 0; i < n; i++)
                        sum += i;
                    return sum;
                }

                static string Name(int x) => x switch { 0 => "none", 1 => "one", 2 => "two", _ => "many" };

                static void Guarded()
                {
                    try { Console.WriteLine(); } finally { Console.Out.Flush(); }
                }

                static void All()
                {
                    Straight(1);
                    Absolute(2);
                    Sum(3);
                    Name(4);
                    Guarded();
                }

                public static void Run() => new Ctx().Overdub(All);
            }
            """;
        var branches = new Dictionary<string, bool>();
        var passes = TestPasses.For("Ctx", reflection =>
        {
            branches.Add(reflection.Method.Name, reflection.Edit().Edges.Any(edge => edge.IsChoice));
            return PassResult.Overdub(reflection.Body);
        });
        CompiledProgram.Compile(build, new Source("/src/Branches.cs", source)).Weave(passes: passes).Verified();

        Assert.Equal(
            ["Absolute: True", "All: False", "Guarded: False", "Name: True", "Straight: False", "Sum: True"],
            branches.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));
    }
}
