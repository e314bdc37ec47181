using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.Passes;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Passes where contexts lie in each other: the inner pass first, each with its own context, and what it marks counts for its level.</summary>
public sealed class NestedPassTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Inner(List<string> Metadata) : IContext<List<string>>;

        public readonly record struct Outer(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(Outer ctx, JoinPoint f) => ctx.Metadata.Add("hook " + f.Name);
        }

        public static class Program
        {
            public static int Twice(int x) => Double(x);

            static int Double(int x) => x + x;

            static int Enter(int x)
            {
                return new Inner(s_inner).Overdub(Twice, x);
            }

            static readonly List<string> s_inner = [];

            public static string Run()
            {
                s_inner.Clear();
                var outer = new List<string>();
                int y = new Outer(outer).Overdub(Enter, 21);
                int alone = new Inner(s_inner).Overdub(Twice, 21);
                return y + " " + alone + "; " + string.Join(",", s_inner) + "; " + string.Join(",", outer);
            }
        }
        """;

    private static Action<EditableBody> Note(string text) => body =>
    {
        if (body.Body.Origin.Name == "Twice")
            body.InsertAtStart(body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), body.New.Constant(text)));
    };

    [Theory, Builds]
    public void Each_level_loads_its_own_context_and_the_inner_pass_runs_first(OptimizationLevel build)
    {
        var passes = TestPasses.Editing("Inner", Note("inner")).ThenEditing("Outer", Note("outer"));
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Nested.cs", Source)).Weave(passes: passes).Verified().Load();

        // The outer pass goes over what the inner one made, so its code stands before it. The inner pass's native call is native for the
        // inner level alone: the outer context sees it, as it sees all of the inner context's code.
        Assert.Equal("42 42; inner,inner; hook .ctor,outer,hook get_Metadata,hook Add,hook Double", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void A_pass_runs_once_for_a_method_whatever_lies_around(OptimizationLevel build)
    {
        var runs = new List<string>();
        var passes = TestPasses.For("Inner", reflection =>
        {
            runs.Add(reflection.Method.Name);
            EditableBody body = reflection.Edit();
            Note("inner")(body);
            return PassResult.Overdub(body);
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Nested.cs", Source)).Weave(passes: passes).Verified().Load();

        Assert.Equal(["Double", "Twice"], runs.Order(StringComparer.Ordinal));
        Assert.Equal("42 42; inner,inner; hook .ctor,hook get_Metadata,hook Add,hook Double", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void A_replacement_is_left_alone_by_its_own_level_only(OptimizationLevel build)
    {
        var passes = TestPasses.For("Inner", reflection =>
        {
            if (reflection.Method.Name != "Twice")
                return PassResult.Overdub(reflection.Body);
            EditableBody body = reflection.Rewrite();
            body.Replace(body.Returns[0].Expression.Operands[0], body.New.Call("Program", "Double", body.New.Add(body.New.Load(body.Parameters[0]), body.New.Constant(1))));
            return PassResult.Emit(body);
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Nested.cs", Source)).Weave(passes: passes).Verified().Load();

        // Under Inner alone nothing of the replacement is overdubbed; under Outer, Outer's hook sees its call.
        Assert.Equal("44 44; ; hook .ctor,hook Double", program.Run<string>("Program.Run"));
    }

    [Theory, Builds]
    public void A_rule_that_is_handed_the_contexts_inside_its_own_has_the_same_face(OptimizationLevel build)
    {
        const string source = """
            using System;
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Inner(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Program), nameof(Program.Leaf))]
                static void Before(Inner ctx, int x) => ctx.Metadata.Add("inner");
            }

            public readonly record struct Middle(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Program), nameof(Program.Leaf))]
                static void Before(Middle ctx, int x) => ctx.Metadata.Add("middle");

                [Overdub(typeof(Program), nameof(Program.Twice))]
                static int Rule(Middle ctx, int x) => ctx.Recurse(Program.Twice, x);
            }

            public readonly record struct Outer(List<string> Metadata) : IContext<List<string>>;

            public static class Program
            {
                public static int Twice(int x) => Leaf(x) * 2;

                public static int Leaf(int x) => x;

                public static string Run()
                {
                    List<string> outer = [], middle = [], inner = [];
                    int y = new Outer(outer).Overdub(() => new Middle(middle).Overdub(() => new Inner(inner).Overdub(() => Twice(1))));
                    y += new Outer(outer).Overdub(() => new Middle(middle).Overdub(() => Twice(10)));
                    y += new Outer(outer).Overdub(() => new Middle(middle).DisableHooks().Overdub(() => new Inner(inner).Overdub(() => Twice(100))));
                    return y + "; " + string.Join(",", outer) + "; " + string.Join(",", middle) + "; " + string.Join(",", inner);
                }
            }
            """;
        var passes = TestPasses.Editing("Outer", body =>
        {
            if (body.Body.Origin.Name == "Rule")
                body.InsertAtStart(body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), body.New.Constant("rule " + body.Parameters.Count)));
        }).ThenEditing("Inner", body =>
        {
            if (body.Body.Origin.Name == "Twice")
                body.InsertAtStart(body.New.CallNative(typeof(List<string>), "Add", body.New.Metadata(), body.New.Constant("twice")));
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Nested.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal("222; rule 2,rule 2,rule 2; middle,middle; twice,inner,twice,inner", program.Run<string>("Program.Run"));
    }

    [Fact]
    public void Calls_that_a_pass_marks_are_reported()
    {
        var passes = TestPasses.Editing("Inner", body =>
        {
            foreach (Expression call in body.FindCalls("Program", "Double"))
                call.NoOverdub = true;
        });
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Nested.cs", Source))
            .Weave("<Cassette Report=\"true\" />", passes).Verified();

        ReportedLeave marked = Assert.Single(
            woven.Result.Report!.Contexts.Single(context => context.Name == "Inner").Leaving, call => call.Callee.StartsWith("Program.Double", StringComparison.Ordinal));
        Assert.Equal("CAS508", marked.Code);
        Assert.Equal("noOverdub", marked.Reason);
        Assert.StartsWith("Program.Twice", marked.Caller, StringComparison.Ordinal);
        Assert.True(marked.IsIntended);
        // It has a pass, so it is not said to change nothing.
        Assert.DoesNotContain(woven.Diagnostics, found => found.Id == "CAS324");
    }

    [Theory, Builds]
    public void A_pass_belongs_to_its_context_without_hooks_as_well(OptimizationLevel build)
    {
        const string source = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Ctx(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook]
                static void Before(Ctx ctx, JoinPoint f) => ctx.Metadata.Add("hook");
            }

            public static class Program
            {
                static int Twice(int x) => x + x;

                public static string Run()
                {
                    var log = new List<string>();
                    int y = new Ctx(log).DisableHooks().Overdub(Twice, 21);
                    return y + ";" + string.Join(",", log);
                }
            }
            """;
        var passes = TestPasses.Editing("Ctx", Note("pass"));
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Quiet.cs", source)).Weave(passes: passes).Verified().Load();

        Assert.Equal("42;pass", program.Run<string>("Program.Run"));
    }
}
