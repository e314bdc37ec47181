using System.Linq;
using Cassette.Runtime;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Calls in families rooted outside with several classes of the project behind them, which ask first for the class that they met mostly: they do what they do
/// natively, whatever comes, and whatever came before.
/// </summary>
public sealed class LikelyClassTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks;
        using Cassette;

        public sealed class Counter
        {
            public int Calls;
        }

        public readonly record struct Count(Counter Metadata) : IContext<Counter>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(Count ctx) => System.Threading.Interlocked.Increment(ref ctx.Metadata.Calls);
        }

        public readonly struct Plain : IContext;

        public static class Marks
        {
            public static int Made;

            public static int Mark(int x)
            {
                System.Threading.Interlocked.Increment(ref Made);
                return x;
            }
        }

        public class A : IEquatable<int>, IDisposable
        {
            public override int GetHashCode() => Marks.Mark(1);
            public bool Equals(int other) => Marks.Mark(other) == 1;
            public virtual void Dispose() => Marks.Mark(1);
        }

        public class B : A
        {
            public override int GetHashCode() => Marks.Mark(2) + base.GetHashCode();
            public override void Dispose() => Marks.Mark(2);
        }

        public sealed class C : B;

        public sealed class D : IEquatable<int>, IDisposable
        {
            public override int GetHashCode() => Marks.Mark(4);
            bool IEquatable<int>.Equals(int other) => Marks.Mark(other) == 4 ? throw new InvalidOperationException("four") : false;
            void IDisposable.Dispose() => Marks.Mark(4);
        }

        public struct E(int x) : IEquatable<int>, IDisposable
        {
            private int seen = x;
            public override int GetHashCode() => Marks.Mark(seen++);
            public readonly bool Equals(int other) => Marks.Mark(other) == seen;
            public void Dispose() => seen = Marks.Mark(seen + 1);
        }

        public sealed class F
        {
            public override int GetHashCode() => Marks.Mark(6);
        }

        public sealed class G
        {
            public override int GetHashCode() => Marks.Mark(7);
        }

        public static class Program
        {
            static readonly object?[] All = [new A(), new B(), new C(), new D(), new E(5), new F(), new G(), "text", 8, null];

            static string Hash(object? x)
            {
                try { return (x is string ? 0 : x!.GetHashCode()).ToString(); }
                catch (NullReferenceException e) { return e.GetType().Name; }
            }

            static string Equal(object? x)
            {
                try { return x is null or IEquatable<int> ? ((IEquatable<int>)x!).Equals(4).ToString() : "none"; }
                catch (Exception e) { return e.GetType().Name + e.Message.Length; }
            }

            static string Drop(object? x)
            {
                try { (x as IDisposable)?.Dispose(); return "dropped"; }
                catch (Exception e) { return e.Message; }
            }

            /// <summary>First mostly one of them, long enough for the choice to be made and the code to be optimised, then all, then another one.</summary>
            public static string Use(int first)
            {
                var results = new List<string>();
                for (int i = 0; i < 200; i++)
                    results.Add(Hash(All[first]) + Equal(All[first]) + Drop(All[first]));
                for (int i = 0; i < 3 * All.Length; i++)
                    results.Add(Hash(All[i % All.Length]) + Equal(All[i % All.Length]) + Drop(All[i % All.Length]));
                for (int i = 0; i < 100; i++)
                    results.Add(Hash(All[(first + 3) % All.Length]) + Equal(All[(first + 3) % All.Length]) + Drop(All[(first + 3) % All.Length]));
                return string.Join("\n", results);
            }

            static string Everywhere(int first)
            {
                var results = new string[4];
                Parallel.For(0, 4, i => results[i] = string.Join(" ", Enumerable.Range(0, 300).Select(k => Hash(All[(first + k % 2) % 4]))));
                return string.Join("\n", results);
            }

            static void Reset()
            {
                All[4] = new E(5);
                Marks.Made = 0;
            }

            public static string Native(int first)
            {
                Reset();
                return Use(first) + Everywhere(first) + "\n" + Marks.Made;
            }

            public static string InPlain(int first)
            {
                Reset();
                return new Plain().Overdub(Use, first) + new Plain().Overdub(Everywhere, first) + "\n" + Marks.Made;
            }

            public static string Counted(int first)
            {
                Reset();
                var ctx = new Count(new Counter());
                return ctx.Overdub(Use, first) + ctx.Overdub(Everywhere, first) + "\n" + ctx.Metadata.Calls;
            }

            public static string Nested(int first)
            {
                Reset();
                var ctx = new Count(new Counter());
                return ctx.Overdub(i => new Plain().Overdub(Use, i), first) + ctx.Overdub(i => new Plain().Overdub(Everywhere, i), first) + "\n" + ctx.Metadata.Calls;
            }
        }
        """;

    [Theory, Builds]
    public void They_do_what_they_do_natively_whatever_came_before(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, Source).Weave().Verified();
        for (int first = 0; first < 10; first++)
        {
            // Each time in an assembly of its own, where nothing is decided yet.
            LoadedProgram program = woven.Load();
            string native = program.Run<string>("Program.Native", first);
            Assert.Contains("NullReferenceException", native);
            foreach (string entry in new[] { "InPlain", "Counted", "Nested" })
                Assert.Equal(native, program.Run<string>("Program." + entry, first));
        }
    }

    /// <summary>A class outside on other type arguments is another class, none of whose derived ones can be behind the call.</summary>
    [Theory, Builds]
    public void A_generic_class_outside_has_those_behind_it_that_derive_from_it_on_the_same_arguments(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, """
            using System;
            using System.Collections.Generic;
            using Cassette;

            public readonly struct Plain : IContext;

            public sealed class Up : Comparer<int>
            {
                public override int Compare(int x, int y) => x - y;
            }

            public sealed class Down : Comparer<int>
            {
                public override int Compare(int x, int y) => y - x;
            }

            public sealed class ByLength : Comparer<string>
            {
                public override int Compare(string? x, string? y) => x!.Length - y!.Length;
            }

            public static class Program
            {
                static int Number(Comparer<int> c) => c.Compare(1, 3);

                static int Text(Comparer<string> c) => c.Compare("1", "three");

                static string Both() => Number(new Up()) + " " + Number(new Down()) + " " + Number(Comparer<int>.Default) + " " + Text(new ByLength());

                public static string Run() => Both() + "\n" + new Plain().Overdub(Both);
            }
            """);
        Assert.Equal("-2 2 -1 -4\n-2 2 -1 -4", program.Run<string>("Program.Run"));
    }

    [Fact]
    public void What_is_met_mostly_is_decided_for_each_place()
    {
        LoadedProgram program = CompiledProgram.Compile(OptimizationLevel.Release, Source).Weave().Verified().Load();
        program.Run<string>("Program.InPlain", 5);
        System.Type[] places = [.. program.Assembly.GetTypes().Where(type => type.Name.StartsWith("Place", System.StringComparison.Ordinal))];
        int[] decided = [.. places.Select(place => (int)typeof(Likely<>).MakeGenericType(place).GetField("Candidate")!.GetValue(null)!)];
        // F has a hash code of the seven classes' (the sixth), and is neither of the others.
        Assert.Contains(6, decided);
        Assert.All(decided, candidate => Assert.InRange(candidate, -1, 7));
    }
}
