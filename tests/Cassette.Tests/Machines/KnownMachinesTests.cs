using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>
/// Which calls on sequences test what they are made on, in a program that has sequences of its own besides iterators: none where the receiver can
/// only be an iterator's machine or none of the program's, all where it may be one of the program's, and the context is kept either way.
/// </summary>
public sealed class KnownMachinesTests
{
    private const string Source = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct LogCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(LogCtx ctx, int x) => ctx.Metadata.Add(x);
        }

        public readonly record struct OuterCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(OuterCtx ctx, int x) => ctx.Metadata.Add(-x);
        }

        public readonly record struct ReplacingCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(ReplacingCtx ctx, int x) => ctx.Metadata.Add(x);

            [Overdub(typeof(Program), nameof(Program.Items))]
            static IEnumerable<int> Items(ReplacingCtx ctx, int count) => new Counted(count);
        }

        public readonly record struct OutputCtx(List<int> Metadata) : IContext<List<int>>
        {
            [Prehook(typeof(Program), nameof(Program.Note))]
            static void Before(OutputCtx ctx, int x) => ctx.Metadata.Add(x);

            [Posthook(typeof(IEnumerable<int>), "GetEnumerator")]
            static IEnumerator<int> After(OutputCtx ctx, IEnumerator<int> output) => new Counted(2).GetEnumerator();
        }

        /// <summary>A sequence that is no iterator, which no other assembly can derive from.</summary>
        public sealed class Counted(int count) : IEnumerable<int>
        {
            public IEnumerator<int> GetEnumerator() => new Walker(Program.Note(count));

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            private sealed class Walker(int count) : IEnumerator<int>
            {
                private int at = -1;

                public int Current => Program.Note(at);

                object IEnumerator.Current => Current;

                public bool MoveNext() => Program.Note(++at) < count;

                public void Reset() => at = -1;

                public void Dispose() => Program.Note(1000);
            }
        }

        /// <summary>One whose <c>Dispose</c> classes of other assemblies may inherit, an enumerator of anything among them.</summary>
        public class Disposable : IDisposable
        {
            public virtual void Dispose() => Program.Note(2000);
        }

        public sealed class Words(params string[] words) : IEnumerable<string>
        {
            public IEnumerator<string> GetEnumerator()
            {
                Program.Note(words.Length);
                return ((IEnumerable<string>)words).GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        internal class Base : IEnumerator
        {
            private int left = 2;

            public object Current => left;

            public bool MoveNext() => Program.Note(left--) > 0;

            public void Reset() => left = 2;
        }

        internal sealed class Longs : Base, IEnumerator<long>
        {
            long IEnumerator<long>.Current => 5;

            public void Dispose()
            {
            }
        }

        public class Maker
        {
            public virtual IEnumerable<int> Make(int count)
            {
                for (int i = 0; i < count; i++)
                    yield return Program.Note(i);
            }
        }

        public sealed class OtherMaker : Maker
        {
            public override IEnumerable<int> Make(int count) => new Counted(count);
        }

        public static class Program
        {
            public static int Note(int x) => x;

            public static string Enter(string method, List<int> log) => new LogCtx(log).Overdub(Choose, method);

            public static string EnterNested(string method, List<int> log, List<int> outer) =>
                new OuterCtx(outer).Overdub(() => new LogCtx(log).Overdub(Choose, method));

            public static string EnterReplacing(List<int> log) => new ReplacingCtx(log).Overdub(Direct);

            public static string EnterOutput(List<int> log) => new OutputCtx(log).Overdub(Direct);

            public static string Choose(string method) => method switch
            {
                nameof(Direct) => Direct(), nameof(InLocal) => InLocal(), nameof(ByDoubles) => ByDoubles(), nameof(Generic) => Generic(), nameof(Stopped) => Stopped(),
                nameof(Twice) => Twice(), nameof(Sequence) => Sequence(), nameof(Shared) => Shared(), nameof(ByRef) => ByRef(), nameof(Either) => Either(true) + Either(false),
                nameof(Covariant) => Covariant(), nameof(Inherited) => Inherited(), nameof(Overridden) => Overridden(), nameof(OfParameter) => OfParameter(),
                nameof(Async) => Async().Result, nameof(Nested) => Nested(), _ => throw new ArgumentException(method),
            };

            public static IEnumerable<int> Items(int count)
            {
                try
                {
                    for (int i = 0; i < count; i++)
                        yield return Note(i + 10);
                }
                finally
                {
                    Note(99);
                }
            }

            static IEnumerable<double> Doubles()
            {
                yield return Note(7);
                yield return Note(8);
            }

            static IEnumerable<T> Repeat<T>(T item, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    Note(i);
                    yield return item;
                }
            }

            static string Direct()
            {
                string text = "";
                foreach (int x in Items(3))
                    text += x + " ";
                return text;
            }

            static string InLocal()
            {
                IEnumerable<int> items = Items(2);
                string text = "";
                foreach (int x in items)
                    text += x + " ";
                foreach (int x in items)
                    text += x + ";";
                return text;
            }

            static string ByDoubles()
            {
                return Text(Doubles());

                static string Text(IEnumerable<double> items)
                {
                    string text = "";
                    foreach (double x in items)
                        text += x + " ";
                    return text;
                }
            }

            static string Generic()
            {
                string text = "";
                foreach (string x in Repeat("x", 2))
                    text += x;
                foreach (int x in Repeat(4, 2))
                    text += x;
                return text;
            }

            static string Stopped()
            {
                foreach (int x in Items(3))
                {
                    if (x == 11)
                        return "found";
                }
                return "none";
            }

            static string Twice()
            {
                string text = "";
                foreach (int x in Items(1))
                    text += x;
                foreach (int x in Items(2))
                    text += x;
                return text;
            }

            static string Nested()
            {
                string text = "";
                foreach (int x in Items(2))
                    foreach (int y in Items(x - 9))
                        text += x * y + " ";
                return text;
            }

            static string Sequence()
            {
                string text = "";
                IEnumerable<int> items = new Counted(2);
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Shared()
            {
                string text = "";
                foreach (int x in Items(1))
                    text += x;
                IEnumerable<int> items = new Counted(2);
                foreach (int x in items)
                    text += x;
                return text;
            }

            static void Set(ref IEnumerable<int> items) => items = new Counted(1);

            static string ByRef()
            {
                IEnumerable<int> items = Items(2);
                Set(ref items);
                string text = "";
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Either(bool first)
            {
                IEnumerable<int> items = Items(1);
                if (!first)
                    items = new Counted(1);
                string text = "";
                foreach (int x in items)
                    text += x;
                return text;
            }

            static string Covariant()
            {
                IEnumerable<object> items = new Words("a", "b");
                string text = "";
                foreach (object x in items)
                    text += x;
                return text;
            }

            static string Inherited()
            {
                IEnumerator<long> items = new Longs();
                string text = "";
                while (items.MoveNext())
                    text += items.Current;
                return text;
            }

            static string Overridden()
            {
                string text = "";
                foreach (Maker maker in new[] { new Maker(), new OtherMaker() })
                    foreach (int x in maker.Make(2))
                        text += x;
                return text;
            }

            static string OfParameter()
            {
                return Text(new Counted(2)) + Text(Items(1)) + Text(Repeat("z", 1));

                static string Text<T>(IEnumerable<T> items)
                {
                    string text = "";
                    foreach (T x in items)
                        text += x;
                    return text;
                }
            }

            static async Task<string> Async()
            {
                string text = "";
                foreach (int x in Items(2))
                {
                    await Task.Yield();
                    text += x;
                }
                foreach (int x in new Counted(1))
                    text += x;
                return text;
            }
        }
        """;

    [Theory]
    [InlineData("Direct", "10 11 12 ", new[] { 10, 11, 12, 99 })]
    [InlineData("InLocal", "10 11 10;11;", new[] { 10, 11, 99, 10, 11, 99 })]
    [InlineData("ByDoubles", "7 8 ", new[] { 7, 8 })]
    [InlineData("Generic", "xx44", new[] { 0, 1, 0, 1 })]
    [InlineData("Stopped", "found", new[] { 10, 11, 99 })]
    [InlineData("Twice", "101011", new[] { 10, 99, 10, 11, 99 })]
    [InlineData("Nested", "100 110 121 ", new[] { 10, 10, 99, 11, 10, 11, 99, 99 })]
    [InlineData("Sequence", "01", new[] { 2, 0, 0, 1, 1, 2, 1000 })]
    [InlineData("Shared", "1001", new[] { 10, 99, 2, 0, 0, 1, 1, 2, 1000 })]
    [InlineData("ByRef", "0", new[] { 1, 0, 0, 1, 1000 })]
    [InlineData("Either", "100", new[] { 10, 99, 1, 0, 0, 1, 1000 })]
    [InlineData("Covariant", "ab", new[] { 2 })]
    [InlineData("Inherited", "55", new[] { 2, 1, 0 })]
    [InlineData("Overridden", "0101", new[] { 0, 1, 2, 0, 0, 1, 1, 2, 1000 })]
    [InlineData("OfParameter", "0110z", new[] { 2, 0, 0, 1, 1, 2, 1000, 10, 99, 0 })]
    [InlineData("Async", "10110", new[] { 10, 11, 99, 1, 0, 0, 1, 1000 })]
    public void A_sequence_runs_in_the_context(string method, string expected, int[] notes)
    {
        foreach (var build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            var program = LoadedProgram.Woven(build, Source);
            Assert.Equal(expected, program.Run<string>("Program.Choose", method));
            var log = new List<int>();
            Assert.Equal(expected, program.Run<string>("Program.Enter", method, log));
            Assert.Equal(notes, log);
            List<int> inner = [], outer = [];
            Assert.Equal(expected, program.Run<string>("Program.EnterNested", method, inner, outer));
            Assert.Equal(notes, inner);
            Assert.Equal(notes.Select(x => -x), outer);
        }
    }

    [Theory, Builds]
    public void A_sequence_that_a_rule_puts_in_an_iterators_place_is_tested(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<int>();
        Assert.Equal("0 1 2 ", program.Run<string>("Program.EnterReplacing", log));
        Assert.Equal([3, 0, 0, 1, 1, 2, 2, 3, 1000], log);
    }

    [Theory, Builds]
    public void An_enumerator_that_a_hook_puts_in_a_machines_place_is_tested(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var log = new List<int>();
        Assert.Equal("0 1 ", program.Run<string>("Program.EnterOutput", log));
        Assert.Equal([0, 0, 1, 1, 2, 1000], log);
    }

    [Theory]
    [InlineData("Direct", false)]
    [InlineData("InLocal", false)]
    [InlineData("Generic", false)]
    [InlineData("Stopped", false)]
    [InlineData("Twice", false)]
    [InlineData("Nested", false)]
    [InlineData("Sequence", true)]
    [InlineData("ByRef", true)]
    [InlineData("Either", true)]
    [InlineData("Covariant", true)]
    [InlineData("Inherited", true)]
    [InlineData("Overridden", true)]
    public void Only_a_receiver_that_may_be_one_of_the_programs_is_tested(string method, bool isTested)
    {
        foreach (var build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
            Assert.Equal(isTested, Tests(build, Source, method).Any());
    }

    /// <summary>Nobody's enumerator of <c>double</c> is the program's; but one of another assembly may inherit the program's <c>Dispose</c>.</summary>
    [Theory, Builds]
    public void Type_arguments_that_exclude_each_other_need_no_test(OptimizationLevel build)
    {
        Assert.Equal(["Dispose"], Tests(build, Source, "Text|").Distinct());
        Assert.Empty(Tests(build, Source.Replace("public class Disposable", "internal class Disposable"), "Text|"));
        Assert.Empty(Tests(build, Source.Replace("public virtual void Dispose()", "internal Disposable() { } public virtual void Dispose()"), "Text|"));
    }

    [Theory, Builds]
    public void A_friend_may_derive_what_no_other_assembly_can(OptimizationLevel build)
    {
        var source = Source.Replace("public class Disposable", "internal class Disposable").Replace("using Cassette;", "using Cassette;\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]");
        Assert.Equal(["MoveNext", "Dispose"], Tests(build, source, "Text|").Distinct());
    }

    /// <summary>The compiler makes classes of its own of collection expressions, which do nothing that a context could see.</summary>
    [Theory]
    [InlineData("Sum", false)]
    [InlineData("Find", true)]
    public void A_list_of_a_collection_expression_is_only_tested_for_where_it_is_searched(string method, bool isTested)
    {
        const string Program = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct LogCtx(List<int> Metadata) : IContext<List<int>>;

            public sealed class Thing
            {
                public override bool Equals(object? obj) => true;

                public override int GetHashCode() => 0;
            }

            public static class Program
            {
                static int Sum(IReadOnlyList<Thing> items)
                {
                    int sum = items.Count + items[0].GetHashCode();
                    foreach (Thing x in items)
                        sum += x.GetHashCode() + 1;
                    return sum;
                }

                static bool Find(ICollection<Thing> items) => items.Contains(new Thing());

                public static string Run(List<int> log) =>
                    new LogCtx(log).Overdub(() => Sum([new Thing()]) + " " + Sum([new Thing(), new Thing()]) + " " + Find(new List<Thing> { new() }));
            }
            """;
        foreach (var build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            Assert.Equal("2 4 True", LoadedProgram.Woven(build, Program).Run<string>("Program.Run", new List<int>()));
            Assert.Equal(isTested, Tests(build, Program, method).Count > 0);
        }
    }

    /// <summary>An iterator that was handed over may have been started where no context was; what the body itself starts carries it.</summary>
    [Theory, Builds]
    public void What_an_iterators_call_returned_does_not_leave_the_context(OptimizationLevel build)
    {
        const string Program = """
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct PlainCtx : IContext;

            public static class Program
            {
                static IEnumerable<int> Items()
                {
                    yield return 1;
                }

                static int Made()
                {
                    int sum = 0;
                    foreach (int x in Items())
                        sum += x;
                    return sum;
                }

                static int Handed(IEnumerable<int> items)
                {
                    int sum = 0;
                    foreach (int x in items)
                        sum += x;
                    return sum;
                }

                public static int Run(IEnumerable<int> items) => new PlainCtx().Overdub(Made) + new PlainCtx().Overdub(Handed, items);
            }
            """;
        string[] said = [.. CompiledProgram.Compile(build, Program).TryWeave("<Cassette Strict=\"true\" />").Diagnostics.Where(d => d.Id == "CAS507").Select(d => d.ToBuildLine())];
        Assert.Equal(4, said.Length);
        Assert.All(said, line => Assert.Contains("Program.Handed", line));
    }

    /// <summary>The methods of sequences that a method's clone calls with a test of the receiver.</summary>
    private static List<string> Tests(OptimizationLevel build, string source, string method)
    {
        var image = CompiledProgram.Compile(build, source).Weave().Verified().Image;
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        // A local function's name ends in its number; the first method of the name is the one with doubles.
        var clones = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody && m.DeclaringType.Name == "Program" && m.Name.EndsWith("@LogCtx", System.StringComparison.Ordinal));
        var clone = clones.First(m => m.Name == method + "@LogCtx" || method.EndsWith('|') && m.Name.Contains("g__" + method));
        return
        [
            .. clone.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()
                .Where(m => m.DeclaringType.Name == "<Cassette>" && m.Name.Split('@')[0] is "GetEnumerator" or "MoveNext" or "get_Current" or "Dispose" or "get_Count" or "get_Item" or "Contains")
                .Select(m => m.Name.Split('@')[0]),
        ];
    }
}
