using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary><c>new T()</c> runs the clones of the constructors of the project's types, in each of the contexts; the report says what it makes natively.</summary>
public sealed class ConstructionTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct InnerCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(InnerCtx ctx, JoinPoint f) => ctx.Metadata.Add("inner " + f.Name);
        }

        public readonly record struct OuterCtx : IContext
        {
            [Overdub(typeof(Part), nameof(Part.Weigh))]
            static int Weigh(OuterCtx ctx) => 5;
        }

        public readonly record struct PassingCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(PassingCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                ctx.Metadata.Add($"{call.JoinPoint.Name} {call.CanRecurse}");
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }
        }

        public class Part
        {
            public readonly int Weight = Weigh();

            public static int Weigh() => 1;
        }

        public class Loud
        {
            public readonly int Weight = Part.Weigh();
        }

        public sealed class Quiet : Loud
        {
            [NoOverdub]
            public Quiet() { }
        }

        public struct Sized
        {
            public int Weight;

            public Sized() => Weight = Part.Weigh();
        }

        public class Whole { }

        public sealed class Pair<T> : Whole
        {
            public readonly int Weight = Part.Weigh();
        }

        public static class Program
        {
            static T Make<T>() where T : new() => new T();

            static T MakeLoud<T>() where T : Loud, new() => new T();

            static T MakeSized<T>() where T : struct => new T();

            static object Paired<T>() => MakePair<Pair<T>>();

            static T MakePair<T>() where T : Whole, new() => new T();

            public static int Closed() => new OuterCtx().Overdub(() => MakeOne<Part>().Weight);

            static T MakeOne<T>() where T : Part, new() => new T();

            public static string Outer() => new OuterCtx().Overdub(() => Make<Part>().Weight + " " + MakeLoud<Quiet>().Weight + " " + MakeSized<Sized>().Weight + " " + ((Pair<int>)Paired<int>()).Weight + (MakePair<Whole>() is Pair<int> ? 1 : 0));

            public static int Nested(List<string> log) => new OuterCtx().Overdub(list => new InnerCtx(list).Overdub(() => MakeOne<Part>().Weight), log);

            public static int Passing(List<string> log) => new PassingCtx(log).Overdub(() => MakeOne<Part>().Weight);
        }
        """;

    [Theory, Builds]
    public void Constructors_run_in_the_context_but_those_that_cannot(OptimizationLevel build)
    {
        var program = Woven(build).Load();
        Assert.Equal(5, program.Run<int>("Program.Closed"));
        // One says that it wants to be native; the type of the last is not known entirely where it is put in.
        Assert.Equal("5 1 5 10", program.Run<string>("Program.Outer"));
    }

    [Theory, Builds]
    public void Both_of_two_nested_contexts_see_what_the_constructor_calls(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(5, Woven(build).Load().Run<int>("Program.Nested", log));
        Assert.Equal(["inner MakeOne", "inner CreateInstance", "inner Weigh"], log);
    }

    [Theory, Builds]
    public void A_rule_that_takes_the_call_can_recurse_into_it(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(1, Woven(build).Load().Run<int>("Program.Passing", log));
        Assert.Equal(["MakeOne True", "CreateInstance True", "Weigh True"], log);
    }

    [Theory, Builds]
    public void The_report_says_which_may_be_native(OptimizationLevel build)
    {
        var leaving = Assert.Single(Woven(build).Result.Report!.Contexts, c => c.Name == "OuterCtx").Leaving;
        Assert.Equal("notSelected", ReasonIn("Program.MakeOne<T>()"));
        Assert.Equal("notSelected", ReasonIn("Program.MakeSized<T>()"));
        Assert.Equal("reflection", ReasonIn("Program.MakeLoud<T>()"));
        Assert.Equal("reflection", ReasonIn("Program.MakePair<T>()"));

        string ReasonIn(string caller) => Assert.Single(leaving, c => c.Caller == caller && c.Callee.Contains("CreateInstance", StringComparison.Ordinal)).Reason;
    }

    private static WovenProgram Woven(OptimizationLevel build) => CompiledProgram.Compile(build, Source).Weave("<Cassette Report='true' />").Verified();
}
