using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Of the rules that match a call, the most specific one runs: by static types, and at run time where these do not decide.</summary>
public sealed class SelectionTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using Cassette;

        public class Animal;

        public class Dog : Animal;

        public sealed class Puppy : Dog;

        public readonly record struct KindCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.See))]
            static void Before(KindCtx ctx, object x) => ctx.Metadata.Add("object");

            [Prehook(typeof(Program), nameof(Program.See))]
            static void Before(KindCtx ctx, string x) => ctx.Metadata.Add("string");

            [Prehook(typeof(Program), nameof(Program.See))]
            static void Before(KindCtx ctx, Animal x) => ctx.Metadata.Add("animal");

            [Prehook(typeof(Program), nameof(Program.See))]
            static void Before(KindCtx ctx, Dog x) => ctx.Metadata.Add("dog");

            [Prehook(typeof(Program), nameof(Program.See))]
            static void Before(KindCtx ctx, int x) => ctx.Metadata.Add("int");
        }

        public readonly record struct FamilyCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Generic))]
            static void Before<T>(FamilyCtx ctx, T x) => ctx.Metadata.Add("any " + typeof(T).Name);

            [Prehook(typeof(Program), nameof(Program.Generic))]
            static void BeforeNumber<T>(FamilyCtx ctx, T x) where T : struct, INumber<T> => ctx.Metadata.Add("number " + typeof(T).Name);

            [Prehook(typeof(Program), nameof(Program.Generic))]
            static void BeforeList<T>(FamilyCtx ctx, List<T> x) => ctx.Metadata.Add("list of " + typeof(T).Name);
        }

        public readonly record struct ArgumentsCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(ArgumentsCtx ctx, JoinPoint f, params object?[] args) =>
                ctx.Metadata.Add(f.Name + "(" + string.Join(", ", args) + ")");
        }

        public readonly record struct TupleCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before<TArgs>(TupleCtx ctx, JoinPoint f, TArgs args) where TArgs : struct, ITuple =>
                ctx.Metadata.Add(f.Name + args + typeof(TArgs).GetGenericArguments().Length);
        }

        public readonly record struct MixedCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(MixedCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                ctx.Metadata.Add("any " + call.JoinPoint.Name);
                return call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
            }

            // More specific than the catch-all: it names its target.
            [Overdub(typeof(Math), nameof(Math.Abs))]
            static int Abs(MixedCtx ctx, int x)
            {
                ctx.Metadata.Add("abs");
                return Math.Abs(x);
            }
        }

        public static class Program
        {
            public static void See(object? x)
            {
            }

            public static T Generic<T>(T x) => x;

            public static int Three(int x, string y, double z) => x;

            static void SeeAll()
            {
                See("text");
                See(new Puppy());
                See(new Animal());
                See(new object());
                See(5);
                See(null);
            }

            static void GenericAll()
            {
                Generic("text");
                Generic(1);
                Generic(2.0);
                Generic(new List<int>());
                Through(3m);
                Through("inner");
            }

            // Under its own type parameter the call's type is only known at run time.
            static void Through<T>(T x) => Generic(x);

            static void Calls()
            {
                Three(1, "two", 3.5);
                None();
            }

            static void None()
            {
            }

            static int Mix(int x) => Math.Abs(Half(x));

            static int Half(int x) => x / 2;

            public static void Kinds(List<string> log) => new KindCtx(log).Overdub(SeeAll);

            public static void Families(List<string> log) => new FamilyCtx(log).Overdub(GenericAll);

            public static void Arguments(List<string> log) => new ArgumentsCtx(log).Overdub(Calls);

            public static void Tuples(List<string> log) => new TupleCtx(log).Overdub(Calls);

            public static int Mixed(List<string> log) => new MixedCtx(log).Overdub(Mix, -8);
        }
        """;

    [Theory, Builds]
    public void Run_time_types_choose_where_the_static_type_is_wider(OptimizationLevel build) =>
        // A box of int is an int; null is an object only.
        AssertLog(build, "Program.Kinds", "string", "dog", "animal", "object", "int", "object");

    [Theory, Builds]
    public void Generic_rules_are_chosen_by_their_constraints_and_shape(OptimizationLevel build) =>
        AssertLog(
            build, "Program.Families", "any String", "number Int32", "number Double", "list of Int32", "number Decimal", "any String");

    [Theory, Builds]
    public void Object_arrays_swallow_the_arguments(OptimizationLevel build) =>
        AssertLog(build, "Program.Arguments", "Three(1, two, 3.5)", "None()");

    [Theory, Builds]
    public void Tuples_swallow_the_arguments_unboxed(OptimizationLevel build) =>
        AssertLog(build, "Program.Tuples", "Three(1, two, 3.5)3", "None()0");

    [Theory, Builds]
    public void A_primitive_for_one_target_wins_over_the_catch_all(OptimizationLevel build) =>
        // The entered function is no call of overdubbed code: only a primitive that names it would stand in for it.
        AssertLog(build, "Program.Mixed", "any Half", "abs");

    private static void AssertLog(OptimizationLevel build, string method, params string[] expected)
    {
        var log = new List<string>();
        LoadedProgram.Woven(build, Source).Run(method, log);
        Assert.Equal(expected, log);
    }
}
