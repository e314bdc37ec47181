using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Loops that call a delegate which they do not change, of which the weaver makes copies for the methods that the delegate is most likely made of:
/// they do what they do natively, whatever the delegate is, and every call in them stays in its context.
/// </summary>
public sealed class GuessedLoopTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using Cassette;

        public readonly record struct Log(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Mark))]
            static void Before(Log ctx, int x) => ctx.Metadata.Add("mark " + x);
        }

        public readonly record struct Outer(List<string> Metadata, int Number) : IContext<List<string>>;

        public readonly struct Plain : IContext;

        public sealed class Counter(int step)
        {
            public int Calls;

            public int Next(int x) => Program.Mark(x + step * ++Calls);
        }

        public static class Program
        {
            public static readonly List<string> Marked = [];

            public static int Mark(int x)
            {
                Marked.Add("mark " + x);
                return x;
            }

            static int For(Func<int, int> f, int count)
            {
                int sum = 0;
                for (int i = 0; i < count; i++)
                    sum += f(i);
                return sum;
            }

            static int Loop(Func<int, int> f, int count) => For(f, count);

            static int Few(int k) => For(x => Mark(x * k), 3) + For(x => Mark(-x), 3) + For(new Counter(10).Next, 3);

            static int While(Predicate<int> goesOn)
            {
                int i = 0;
                while (goesOn(i))
                    i++;
                return i;
            }

            static int DoFirst(Func<int> f)
            {
                do
                {
                    if (f() > 2)
                        return Marked.Count;
                }
                while (true);
            }

            static long Nested(Func<int, long> f, int[][] table)
            {
                long sum = 0;
                foreach (int[] row in table)
                {
                    sum += f(-1);
                    foreach (int x in row)
                    {
                        if (x == 3)
                            continue;
                        if (x == 9)
                            break;
                        sum += x switch { 0 => f(100), 1 or 2 => f(x) * 2, _ => f(-x) };
                    }
                }
                return sum;
            }

            static string Both(Func<int, string> text, Func<string, bool> last, Action<string> show)
            {
                for (int i = 0; ; i++)
                {
                    string t = text(i);
                    show(t);
                    if (last(t))
                        return t;
                }
            }

            static int Protected(Func<short, int> f, IEnumerable<short> values)
            {
                int sum = 0;
                foreach (short x in values)
                {
                    try
                    {
                        sum += f(x);
                    }
                    catch (DivideByZeroException)
                    {
                        for (short i = 0; i < 2; i++)
                            sum += f((short)(i + 50));
                    }
                    finally
                    {
                        sum += 1000;
                    }
                }
                return sum;
            }

            static int Changing(Func<byte, int> f, Func<byte, int> other)
            {
                int sum = 0;
                for (byte i = 0; i < 4; i++)
                {
                    sum += f(i);
                    if (i == 1)
                        f = other;
                }
                return sum;
            }

            static int ByReference(Func<sbyte, int> f, Func<sbyte, int> other)
            {
                int sum = 0;
                for (sbyte i = 0; i < 4; i++)
                {
                    sum += f(i);
                    Swap(ref f, other);
                }
                return sum;
            }

            static void Swap<T>(ref T one, T other) => one = other;

            static int InLocal(bool isOne)
            {
                Func<ushort, int> f = isOne ? x => Mark(x + 1) : x => Mark(x + 2);
                int sum = 0;
                for (ushort i = 0; i < 3; i++)
                    sum += f(i);
                return sum;
            }

            static T Generic<T>(Func<T, T> f, T x, int count)
            {
                for (int i = 0; i < count; i++)
                    x = f(x);
                return x;
            }

            static int Many(Func<uint, int> f)
            {
                int sum = 0;
                for (uint i = 0; i < 2; i++)
                    sum += f(i);
                return sum;
            }

            static List<int> Making(Func<int, decimal> f)
            {
                var made = new List<int>();
                for (int i = 0; i < 3; i++)
                {
                    int k = i;
                    made.AddRange(new[] { 1, 2 }.Select(x => Mark(x + k + (int)f(x))));
                }
                return made;
            }

            static string Sides(Func<char, int> f, string text)
            {
                int at = 0;
                foreach (char c in text)
                {
                    at++;
                    Counts[at % 2] += f(c);
                }
                return string.Join(",", Counts);
            }

            static readonly int[] Counts = new int[2];

            static int Starting(Func<int, short> f)
            {
                int n = 0;
                try
                {
                    do
                        n += f(n);
                    while (n < 5);
                }
                finally
                {
                    while (f(n) < 20)
                        n += 3;
                }
                return n;
            }

            static IEnumerable<int> Steps(Func<int, float> f)
            {
                for (int i = 0; i < 3; i++)
                    yield return (int)f(i);
            }

            public static string All()
            {
                var text = new List<object>();
                int k = 5;
                text.Add(Loop(Mark, 2));
                text.Add(Few(k));
                Func<int, int> both = x => Mark(x + 7);
                both += x => Mark(x + 8);
                text.Add(Loop(both, 2));
                text.Add(Loop(new Func<int, int>(both), 2));
                text.Add(Loop(null!, 0));
                text.Add(Try(() => Loop(null!, 1)));
                text.Add(Try(() => Loop(x => Mark(x) / (1 - x), 3)));
                text.Add(While(x => Mark(x) < 3));
                int calls = 0;
                text.Add(DoFirst(() => Mark(++calls)));
                int[][] table = [[0, 1, 2, 3, 4], [5, 9, 6], []];
                text.Add(Nested(x => Mark(x), table));
                text.Add(Nested(x => Mark(x) + k, table));
                var shown = new List<string>();
                text.Add(Both(i => "t" + Mark(i), t => t == "t" + Mark(2), t => shown.Add(t + Mark(1))));
                text.Add(Both(i => "u" + Mark(i), t => t.EndsWith('1'), shown.Add));
                text.AddRange(shown);
                text.Add(Protected(x => 10 / Mark(x), [1, 0, 2]));
                text.Add(Try(() => Protected(x => x < 50 ? 10 / Mark(x) : throw new ArgumentException("thrown"), [1, 0, 2])));
                text.Add(Changing(x => Mark(x + 1), x => Mark(x + 2)));
                text.Add(ByReference(x => Mark(x + 3), x => Mark(x + 4)));
                text.Add(InLocal(true));
                text.Add(InLocal(false));
                text.Add(Generic(x => x + Mark(1), 3, 2));
                text.Add(Generic(x => x + Mark(2), "s", 2));
                text.Add(Many(x => Mark((int)x + 1)));
                text.Add(Many(x => Mark((int)x + 2)));
                text.Add(Many(x => Mark((int)x + 3)));
                text.Add(Many(x => Mark((int)x + 4)));
                text.Add(Many(x => Mark((int)x + 5)));
                text.Add(Many(x => Mark((int)x + 6)));
                text.AddRange(Making(x => Mark(x + 20)).Cast<object>());
                text.Add(Sides(c => Mark(c), "abcd"));
                text.Add(Starting(x => (short)(Mark(x) + 1)));
                text.AddRange(Steps(x => Mark(x + 30)).Cast<object>());
                return string.Join(" ", text);
            }

            static string Try(Func<int> f)
            {
                try
                {
                    return f().ToString();
                }
                catch (Exception exception)
                {
                    return exception.GetType().Name;
                }
            }

            public static string Native() => All();

            public static string InLog(List<string> log) => new Log(log).Overdub(All);

            public static string InPlain() => new Plain().Overdub(All);

            public static string InOuter(List<string> log) => new Outer([], 1).Overdub(static l => new Log(l).Overdub(All), log);
        }
        """;

    [Theory, Builds]
    public void A_loop_does_what_it_does_natively(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Program.cs", Source));
        string native = compiled.Load().Run<string>("Program.Native");
        WovenProgram woven = compiled.Weave().Verified();
        Assert.Equal(native, woven.Load().Run<string>("Program.Native"));
        Assert.Equal(native, woven.Load().Run<string>("Program.InPlain"));
        foreach (string entry in new[] { "Program.InLog", "Program.InOuter" })
        {
            LoadedProgram program = woven.Load();
            var log = new List<string>();
            Assert.Equal(native, program.Run<string>(entry, log));
            var marked = (List<string>)program.Assembly.GetType("Program")!.GetField("Marked")!.GetValue(null)!;
            // Where a delegate of Mark itself is called, Mark is not called: a call of the delegate is.
            Assert.Equal(marked.Count - 2, log.Count);
            Assert.Equal(marked.Skip(2), log);
        }
    }

    [Fact]
    public void Optimised_loops_are_copied_and_others_not()
    {
        Assert.Equal(
            // Both has three delegates and a copy for each combination, which is too many for one of them; Protected has no copy of the outer loop, whose call is in a try.
            [("Both", true), ("ByReference", false), ("Changing", false), ("DoFirst", true), ("For", true), ("Generic", false), ("InLocal", true), ("Making", false),
                ("Many", false), ("Nested", true), ("Protected", true), ("Sides", true), ("Starting", true), ("While", true)],
            Copied(OptimizationLevel.Release));
        Assert.All(Copied(OptimizationLevel.Debug), found => Assert.False(found.IsCopied));
    }

    [Fact]
    public void Lines_in_stack_traces_are_those_of_the_source()
    {
        CompiledProgram compiled = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", """
            using System;
            using System.Runtime.CompilerServices;
            using Cassette;

            public readonly struct Plain : IContext;

            public static class Program
            {
                [MethodImpl(MethodImplOptions.NoInlining)]
                static int Sum(Func<int, int> f, int[] divisors)
                {
                    int sum = 0;
                    for (int i = 0; i < 9; i++)
                    {
                        sum += f(i);
                        sum /=
                            divisors[i];
                    }
                    return sum;
                }

                public static string Native(int[] divisors, bool isGuessed) => Try(d => Sum(isGuessed ? x => x : Math.Abs, d), divisors);

                public static string Woven(int[] divisors, bool isGuessed) => Try(d => new Plain().Overdub(e => Sum(isGuessed ? x => x : Math.Abs, e), d), divisors);

                static string Try(Func<int[], int> f, int[] divisors)
                {
                    try
                    {
                        return f(divisors).ToString();
                    }
                    catch (Exception exception)
                    {
                        string frame = exception.StackTrace!.Split('\n')[0];
                        return frame[(frame.LastIndexOf(':') + 1)..];
                    }
                }
            }
            """));
        LoadedProgram program = compiled.Weave().Verified().Load();
        foreach (bool isGuessed in new[] { true, false })
        {
            foreach (int[] divisors in new int[][] { [1, 1, 0], [1, 1] })
            {
                string native = program.Run<string>("Program.Native", divisors, isGuessed);
                Assert.StartsWith("line ", native);
                Assert.Equal(native, program.Run<string>("Program.Woven", divisors, isGuessed));
            }
        }
    }

    /// <summary>For each method with a loop whether its clone asks what its delegate is made of.</summary>
    private static IEnumerable<(string Name, bool IsCopied)> Copied(OptimizationLevel build)
    {
        WovenProgram woven = CompiledProgram.Compile(build, new Source("/src/Program.cs", Source)).Weave().Verified();
        using var module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image));
        string[] names = ["For", "While", "DoFirst", "Nested", "Both", "Protected", "Changing", "ByReference", "InLocal", "Generic", "Many", "Making", "Sides", "Starting"];
        return [.. names.Order(System.StringComparer.Ordinal).Select(name =>
        {
            MethodDefinition clone = module.GetType("Program").Methods.Single(m => m.Name == name + "@Log");
            return (name, clone.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Code" or "OpenCode" }));
        })];
    }
}
