using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Nesting;

/// <summary>
/// What an entry is given, followed through locals, branches and the compiler's caches: it runs in the entered stack, and, where something
/// else may get hold of it, wherever that calls it too.
/// </summary>
public sealed class EnteredDelegateTests
{
    private const string Contexts = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct Outer(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Outer ctx, string what) => ctx.Metadata.Add("outer " + what);
        }

        public readonly record struct Inner(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Inner ctx, string what) => ctx.Metadata.Add("inner " + what);
        }

        public static class Marks
        {
            public static int Mark(string what) => what.Length;
        }

        """;

    [Theory, Builds]
    public void A_local_that_holds_one_of_two(OptimizationLevel build) => Check(build, ["inner long", "inner a"], 5, """
        public static int Run(List<string> log) => One(log, true) + One(log, false);

        static int One(List<string> log, bool which)
        {
            Func<int> f = () => Marks.Mark("a");
            if (which)
                f = () => Marks.Mark("long");
            return new Inner(log).Overdub(f);
        }
        """);

    [Theory, Builds]
    public void A_local_that_changes_in_a_loop(OptimizationLevel build) => Check(build, ["inner a", "outer a", "inner bc", "outer bc"], 6, """
        public static int Run(List<string> log) => new Outer(log).Overdub(() =>
        {
            int sum = 0;
            Func<int> f = static () => Marks.Mark("a");
            for (int i = 0; i < 3; i++)
            {
                if (i != 1)
                    sum += new Inner(log).Overdub(f);
                f = static () => Marks.Mark("bc");
                if (i > 1)
                    continue;
                sum += i;
            }

            return sum + 2;
        });
        """);

    [Theory, Builds]
    public void A_local_that_is_assigned_by_reference(OptimizationLevel build) => Check(build, ["inner elsewhere"], 9, """
        public static int Run(List<string> log)
        {
            Func<int> f = () => Marks.Mark("here");
            Replace(ref f);
            return new Inner(log).Overdub(f);
        }

        static void Replace(ref Func<int> f) => f = () => Marks.Mark("elsewhere");
        """);

    [Theory, Builds]
    public void One_that_is_kept_as_well_and_called_by_another_context(OptimizationLevel build) => Check(build, ["inner kept", "outer kept"], 8, """
        static Func<int>? kept;

        public static int Run(List<string> log)
        {
            Func<int> f = () => Marks.Mark("kept");
            int first = new Inner(log).Overdub(f);
            kept = f;
            return first + new Outer(log).Overdub(() => Call());
        }

        static int Call() => kept!();
        """);

    [Theory, Builds]
    public void One_that_a_helper_enters(OptimizationLevel build) => Check(build, ["outer b", "inner a", "outer a", "inner c"], 3, """
        public static int Run(List<string> log) =>
            new Outer(log).Overdub(() => Marks.Mark("b") + Enter(log, () => Marks.Mark("a"))) + Enter(log, () => Marks.Mark("c"));

        static int Enter(List<string> log, Func<int> f) => new Inner(log).Overdub(f);
        """);

    [Theory, Builds]
    public void A_lambda_in_a_lambda_whose_delegate_the_closure_keeps(OptimizationLevel build) => Check(build, ["inner x1", "outer x1", "inner x1", "outer x1", "inner x1"], 6, """
        public static int Run(List<string> log)
        {
            string text = "x";
            Func<int> enter = () => new Inner(log).Overdub(() => Marks.Mark(text + 1));
            return new Outer(log).Overdub(() => enter() + enter()) + enter();
        }
        """);

    [Theory, Builds]
    public void One_that_comes_from_a_conditional_expression_with_an_unknown_one(OptimizationLevel build) => Check(build, ["inner given", "inner own"], 8, """
        public static int Run(List<string> log) => One(log, () => Marks.Mark("given"), true) + One(log, () => 0, false);

        static int One(List<string> log, Func<int> given, bool takes) => new Inner(log).Overdub(takes ? given : () => Marks.Mark("own"));
        """);

    [Theory, Builds]
    public void One_that_is_entered_and_handed_to_the_framework(OptimizationLevel build) => Check(build, ["inner lazily", "outer lazily"], 12, """
        public static int Run(List<string> log)
        {
            Func<int> f = () => Marks.Mark("lazily");
            return new Inner(log).Overdub(f) + new Outer(log).Overdub(() => new Lazy<int>(f).Value);
        }
        """);

    private static void Check(OptimizationLevel build, string[] expected, int result, string members)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Contexts + "public static class Program\n{\n" + members + "\n}\n");
        var log = new List<string>();
        Assert.Equal(result, program.Run<int>("Program.Run", log));
        Assert.Equal(expected, log);
    }
}
