using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Which delegates' calls lead straight to a clone, and that either way runs what the program says.</summary>
public sealed class KnownDelegatesTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct SquareCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Square))]
            static void Before(SquareCtx ctx, int x) => ctx.Metadata.Add(x);
        }

        public readonly record struct ReplacingCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Overdub(typeof(Program), nameof(Program.Square))]
            static int Square(ReplacingCtx ctx, int x) => -x;
        }

        public class Thing(int factor)
        {
            public int Scaled(int x) => Program.Square(x) * factor;

            public virtual int Virtual(int x) => Program.Square(x) + factor;
        }

        public class Derived() : Thing(5)
        {
            public override int Virtual(int x) => Program.Square(x) - 1;
        }

        public static class Extensions
        {
            public static int Longer(this string text, int x) => Program.Square(x) + text.Length;
        }

        public static class Program
        {
            public static int Square(int x) => x * x;

            public static int Enter(string method, List<int> log) => new SquareCtx(log).Overdub(Choose, method);

            public static int EnterReplacing(List<int> log) => new ReplacingCtx(log).Overdub(StaticGroup);

            public static int Choose(string method) => method switch
            {
                nameof(Closure) => Closure(), nameof(PerIteration) => PerIteration(), nameof(StaticLambda) => StaticLambda(), nameof(StaticGroup) => StaticGroup(),
                nameof(InstanceGroup) => InstanceGroup(), nameof(Generic) => Generic<int>(7), nameof(Thrown) => Thrown(), nameof(Reassigned) => Reassigned(),
                nameof(ByRef) => ByRef(), nameof(OneOfTwo) => OneOfTwo(3), nameof(Multicast) => Multicast(), nameof(VirtualGroup) => VirtualGroup(),
                nameof(ClosedStatic) => ClosedStatic(), nameof(Null) => Null(), _ => throw new ArgumentException(method),
            };

            static int Closure()
            {
                int factor = 3;
                Func<int, int> f = x => Square(x) * factor;
                factor = 2;
                int sum = 0;
                for (int i = 1; i < 4; i++)
                    sum += f(i + 1);
                return sum;
            }

            static int PerIteration()
            {
                int sum = 0;
                for (int i = 1; i < 4; i++)
                {
                    int own = i * 10;
                    Func<int, int> f = x => Square(x) + own;
                    own++;
                    sum = sum * 100 + f(i);
                }
                return sum;
            }

            static int StaticLambda()
            {
                Func<int, int> f = x => Square(x) + 1;
                return f(2) + f(3);
            }

            static int StaticGroup()
            {
                Func<int, int> f = Square;
                return f(2) + f(3);
            }

            static int InstanceGroup()
            {
                var thing = new Thing(4);
                Func<int, int> f = thing.Scaled;
                thing = new Thing(1000);
                return f(2) + f(3);
            }

            static int Generic<T>(T value)
            {
                Func<int, string> f = x => Square(x) + ":" + value;
                return f(2).Length + f(10).Length;
            }

            static int Thrown()
            {
                Func<int, int> f = x => Square(x) / (x - 2);
                try { return f(2); }
                catch (DivideByZeroException) { return f(4); }
            }

            static int Reassigned()
            {
                Func<int, int> f = x => Square(x) + 1;
                int sum = f(2);
                f = x => Square(x) + 2;
                return sum * 100 + f(3);
            }

            static void Set(ref Func<int, int> f) => f = x => Square(x) * 7;

            static int ByRef()
            {
                int one = 1;
                Func<int, int> f = x => Square(x) + one;
                Set(ref f);
                return f(2);
            }

            static int OneOfTwo(int n)
            {
                Func<int, int> f = n > 2 ? x => Square(x) + n : x => Square(x) - n;
                return f(2);
            }

            static int Multicast()
            {
                int calls = 0;
                Action<int> f = x => calls += Square(x);
                f += x => calls += Square(x) * 10;
                f(2);
                return calls;
            }

            static int VirtualGroup()
            {
                Thing thing = new Derived();
                Func<int, int> f = thing.Virtual;
                return f(3);
            }

            static int ClosedStatic()
            {
                Func<int, int> f = "four".Longer;
                return f(3);
            }

            static int Null()
            {
                Func<int, int>? f = null;
                try { return f!(1); }
                catch (NullReferenceException) { return -1; }
            }
        }
        """;

    [Theory]
    [InlineData("Closure", 2 * (4 + 9 + 16), new[] { 2, 3, 4 })]
    [InlineData("PerIteration", (12 * 100 + 25) * 100 + 40, new[] { 1, 2, 3 })]
    [InlineData("StaticLambda", 5 + 10, new[] { 2, 3 })]
    [InlineData("InstanceGroup", 4 * (4 + 9), new[] { 2, 3 })]
    [InlineData("Generic", 3 + 5, new[] { 2, 10 })]
    [InlineData("Thrown", 16 / 2, new[] { 2, 4 })]
    [InlineData("Reassigned", 5 * 100 + 11, new[] { 2, 3 })]
    [InlineData("ByRef", 28, new[] { 2 })]
    [InlineData("OneOfTwo", 7, new[] { 2 })]
    [InlineData("Multicast", 44, new[] { 2, 2 })]
    [InlineData("VirtualGroup", 8, new[] { 3 })]
    [InlineData("ClosedStatic", 13, new[] { 3 })]
    [InlineData("Null", -1, new int[0])]
    public void A_delegate_runs_its_method_in_the_context(string method, int expected, int[] squares)
    {
        foreach (var build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = LoadedProgram.Woven(build, Source);
            Assert.Equal(expected, program.Run<int>("Program.Choose", method));
            var log = new List<int>();
            Assert.Equal(expected, program.Run<int>("Program.Enter", method, log));
            Assert.Equal(squares, log);
        }
    }

    [Theory, Builds]
    public void A_primitive_for_the_method_of_a_known_delegate_takes_the_call(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        Assert.Equal(-5, program.Run<int>("Program.EnterReplacing", new List<int>()));
    }

    [Theory]
    [InlineData("Closure", true)]
    [InlineData("PerIteration", true)]
    [InlineData("StaticLambda", true)]
    [InlineData("StaticGroup", true)]
    [InlineData("InstanceGroup", true)]
    [InlineData("Generic", true)]
    [InlineData("Thrown", true)]
    [InlineData("Reassigned", false)]
    [InlineData("ByRef", false)]
    [InlineData("OneOfTwo", false)]
    [InlineData("Multicast", false)]
    [InlineData("VirtualGroup", false)]
    [InlineData("ClosedStatic", false)]
    public void The_delegate_is_asked_what_it_is_made_of_only_where_that_is_not_plain(string method, bool isPlain)
    {
        // The compiler keeps the locals of a debug build apart; an optimised one may have none at all for a delegate that is called once.
        var image = CompiledProgram.Compile(OptimizationLevel.Debug, Source).Weave().Verified().Image;
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        var clone = module.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == method + "@SquareCtx");
        var asks = clone.Body.Instructions.Any(i => i.Operand is MethodReference called && (called.Name.StartsWith("Invoke@") || called.Name.StartsWith("Direct@") || called.Name.StartsWith("Likely@")));
        Assert.Equal(!isPlain, asks);
    }
}
