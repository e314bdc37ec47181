using System.Collections.Generic;
using System.IO;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Escapes;

/// <summary>
/// Parts of a body that read what a call in a family outside returned, of which the weaver makes copies for the classes that it most likely has: they do what
/// they do natively, whatever the classes are, and every call in them stays in its context.
/// </summary>
public sealed class GuessedResultTests
{
    [Theory, Builds]
    public void It_does_what_it_does_natively(OptimizationLevel build)
    {
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Program.cs", GuessedResultProgram.Source));
        string native = compiled.Load().Run<string>("Program.Native");
        WovenProgram woven = compiled.Weave().Verified();
        Assert.Equal(native, woven.Load().Run<string>("Program.Native"));
        Assert.Equal(native, woven.Load().Run<string>("Program.InPlain"));
        foreach (string entry in new[] { "Program.InLog", "Program.InOuter" })
        {
            LoadedProgram program = woven.Load();
            var log = new List<string>();
            Assert.Equal(native, program.Run<string>(entry, log));
            Assert.Equal((List<string>)program.Assembly.GetType("Program")!.GetField("Marked")!.GetValue(null)!, log);
        }
    }

    /// <summary>What a rule sees is called as it is written, wherever the rule's calls are.</summary>
    [Fact]
    public void A_context_that_sees_the_calls_sees_each_of_them()
    {
        CompiledProgram[] builds = [.. new[] { OptimizationLevel.Debug, OptimizationLevel.Release }.Select(b => CompiledProgram.Compile(b, new Source("/src/Program.cs", GuessedResultProgram.Source)))];
        foreach (string entry in new[] { "Program.InMoves", "Program.InEnumerations" })
        {
            var logs = builds.Select(_ => new List<string>()).ToArray();
            for (int i = 0; i < builds.Length; i++)
                Assert.Equal(builds[i].Load().Run<string>("Program.Native"), builds[i].Weave().Verified().Load().Run<string>(entry, logs[i]));
            Assert.Contains(entry == "Program.InMoves" ? "move Walker" : "GetEnumerator of Numbers", logs[0]);
            Assert.Equal(logs[0], logs[1]);
        }
    }

    /// <summary>A primitive may put an object of another class in the place of the one that a body makes.</summary>
    [Theory, Builds]
    public void A_result_of_another_class_is_taken_for_what_it_is(OptimizationLevel build)
    {
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Program.cs", GuessedResultProgram.Source)).Weave().Verified().Load();
        Assert.Equal(2 * (2 + 4), program.Run<int>("Program.InReplacing", 4));
    }

    [Fact]
    public void What_reads_a_result_is_copied_where_nothing_forbids_it()
    {
        string[] copied = ["ByHand", "Calling", "Foreach", "Longer", "Nested", "Protected", "Returning", "Subscribed", "Words"];
        // Not so: Assigned, which stores two results in one local, Referred, which hands out a reference to it, Captured, which makes a delegate, Open, which does
        // not know what its sequence is of, and Untyped, whose sequence may be of any of too many classes.
        Assert.Equal(copied.Append("Marking").Order(System.StringComparer.Ordinal), Copied(OptimizationLevel.Release, "Plain"));
        // Where a rule sees what Marking calls, that is called at one place.
        Assert.Equal(copied, Copied(OptimizationLevel.Release, "Log"));
        Assert.Empty(Copied(OptimizationLevel.Release, "Moves").Except(["Subscribed"]));
        Assert.Empty(Copied(OptimizationLevel.Release, "Enumerations").Except(["Subscribed"]));
        Assert.Empty(Copied(OptimizationLevel.Debug, "Plain"));
    }

