using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>
/// Classes outside the woven assembly that take part in families of the framework's by deriving from classes inside: none of the classes that the
/// woven code compares an object's with is theirs, so their own overrides run, natively, and what they inherit is overdubbed.
/// </summary>
public sealed class ExternalFamilyTests
{
    private const string Library = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before<T>(LogCtx ctx, T where) => ctx.Metadata.Add("" + where);
        }

        public readonly record struct OuterCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before<T>(OuterCtx ctx, T where) => ctx.Metadata.Add("outer " + where);
        }

        public static class Marks
        {
            public static T Mark<T>(T where) => where;
        }

        public class Weight : IComparable<Weight>, IEnumerable<int>
        {
            public virtual int CompareTo(Weight? other) => Marks.Mark(1);

            public override string ToString() => Marks.Mark("weight");

            public IEnumerator<int> GetEnumerator()
            {
                Marks.Mark("enumerated");
                return new List<int> { 1, 2 }.GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        public sealed class Heavy : Weight
        {
            public override int CompareTo(Weight? other) => Marks.Mark(2);
        }

        public static class Host
        {
            static string Drive(object weight) =>
                weight.ToString() + ((IComparable<Weight>)weight).CompareTo(null) + Sum((IEnumerable<int>)weight);

            static int Sum(IEnumerable<int> values)
            {
                int sum = 0;
                foreach (int value in values)
                    sum += value;
                return sum;
            }

            public static string Run(object weight, List<string> log) => new LogCtx(log).Overdub(() => Drive(weight));

            public static string RunNested(object weight, List<string> log) => new OuterCtx(log).Overdub(() => new LogCtx(log).Overdub(() => Drive(weight)));
        }
        """;

    private const string User = """
        using System;
        using System.Collections.Generic;

        public sealed class Overriding : Weight
        {
            public override int CompareTo(Weight? other) => Marks.Mark(3);

            public override string ToString() => Marks.Mark("overriding");
        }

        public sealed class Inheriting : Weight;

        public sealed class Anew : Weight, IComparable<Weight>, IEnumerable<int>
        {
            int IComparable<Weight>.CompareTo(Weight? other) => Marks.Mark(4);

            IEnumerator<int> IEnumerable<int>.GetEnumerator()
            {
                yield return Marks.Mark(5);
            }
        }

        public static class Program
        {
            static object Make(string what) => what switch
            {
                "weight" => new Weight(),
                "heavy" => new Heavy(),
                "overriding" => new Overriding(),
                "anew" => new Anew(),
                _ => new Inheriting(),
            };

            public static string Run(string what, List<string> log) => Host.Run(Make(what), log);

            public static string RunNested(string what, List<string> log) => Host.RunNested(Make(what), log);
        }
        """;

    /// <summary>A class, what its object does natively, and what a context sees of it.</summary>
    public static readonly TheoryData<string, string, string[], OptimizationLevel> Classes = Rows();

    [Theory, MemberData(nameof(Classes))]
    public void Each_class_runs_its_own_and_only_woven_code_is_seen(string what, string result, string[] seen, OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(result, Load(build).Run<string>("Program.Run", what, log));
        Assert.Equal(seen, log);
    }

    [Theory, MemberData(nameof(Classes))]
    public void Two_contexts_see_the_same(string what, string result, string[] seen, OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal(result, Load(build).Run<string>("Program.RunNested", what, log));
        Assert.Equal(seen, log.FindAll(line => !line.StartsWith("outer ", System.StringComparison.Ordinal)));
        Assert.Equal(seen, log.FindAll(line => line.StartsWith("outer ", System.StringComparison.Ordinal)).ConvertAll(line => line["outer ".Length..]));
    }

    private static TheoryData<string, string, string[], OptimizationLevel> Rows()
    {
        var rows = new TheoryData<string, string, string[], OptimizationLevel>();
        foreach (OptimizationLevel build in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
        {
            rows.Add("weight", "weight13", ["weight", "1", "enumerated"], build);
            rows.Add("heavy", "weight23", ["weight", "2", "enumerated"], build);
            rows.Add("overriding", "overriding33", ["enumerated"], build);
            rows.Add("anew", "weight45", ["weight"], build);
            rows.Add("inheriting", "weight13", ["weight", "1", "enumerated"], build);
        }

        return rows;
    }

    private static LoadedProgram Load(OptimizationLevel build)
    {
        CompiledProgram library = CompiledProgram.Compile("Library", build, [], new Source("/src/Library.cs", Library));
        WovenProgram woven = library.Weave().Verified();
        CompiledProgram user = CompiledProgram.Compile("User", build, [library], new Source("/src/User.cs", User));
        return (user with { Libraries = [library with { Image = woven.Image, Symbols = woven.Symbols }] }).Load();
    }
}
