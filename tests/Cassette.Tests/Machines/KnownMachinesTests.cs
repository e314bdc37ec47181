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
            var program = LoadedProgram.Woven(build, KnownMachinesProgram.Source);
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
        var program = LoadedProgram.Woven(build, KnownMachinesProgram.Source);
        var log = new List<int>();
        Assert.Equal("0 1 2 ", program.Run<string>("Program.EnterReplacing", log));
        Assert.Equal([3, 0, 0, 1, 1, 2, 2, 3, 1000], log);
    }

    [Theory, Builds]
    public void An_enumerator_that_a_hook_puts_in_a_machines_place_is_tested(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, KnownMachinesProgram.Source);
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
            Assert.Equal(isTested, Tests(build, KnownMachinesProgram.Source, method).Any());
    }

    /// <summary>Nobody's enumerator of <c>double</c> is the program's; but one of another assembly may inherit the program's <c>Dispose</c>.</summary>
    [Theory, Builds]
    public void Type_arguments_that_exclude_each_other_need_no_test(OptimizationLevel build)
    {
        Assert.Equal(["Dispose"], Tests(build, KnownMachinesProgram.Source, "Text|").Distinct());
        Assert.Empty(Tests(build, KnownMachinesProgram.Source.Replace("public class Disposable", "internal class Disposable"), "Text|"));
        Assert.Empty(Tests(build, KnownMachinesProgram.Source.Replace("public virtual void Dispose()", "internal Disposable() { } public virtual void Dispose()"), "Text|"));
    }

    [Theory, Builds]
    public void A_friend_may_derive_what_no_other_assembly_can(OptimizationLevel build)
    {
        var source = KnownMachinesProgram.Source.Replace("public class Disposable", "internal class Disposable").Replace("using Cassette;", "using Cassette;\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Friend\")]");
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
                .Where(m => m.DeclaringType.Name == "<Cassette>" && m.Name.Split('@', '!')[0] is "GetEnumerator" or "MoveNext" or "get_Current" or "Dispose" or "get_Count" or "get_Item" or "Contains")
                .Select(m => m.Name.Split('@', '!')[0]),
        ];
    }
}