    /// <summary>What <c>foreach</c> asks an enumerator without a type for, to dispose of it.</summary>
    [Theory, Builds]
    public void An_enumerator_is_disposed_of_where_it_can_be(OptimizationLevel build)
    {
        const string Program = """
            using System;
            using System.Collections;
            using System.Collections.Generic;
            using Cassette;

            public readonly record struct Plain(List<string> Metadata) : IContext<List<string>>
            {
                [Prehook(typeof(Program), nameof(Program.Mark))]
                static void Before(Plain ctx, string x) => ctx.Metadata.Add(x);
            }

            public sealed class Open(string text) : IEnumerable
            {
                public IEnumerator GetEnumerator() => new Letters(text);

                class Letters(string text) : IEnumerator
                {
                    int at = -1;

                    public object Current => text[at];

                    public bool MoveNext() => Program.Mark("" + ++at).Length > 0 && at < text.Length;

                    public void Reset() => at = -1;
                }
            }

            public sealed class Closed(string text, bool isBoxed) : IEnumerable
            {
                public IEnumerator GetEnumerator() => isBoxed ? new Boxed(text) : new Letters(text);

                sealed class Letters(string text) : IEnumerator, IDisposable
                {
                    int at = text.Length;

                    public object Current => text[at];

                    public bool MoveNext() => Program.Mark("" + --at).Length > 0 && at >= 0;

                    public void Reset() => at = -1;

                    void IDisposable.Dispose() => Program.Mark("end");
                }

                struct Boxed(string text) : IEnumerator, IDisposable
                {
                    int at = text.Length;

                    public object Current => text[at];

                    public bool MoveNext() => Program.Mark("" + --at).Length > 0 && at >= 0;

                    public void Reset() => at = -1;

                    public void Dispose() => Program.Mark("boxed " + at);
                }
            }

            public static class Program
            {
                static int marks;

                public static string Mark(string x)
                {
                    marks++;
                    return x;
                }

                static string All(IEnumerable items)
                {
                    string text = "";
                    foreach (object item in items)
                        text += item;
                    return text + marks;
                }

                static string Each() => All(new Open("ab")) + All(new Closed("cd", false)) + All(new Closed("ef", true)) + All("g");

                public static string Native() => Each();

                public static string Run(List<string> log) => new Plain(log).Overdub(Each);
            }
            """;
        CompiledProgram compiled = CompiledProgram.Compile(build, new Source("/src/Program.cs", Program));
        WovenProgram woven = compiled.Weave().Verified();
        var log = new List<string>();
        Assert.Equal("ab3dc7fe11g11", compiled.Load().Run<string>("Program.Native"));
        Assert.Equal("ab3dc7fe11g11", woven.Load().Run<string>("Program.Run", log));
        Assert.Equal(["0", "1", "2", "1", "0", "-1", "end", "1", "0", "-1", "boxed -1"], log);
        Assert.Equal(build == OptimizationLevel.Release ? ["All"] : [], Copied(woven, "Plain"));
    }

    private static IEnumerable<string> Copied(OptimizationLevel build, string context) =>
        Copied(CompiledProgram.Compile(build, new Source("/src/Program.cs", GuessedResultProgram.Source)).Weave().Verified(), context);

    /// <summary>The methods whose clones take an object for one of a class.</summary>
    private static IEnumerable<string> Copied(WovenProgram woven, string context)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(woven.Image));
        return
        [
            .. module.GetType("Program").Methods
                .Where(m => m.Name.EndsWith("@" + context, System.StringComparison.Ordinal) && m.Body.Instructions.Any(i => i.OpCode.Code == Code.Unbox || i.Operand is GenericInstanceMethod { Name: "As" } cast && cast.GenericArguments[0].Name != "ObjectContent"))
                .Select(m => m.Name.Split('@')[0])
                .Order(System.StringComparer.Ordinal),
        ];
    }

    /// <summary>An enumerator that the JIT sees made and used up is not made at all, which takes that it meets no other in its local.</summary>
    [Fact]
    public void An_enumerator_is_not_made_where_the_clones_are_inlined()
    {
        LoadedProgram program = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Program.cs", """
            using System;
            using System.Collections;
            using System.Collections.Generic;
            using System.Runtime.CompilerServices;
            using Cassette;

            public readonly struct Plain : IContext;

            public sealed class Numbers(int count) : IEnumerable<int>
            {
                public IEnumerator<int> GetEnumerator() => new Walker(count);

                IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

                private sealed class Walker(int count) : IEnumerator<int>
                {
                    private int at = -1;

                    public int Current => at;

                    object IEnumerator.Current => Current;

                    public bool MoveNext() => ++at < count;

                    public void Reset() => at = -1;

                    public void Dispose()
                    {
                    }
                }
            }

            public static class Program
            {
                [MethodImpl(MethodImplOptions.AggressiveOptimization)]
                static long Sum(IEnumerable<int> values)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    int sum = 0;
                    foreach (int x in values)
                        sum += x;
                    return sum == 45 ? GC.GetAllocatedBytesForCurrentThread() - before : -1;
                }

                public static long Woven()
                {
                    var values = new Numbers(10);
                    new Plain().Overdub(Sum, values);
                    return new Plain().Overdub(Sum, values);
                }
            }
            """)).Weave().Verified().Load();
        Assert.Equal(0, program.Run<long>("Program.Woven"));
    }
}
