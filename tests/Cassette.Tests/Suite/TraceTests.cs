using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>The tree of calls, once by recursion with new metadata for each level, once by a stack kept by hooks.</summary>
public sealed class TraceTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Cassette;

        public sealed class Node(string name)
        {
            public readonly List<Node> Children = [];

            public override string ToString() =>
                Children.Count == 0 ? name : name + "[" + string.Join(" ", Children) + "]";
        }

        public readonly record struct RecursiveCtx(Node Metadata) : IContext<Node>
        {
            [Overdub]
            static TResult Any<TCall, TResult>(RecursiveCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                var node = new Node(Names.Of(call.JoinPoint, call.Arguments));
                ctx.Metadata.Children.Add(node);
                return call.CanRecurse ? call.Recurse(ctx with { Metadata = node }) : call.Fallback();
            }
        }

        public readonly record struct HookedCtx(Stack<Node> Metadata) : IContext<Stack<Node>>
        {
            [Prehook]
            static void Before(HookedCtx ctx, JoinPoint f, params object?[] args)
            {
                var node = new Node(Names.Of(f, args));
                ctx.Metadata.Peek().Children.Add(node);
                ctx.Metadata.Push(node);
            }

            [Posthook]
            static void After(HookedCtx ctx, JoinPoint f) => ctx.Metadata.Pop();

            [Throwhook]
            static void Thrown(HookedCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Pop();
        }

        public static class Names
        {
            public static string Of(JoinPoint f, System.Runtime.CompilerServices.ITuple args) =>
                Of(f, [.. Enumerable.Range(0, args.Length).Select(i => args[i])]);

            public static string Of(JoinPoint f, object?[] args) => f.Name + "(" + string.Join(",", args) + ")";
        }

        public static class Program
        {
            static double F(double x, double y, double z) => Times(x, y) + Sum(Times(y, z), Math.Abs(-1.0));

            static double Times(double x, double y) => x * y;

            static double Sum(double x, double y) => Identity(x) + Identity(y);

            static T Identity<T>(T x) => x;

            static string Guarded()
            {
                try
                {
                    return Outer("x");
                }
                catch (InvalidOperationException)
                {
                    return Recover("y");
                }
            }

            static string Outer(string text) => Fail(text) + "!";

            static string Fail(string text) => text == "x" ? throw Make() : text;

            static Exception Make() => new InvalidOperationException();

            static string Recover(string text) => text;

            public static string Recursive()
            {
                var root = new Node("root");
                double y = new RecursiveCtx(root).Overdub(() => F(2.0, 3.0, 5.0));
                return y + ": " + root;
            }

            public static string Hooked()
            {
                var root = new Node("root");
                double y = new HookedCtx(new Stack<Node>([root])).Overdub(() => F(2.0, 3.0, 5.0));
                return y + ": " + root;
            }

            public static string RecursiveThrows()
            {
                var root = new Node("root");
                return new RecursiveCtx(root).Overdub(() => Guarded()) + ": " + root;
            }

            public static string HookedThrows()
            {
                var root = new Node("root");
                return new HookedCtx(new Stack<Node>([root])).Overdub(() => Guarded()) + ": " + root;
            }
        }
        """;

    // 2*3 + (3*5 + |-1|) = 22
    private const string Tree =
        "22: root[F(2,3,5)[Times(2,3) Times(3,5) Abs(-1) Sum(15,1)[Identity(15) Identity(1)]]]";

    private const string ThrowingTree =
        "y: root[Guarded()[Outer(x)[Fail(x)[op_Equality(x,x) Make()[.ctor()]]] Recover(y)]]";

    [Theory, Builds]
    public void By_recursion_with_new_metadata_for_each_level(OptimizationLevel build) =>
        Assert.Equal(Tree, LoadedProgram.Woven(build, Source).Run<string>("Program.Recursive"));

    [Theory, Builds]
    public void By_a_stack_that_hooks_keep(OptimizationLevel build) =>
        Assert.Equal(Tree, LoadedProgram.Woven(build, Source).Run<string>("Program.Hooked"));

    [Theory, Builds]
    public void Both_stay_balanced_when_a_call_throws(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(ThrowingTree, program.Run<string>("Program.RecursiveThrows"));
        Assert.Equal(ThrowingTree, program.Run<string>("Program.HookedThrows"));
    }
}
