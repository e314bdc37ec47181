using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Passes over async methods and iterators see the author's code, where it runs: in the state machine.</summary>
public sealed class MachinePassTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

        public readonly record struct Outer(List<string> Metadata) : IContext<List<string>>;

        public readonly record struct Empty : IContext;

        public static class Model
        {
            public static IEnumerable<double> Waves(int n, double step)
            {
                try
                {
                    for (int i = 0; i < n; i++)
                    {
                        if (i % 2 == 0)
                            yield return Math.Sin(i * step);
                    }
                }
                finally
                {
                    Console.Write("");
                }
            }

            public static async Task<double> WaitAsync(int n, double step)
            {
                double sum = 0;
                for (int i = 0; i < n; i++)
                {
                    await Task.Yield();
                    sum += Math.Sin(i * step);
                }
                return sum;
            }

            public static async IAsyncEnumerable<double> StreamAsync(int n, double step)
            {
                for (int i = 0; i < n; i++)
                {
                    await Task.Yield();
                    yield return Math.Sin(i * step);
                }
            }

            public static string All(int n)
            {
                double sum = 0;
                foreach (double x in Waves(n, 0.5))
                    sum += x;
                sum += WaitAsync(n, 0.25).GetAwaiter().GetResult();
                sum += StreamedAsync(n).GetAwaiter().GetResult();
                return sum.ToString("R");
            }

            public static async Task<double> StreamedAsync(int n)
            {
                double sum = 0;
                await foreach (double x in StreamAsync(n, 0.125))
                    sum += x;
                return sum;
            }

            public static double Cosines(int n)
            {
                double sum = 0;
                for (int i = 0; i < n; i++)
                {
                    if (i % 2 == 0)
                        sum += Math.Cos(i * 0.5);
                }
                double waited = 0;
                for (int i = 0; i < n; i++)
                    waited += Math.Cos(i * 0.25);
                sum += waited;
                double streamed = 0;
                for (int i = 0; i < n; i++)
                    streamed += Math.Cos(i * 0.125);
                return sum + streamed;
            }
        }

        public static class Program
        {
            public static string Native(int n) => Model.All(n);

            public static string NativeCosines(int n) => Model.Cosines(n).ToString("R");

            public static string[] Run(int n)
            {
                var seen = new List<string>();
                string result = new Ctx(seen).Overdub(Model.All, n);
                seen.Add(result);
                return seen.ToArray();
            }

            static readonly List<string> s_inner = [];

            static string Enter(int n) => new Ctx(s_inner).Overdub(Model.All, n);

            public static string[] RunNested(int n)
            {
                s_inner.Clear();
                var outer = new List<string>();
                string result = new Outer(outer).Overdub(Enter, n);
                return [result, string.Join(",", s_inner), string.Join(",", outer)];
            }

            public static string RunEmpty(int n) => new Empty().Overdub(Model.All, n);
        }
        """;

    private static WovenProgram Weave(OptimizationLevel build, TestPasses passes) =>
        CompiledProgram.Compile(build, new Source("/src/Waves.cs", Source)).Weave(passes: passes).Verified();

    private static Expression Add(EditableBody body, Expression text) => body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), text);

    [Theory, Builds]
    public void Calls_in_machines_are_replaced(OptimizationLevel build)
    {
        static void SinToCos(EditableBody body)
        {
            foreach (Expression call in body.FindCalls(typeof(Math), "Sin"))
                body.Replace(call, body.New.Call(typeof(Math), "Cos", [.. call.Operands]));
        }

        foreach (string run in new[] { "Run", "RunEmpty" })
        {
            LoadedProgram program = Weave(build, TestPasses.Editing(run == "Run" ? "Ctx" : "Empty", SinToCos)).Load();
            string expected = program.Run<string>("Program.NativeCosines", 6);
            Assert.Equal(expected, run == "Run" ? Assert.Single(program.Run<string[]>("Program.Run", 6)) : program.Run<string>("Program.RunEmpty", 6));
            Assert.NotEqual(expected, program.Run<string>("Program.Native", 6));
        }
    }

    [Theory, Builds]
    public void Each_line_of_a_machine_is_counted_as_often_as_it_runs(OptimizationLevel build)
    {
        string[] lines = Source.Split('\n');
        int Line(string text) => Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal)) + 1;
        int waves = Line("yield return Math.Sin(i * step);"), sum = Line("sum += Math.Sin(i * step);"), cleanup = Line("Console.Write(\"\");"), even = Line("if (i % 2 == 0)");
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Statement statement in body.Statements)
            {
                if (statement.Point is { IsHidden: false } source)
                    body.InsertBefore(statement, Add(body, body.New.Constant("line " + source.StartLine)));
            }
        });
        LoadedProgram program = Weave(build, passes).Load();

        string[] seen = program.Run<string[]>("Program.Run", 5);
        Assert.Equal(program.Run<string>("Program.Native", 5), seen[^1]);
        int Count(int line) => seen.Count(text => text == "line " + line);
        Assert.Equal(3, Count(waves));
        Assert.Equal(5, Count(even));
        Assert.Equal(5, Count(sum));
        Assert.Equal(1, Count(cleanup));
    }

    [Theory, Builds]
    public void Edges_of_machines_are_counted_exactly(OptimizationLevel build)
    {
        var edges = new List<(string Method, int Number, Edge Edge)>();
        LoadedProgram program = Weave(build, TestPasses.For("Ctx", reflection =>
        {
            EditableBody body = reflection.Edit();
            IReadOnlyList<Edge> found = body.Edges;
            int first = reflection.Allocate(found.Count);
            edges.AddRange(found.Select(edge => (reflection.Method.Name, first + edge.Ordinal, edge)));
            foreach (Edge edge in found)
                body.InsertOn(edge, Add(body, body.New.Constant("edge " + (first + edge.Ordinal))));
            return PassResult.Overdub(body);
        })).Load();

        string[] seen = program.Run<string[]>("Program.Run", 5);
        Assert.Equal(program.Run<string>("Program.Native", 5), seen[^1]);
        int Count(int number) => seen.Count(text => text == "edge " + number);
        // MoveNext of the iterator is entered once for each of 0, 2, 4 and once for the end, its finally method once; the async method once and
        // after each of five yields.
        int[] entries = [.. edges.Where(e => e.Method == "Waves" && e.Edge.Kind == EdgeKind.Entry).Select(e => Count(e.Number)).Order()];
        Assert.Equal([1, 4], entries);
        Assert.Equal(6, edges.Where(e => e.Method == "WaitAsync" && e.Edge.Kind == EdgeKind.Entry).Sum(e => Count(e.Number)));
        // The loop's test: five times on, once out.
        foreach (string method in new[] { "Waves", "WaitAsync" })
        {
            var ways = edges.Where(e => e.Method == method && e.Edge.Kind is EdgeKind.Taken or EdgeKind.NotTaken)
                .GroupBy(e => e.Edge.Source!).Select(way => way.Select(e => Count(e.Number)).Order().ToArray());
            Assert.Contains(ways, way => way.SequenceEqual([1, 5]));
        }
    }

    [Theory, Builds]
    public void A_pass_is_told_the_authors_method_and_its_arguments(OptimizationLevel build)
    {
        var told = new List<string>();
        LoadedProgram program = Weave(build, TestPasses.For("Ctx", reflection =>
        {
            if (reflection.Member is null)
                return PassResult.Overdub(reflection.Body);
            told.Add($"{reflection.Method.Name}({string.Join(",", reflection.Signature)}) {(reflection.Member.Name == "MoveNext" ? "MoveNext" : "other")}");
            EditableBody body = reflection.Edit();
            if (reflection.Member.Name == "MoveNext" && reflection.Method.Name is "Waves" or "WaitAsync" or "StreamAsync")
            {
                Assert.Equal(2, body.New.Arguments().Length);
                Expression[] arguments = body.New.Arguments();
                Assert.Equal(body.Types.Double, arguments[1].Type);
                body.InsertAtStart(Add(body, body.New.Call(
                    typeof(string), "Concat", body.New.Constant(reflection.Method.Name), body.New.Call(typeof(Convert), "ToString", arguments[0]))));
            }

            return PassResult.Overdub(body);
        })).Load();

        Assert.Equal(
            ["StreamAsync(int,double) MoveNext", "StreamedAsync(int) MoveNext", "WaitAsync(int,double) MoveNext", "Waves(int,double) MoveNext", "Waves(int,double) other"],
            told.Order(StringComparer.Ordinal));
        string[] seen = program.Run<string[]>("Program.Run", 3);
        Assert.Equal(program.Run<string>("Program.Native", 3), seen[^1]);
        // 0 and 2 and the end; the start and three resumptions.
        Assert.Equal(3, seen.Count(text => text == "Waves3"));
        Assert.Equal(4, seen.Count(text => text == "WaitAsync3"));
        Assert.Contains("StreamAsync3", seen);
    }

    [Theory, Builds]
    public void The_inner_pass_goes_over_a_machine_first_and_each_loads_its_own_context(OptimizationLevel build)
    {
        static Action<EditableBody> Note(string text) => body =>
        {
            if (body.Body.Origin.DeclaringType.Name.Contains("WaitAsync", StringComparison.Ordinal))
                body.InsertAtStart(Add(body, body.New.Constant(text + body.FindCalls(typeof(List<string>), "Add").Count)));
        };
        LoadedProgram program = Weave(build, TestPasses.Editing("Ctx", Note("inner")).ThenEditing("Outer", Note("outer"))).Load();

        string[] seen = program.Run<string[]>("Program.RunNested", 1);
        Assert.Equal(program.Run<string>("Program.Native", 1), seen[0]);
        Assert.Equal("inner0,inner0", seen[1]);
        Assert.Equal("outer1,outer1", seen[2]);
        // The machine under Ctx alone is another one, edited by the same pass.
        Assert.Equal(["inner0", "inner0"], program.Run<string[]>("Program.Run", 1)[..^1]);
    }

    [Theory, Builds]
    public void A_marked_call_of_a_machine_stays_native(OptimizationLevel build)
    {
        const string source = """
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Cassette;

            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook]
                static void Before(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
            }

            public static class Program
            {
                static int One(int x) => x + 1;

                static int Two(int x) => x + 2;

                static IEnumerable<int> Both(int x)
                {
                    yield return One(x);
                    yield return Two(x);
                }

                static async Task<int> BothAsync(int x)
                {
                    await Task.Yield();
                    return One(x) + Two(x);
                }

                static int Work(int x)
                {
                    int sum = BothAsync(x).GetAwaiter().GetResult();
                    foreach (int y in Both(x))
                        sum += y;
                    return sum;
                }

                public static string Run()
                {
                    var seen = new List<string>();
                    int sum = new Ctx(seen).Overdub(Work, 10);
                    seen.RemoveAll(name => name is not ("One" or "Two"));
                    return sum + " " + string.Join(",", seen);
                }
            }
            """;
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Expression call in body.FindCalls("Program", "One"))
                call.NoOverdub = true;
        });
        CompiledProgram program = CompiledProgram.Compile(build, new Source("/src/Both.cs", source));

        Assert.Equal("46 One,Two,One,Two", program.Weave().Verified().Load().Run<string>("Program.Run"));
        Assert.Equal("46 Two,Two", program.Weave(passes: passes).Verified().Load().Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void A_generic_machine_has_its_methods_type_arguments(OptimizationLevel build)
    {
        const string source = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>;

            public sealed class Box<T>(T item)
            {
                public IEnumerable<string> Pairs<U>(U other)
                {
                    yield return item + " " + other;
                }
            }

            public static class Program
            {
                static string Work()
                {
                    string text = "";
                    foreach (string pair in new Box<int>(1).Pairs("one"))
                        text += pair;
                    foreach (string pair in new Box<string>("two").Pairs(2.5))
                        text += pair;
                    return text;
                }

                public static string[] Run()
                {
                    var seen = new List<string>();
                    seen.Add(new Ctx(seen).Overdub(Work));
                    return seen.ToArray();
                }
            }
            """;
        var passes = TestPasses.For("Ctx", reflection =>
        {
            EditableBody body = reflection.Edit();
            if (reflection.Method.Name == "Pairs" && reflection.Member is { Name: "MoveNext" })
            {
                Assert.Equal(2, reflection.GenericArguments.Count);
                Expression[] arguments = body.New.Arguments();
                // this, and U as the machine names it: what the pass is told and what it loads agree.
                Assert.Equal(reflection.Signature[1], arguments[1].Type);
                Assert.Equal(reflection.GenericArguments[1], arguments[1].Type);
                body.InsertAtStart(Add(body, body.New.Call(typeof(string), "Concat", body.New.Box(arguments[1]))));
            }

            return PassResult.Overdub(body);
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Box.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal(["one", "one", "2.5", "2.5", "1 onetwo 2.5"], program.Run<string[]>("Program.Run"));
    }

    [Theory, Builds]
    public void A_context_without_hooks_is_unwrapped_in_a_machine(OptimizationLevel build)
    {
        string source = Source + """

            public static class Quiet
            {
                public static string[] Run(int n)
                {
                    var seen = new List<string>();
                    new Ctx(seen).DisableHooks().Overdub(Model.All, n);
                    return seen.ToArray();
                }
            }
            """;
        var passes = TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.DeclaringType.Name.Contains("WaitAsync", StringComparison.Ordinal))
                body.InsertAtStart(Add(body, body.New.Constant("here")));
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Waves.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal(["here", "here", "here"], program.Run<string[]>("Quiet.Run", 2));
    }

    [Theory, Builds]
    public void A_machine_cannot_be_written_anew(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, new Source("/src/Waves.cs", Source)).TryWeave(passes: TestPasses.For(
            "Ctx", reflection => reflection.Member is null ? PassResult.Overdub(reflection.Body) : PassResult.Emit(reflection.Rewrite())));

        var error = woven.Diagnostics.First(found => found.Message.Contains("'Model.Waves(int, double)'", StringComparison.Ordinal));
        Assert.Equal("CAS374", error.Id);
        Assert.Contains("cannot be written anew", error.Message);
    }
}
