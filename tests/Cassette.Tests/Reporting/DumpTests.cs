using System;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Reporting;

/// <summary><c>Dump</c> shows a method as the author wrote it beside what runs in the context.</summary>
public sealed class DumpTests
{
    private const string Program = """
        using System;
        using Cassette;
        public readonly record struct Ctx(int Metadata) : IContext<int>
        {
            [Prehook] static void Before(Ctx ctx, JoinPoint f) { }
            [Posthook] static void After(Ctx ctx, double output, JoinPoint f) { }
        }
        public readonly record struct PlainCtx(int Metadata) : IContext<int>;
        public static class Model
        {
            public static double Predict(double x)
            {
                return Math.Sin(x);
            }

            public static double Other(double x) => x;
        }
        public static class Program
        {
            public static double Run() => new Ctx(0).Overdub(Model.Predict, 1.0) + new PlainCtx(0).Overdub(Model.Predict, 1.0);
        }
        """;

    [Fact]
    public void A_section_shows_the_call_alone_before_and_between_its_hooks_after()
    {
        string[] sections = Dump("Model::Predict").Split("==== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Model.Predict(double) in Ctx", "Model.Predict(double) in PlainCtx"], sections.Select(section => section.Split('\n')[0]));

        (string before, string after) = Columns(sections[0]);
        Assert.Equal(1, Count(before, "Math.Sin("));
        Assert.DoesNotContain("Before(", before, StringComparison.Ordinal);
        Assert.DoesNotContain("context", before, StringComparison.Ordinal);
        int prehook = after.IndexOf("Ctx.Before(context", StringComparison.Ordinal);
        int call = after.IndexOf("Math.Sin(", StringComparison.Ordinal);
        int posthook = after.IndexOf("Ctx.After(context", StringComparison.Ordinal);
        Assert.True(0 <= prehook && prehook < call && call < posthook, after);
        Assert.Equal(1, Count(after, "Math.Sin("));
    }

    [Fact]
    public void Of_an_async_method_the_authors_code_is_shown_as_well()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System;
            using System.Threading.Tasks;
            using Cassette;
            public readonly record struct Ctx(int Metadata) : IContext<int>
            {
                [Prehook] static void Before(Ctx ctx, JoinPoint f) { }
            }
            public static class Model
            {
                public static async Task<double> Predict(double x)
                {
                    await Task.Yield();
                    return Math.Sin(x);
                }
            }
            public static class Program
            {
                public static double Run() => new Ctx(1).Overdub(Model.Predict, 1.0).Result;
            }
            """).Weave("<Cassette Dump='Model::Predict' />");
        string[] sections = woven.Result.Dump!.Split("==== ", StringSplitOptions.RemoveEmptyEntries);
        (string before, string after) = Columns(sections.Single(section => section.Contains("MoveNext", StringComparison.Ordinal)));
        Assert.Equal((1, 1), (Count(before, "Math.Sin("), Count(after, "Math.Sin(")));
        Assert.DoesNotContain("Before(", before, StringComparison.Ordinal);
        Assert.Contains("Ctx.Before(", after, StringComparison.Ordinal);
        Assert.Contains(sections, section => section.StartsWith("Model.Predict(double) in Ctx", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_rules_only_the_context_is_added()
    {
        (string before, string after) = Columns(Dump("Model::Predict").Split("==== ")[2]);
        Assert.Contains("Predict(double x)", before, StringComparison.Ordinal);
        Assert.Contains("Predict(double x, PlainCtx context)", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Before(", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_without_a_cloned_method_is_a_warning_at_its_place()
    {
        // It exists, but nothing that runs in a context calls it; and it does not exist.
        foreach ((string pattern, string code) in new[] { ("Program::Run", "CAS213"), ("Model::Predictt", "CAS214") })
        {
            WovenProgram woven = Weave($"<Cassette Dump='{pattern}' />");
            Assert.Null(woven.Result.Dump);
            Assert.Single(woven.Diagnostics, found => found.Id == code && found.Message.Contains("'" + pattern + "'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_pattern_with_a_cloned_method_gives_no_warning() =>
        Assert.DoesNotContain(Weave("<Cassette Dump='Model' />").Diagnostics, found => found.Id is "CAS213" or "CAS214");

    [Fact]
    public void A_refused_method_is_shown_with_its_reason()
    {
        string dump = ReportPrograms.CompileAllReasons().TryWeave("<Cassette Dump='Work::Broken' />").Result.Dump!;
        Assert.StartsWith("==== Work.Broken(int) in Ctx\nNo clone: ", dump, StringComparison.Ordinal);
        Assert.Contains("the stack is empty", dump, StringComparison.Ordinal);
    }

    private static string Dump(string pattern) => Weave($"<Cassette Dump='{pattern}' />").Result.Dump!;

    private static WovenProgram Weave(string configuration) =>
        CompiledProgram.Compile(OptimizationLevel.Release, Program).Weave(configuration);

    private static (string Before, string After) Columns(string section)
    {
        string[][] rows = [.. section.Split('\n').Where(line => line.Contains('║')).Select(line => line.Split('║'))];
        return (string.Join("\n", rows.Select(row => row[0])), string.Join("\n", rows.Select(row => row[1])));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
