using System;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Metadata;
using Cassette.Fody.IL;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Delegates and entries that only a pass makes are followed as those of the module are.</summary>
public sealed class AddedDelegateTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(Ctx ctx, JoinPoint f) => ctx.Metadata.Add(f.Name);
        }

        public readonly record struct Inner : IContext
        {
            [Overdub(typeof(Program), "Leaf")]
            static int Leaf(Inner ctx, int x) => 1000 + x;
        }

        public delegate int Operation(int x);

        public static class Program
        {
            static int Leaf(int x) => x + 1;

            // No delegate of the module is made of these.
            static int Hidden(int x) => Leaf(x) + 100;

            public static int Twice(int x) => Leaf(x) * 2;

            static Operation Make() => null;

            static int Apply(Operation operation, int x) => operation is null ? -1 : operation(x);

            static int Work(int x) => Apply(Make(), x);

            static int WorkFirst(int x) => Apply(s_kept, x) + Apply(Make(), x);

            static readonly Operation s_kept = null;

            static int Enter(int x) => Twice(x);

            static IEnumerable<int> Machine(int x)
            {
                yield return Apply(null, x);
            }

            static int WorkMachine(int x)
            {
                int sum = 0;
                foreach (int y in Machine(x))
                    sum += y;
                return sum;
            }

            static string Run(Func<int, int> work)
            {
                var seen = new List<string>();
                int result = new Ctx(seen).Overdub(work, 10);
                return result + " " + string.Join(",", seen);
            }

            public static string RunWork()
            {
                var seen = new List<string>();
                return new Ctx(seen).Overdub(Work, 10) + " " + string.Join(",", seen);
            }

            public static string RunFirst()
            {
                var seen = new List<string>();
                return new Ctx(seen).Overdub(WorkFirst, 10) + " " + string.Join(",", seen);
            }

            public static string RunMachine()
            {
                var seen = new List<string>();
                return new Ctx(seen).Overdub(WorkMachine, 10) + " " + string.Join(",", seen);
            }

            public static string RunEnter()
            {
                var seen = new List<string>();
                return new Ctx(seen).Overdub(Enter, 10) + " " + string.Join(",", seen);
            }

            public static int Anything() => new Inner().Overdub(Twice, 1);
        }
        """;

    private static LoadedProgram Weave(OptimizationLevel build, TestPasses passes) =>
        CompiledProgram.Compile(build, new Source("/src/Made.cs", Source)).Weave(passes: passes).Verified().Load();

    private static Expression Hidden(EditableBody body) =>
        body.New.Delegate(body.Symbols.Type("Operation"), body.Symbols.Method("Program", "Hidden"));

    [Theory, Builds]
    public void A_delegate_that_a_pass_makes_runs_in_the_context(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Expression made in body.FindCalls("Program", "Make"))
                body.Replace(made, Hidden(body));
        });
        LoadedProgram program = Weave(build, passes);

        // The call of Leaf in Hidden is seen: Hidden runs as a clone. (10 + 1) + 100.
        string seen = program.Run<string>("Program.RunWork");
        Assert.StartsWith("111 ", seen, StringComparison.Ordinal);
        Assert.Contains("Invoke,Leaf", seen);
        // Here such delegates are called before the pass makes one, so their targets were planned without it: -1 + 111.
        string first = program.Run<string>("Program.RunFirst");
        Assert.StartsWith("110 ", first, StringComparison.Ordinal);
        Assert.Contains("Invoke,Leaf", first);
    }

    [Theory, Builds]
    public void A_delegate_that_is_made_after_its_kind_was_called_is_planned_too(OptimizationLevel build)
    {
        // Apply's body, which calls such delegates, is looked at before Machine's, which makes the only one.
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Expression applied in body.FindCalls("Program", "Apply").Where(_ => body.Body.Origin.Name == "MoveNext"))
                body.Replace(applied.Operands[0], Hidden(body));
        });
        string seen = Weave(build, passes).Run<string>("Program.RunMachine");
        Assert.StartsWith("111 ", seen, StringComparison.Ordinal);
        Assert.Contains("Invoke,Leaf", seen);
    }

    [Theory, Builds]
    public void An_entry_that_a_pass_adds_opens_a_level(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("Ctx", body =>
        {
            if (body.Body.Origin.Name != "Enter")
                return;
            Expression call = body.FindCalls("Program", "Twice").Single();
            TypeSymbol inner = body.Symbols.Type("Inner"), entries = body.Symbols.Type("Cassette.ContextEntry");
            TypeSymbol func = body.Types.Instantiate(body.Types.Core("Func`2"), [body.Types.Int32, body.Types.Int32]);
            MethodSymbol overdub = body.Types.Method(
                entries.Definition!.Methods.Single(m => m.Name == "Overdub" && m.Parameters.Count == 3 && m.Parameters[1].ParameterType.GetElementType().Name == "Func`2"),
                entries, [inner, body.Types.Int32, body.Types.Int32]);
            Local context = body.NewLocal(inner);
            body.Replace(call, body.New.Call(
                overdub, body.New.Load(context), body.New.Delegate(func, call.Instruction.Method), call.Operands[0]));
        });
        string seen = Weave(build, passes).Run<string>("Program.RunEnter");

        // Inner's primitive stands in for Leaf, and Ctx sees its call: (1000 + 10) * 2.
        Assert.StartsWith("2020 ", seen, StringComparison.Ordinal);
        Assert.Contains("Leaf", seen);
    }
}
