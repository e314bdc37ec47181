using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cassette.Fody.Reporting;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Reporting;

/// <summary>The report names every call that leaves, with its reason and place, and every clone with what led to it.</summary>
public sealed class WeaveReportTests
{
    [Fact]
    public void Each_reason_is_reported_at_its_line_and_nothing_else()
    {
        WeaveReport report = AllReasons();
        ContextReport context = report.Contexts.Single(item => item.Name == "Ctx");

        var expected = ReportPrograms.Announced(ReportPrograms.AllReasons).Order();
        var actual = context.Leaving.Select(call => (call.Position!.Value.Line, call.Code, call.IsIntended)).Order();
        Assert.Equal(string.Join("\n", expected), string.Join("\n", actual));
        Assert.All(context.Leaving, call => Assert.Equal("Program.cs", call.Position!.Value.File));
    }

    [Fact]
    public void Every_reason_is_told_in_words_without_repeating_the_call()
    {
        Assert.All(AllReasons().Contexts.SelectMany(context => context.Leaving), call =>
        {
            Assert.NotEmpty(call.Remedy);
            Assert.DoesNotContain("leaves the context", call.Because, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Where_an_object_goes_that_may_be_called_back_is_said()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System;
            using System.Collections.Generic;
            using Cassette;
            public readonly struct Ctx : IContext;
            public sealed class Backwards : IComparer<int> { public int Compare(int x, int y) => y - x; }
            public struct Key : IEquatable<Key> { public bool Equals(Key other) => true; public override int GetHashCode() => 1; }
            public sealed class Bare { public int X; }
            public static class Program
            {
                public static void Run() => new Ctx().Overdub(F, 1);
                public static void F(int x)
                {
                    new SortedSet<int>(new Backwards());
                    object.Equals(new Key(), null);
                    new List<Key>().Add(new Key());
                    object.Equals(new Bare(), null);
                    Array.Sort(new int[2], (a, b) => b - a);
                }
            }
            """).TryWeave("<Cassette Report='true' />");
        var handed = woven.Result.Report!.Contexts[0].Leaving.Where(call => call.Reason == "objectHandedOut");
        Assert.Equal([(13, "CAS515", false), (14, "CAS515", true), (15, "CAS515", true)], handed.Select(call => (call.Position!.Value.Line, call.Code, call.IsIntended)));
        Assert.DoesNotContain(woven.Result.Report.Contexts[0].Leaving, call => call.Reason == "delegateHandedOut");
    }

    [Fact]
    public void Methods_behind_many_types_are_listed_once()
    {
        WeaveReport report = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System.Collections.Generic;
            using Cassette;
            public readonly struct Ctx : IContext;
            public interface IFirst;
            public interface ISecond;
            public interface IThird;
            public sealed class Key : IFirst, ISecond, IThird
            {
                public override bool Equals(object? other) => other is Key;
                public override int GetHashCode() => 1;
            }
            public static class Program
            {
                public static int Run() => new Ctx().Overdub(F, 1);
                public static int F(int x) => First(new Key()) + Second(new Key()) + Third(new Key());
                static int First<T1>(T1 item) where T1 : IFirst => new List<T1> { item }.IndexOf(item);
                static int Second<T2>(T2 item) where T2 : ISecond => new List<T2> { item }.IndexOf(item);
                static int Third<T3>(T3 item) where T3 : IThird => new List<T3> { item }.IndexOf(item);
            }
            """).TryWeave("<Cassette Report='true' />").Result.Report!;
        Assert.Superset(new HashSet<string>(["T1", "T2", "T3"]), report.Contexts[0].HandedOver.Select(handOver => handOver.Type).ToHashSet());
        Assert.All(report.Contexts[0].HandedOver, handOver => Assert.Contains("Key.GetHashCode()", handOver.Methods));
        Assert.Equal(2, TextReportWriter.Write(report).Split("      Key.GetHashCode()\n").Length);
        Assert.Equal(2, JsonReportWriter.Write(report).Split("\"Key.GetHashCode()\"").Length);
    }

    [Fact]
    public void A_body_that_cannot_be_typed_is_refused_with_the_importers_words()
    {
        ReportedRefusal refused = Assert.Single(AllReasons().Contexts.Single(item => item.Name == "Ctx").Refused);
        Assert.Equal("Work.Broken(int)", refused.Method);
        Assert.Equal("CAS504", refused.Code);
        Assert.Contains("the stack is empty", refused.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_of_type_dynamic_is_late_binding()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using Cassette;
            public readonly record struct Ctx : IContext;
            public static class Program
            {
                public static int Run() => new Ctx().Overdub(F, 1);
                public static int F(int x) => Twice((dynamic)x);
                public static int Twice(int x) => 2 * x;
            }
            """).TryWeave("<Cassette Report='true' />");
        Assert.Contains(woven.Result.Report!.Contexts[0].Leaving, call => call is { Code: "CAS513", IsIntended: false, Position.Line: 6 });
    }

    [Fact]
    public void A_delegates_target_without_a_clone_is_reported_where_it_is_written()
    {
        WovenProgram woven = CompiledProgram.Compile(OptimizationLevel.Release, """
            using System;
            using System.Threading.Tasks;
            using Cassette;
            public readonly record struct Ctx : IContext;
            public static class Program
            {
                public static int Run() => new Ctx().Overdub(F, Later);
                public static int F(Func<Task<int>> later) => later().GetHashCode();
                [NoOverdub] public static async Task<int> Later()
                {
                    return await Task.FromResult(1);
                }
            }
            """).TryWeave("<Cassette Report='true' />");
        ReportedLeave later = Assert.Single(woven.Result.Report!.Contexts[0].Leaving, call => call.Reason == "noOverdub");
        Assert.Equal(("Program.Later()", "Program.F(System.Func<System.Threading.Tasks.Task<int>>)"), (later.Callee, later.Caller));
        // The method itself has no line of its own: its first statement has.
        Assert.Equal(11, later.Position!.Value.Line);
    }

    [Fact]
    public void The_report_of_a_small_program_is_exactly_this()
    {
        WeaveReport report = Small("/src").Result.Report!;
        int column = SmallLine.IndexOf("Math.Abs", StringComparison.Ordinal) + 1;
        Assert.Equal($$"""
            {
              "version": 2,
              "assembly": "Subject",
              "contexts": [
                {
                  "name": "Ctx",
                  "contexts": [
                    "Ctx"
                  ],
                  "clones": [
                    {
                      "method": "Model.F(double)",
                      "reason": "delegate",
                      "source": "Program.Run()",
                      "file": "Program.cs",
                      "line": 4,
                      "column": {{column}}
                    }
                  ],
                  "refused": [],
                  "leaving": [
                    {
                      "callee": "System.Math.Abs(double)",
                      "caller": "Model.F(double)",
                      "code": "CAS519",
                      "reason": "notSelected",
                      "intended": true,
                      "because": "it is part of the shared framework, which is overdubbed only on request",
                      "remedy": "Add a primitive for it where its behaviour must change: this version overdubs the project's own methods only",
                      "file": "Program.cs",
                      "line": 4,
                      "column": {{column}}
                    }
                  ],
                  "handedOver": [],
                  "methodLists": []
                }
              ]
            }

            """, JsonReportWriter.Write(report));
        Assert.Equal($"""
            Cassette in Subject

            Context Ctx
            1 method, 0 refused, 1 call out of it: 0 unintended, 1 intended

              Leaving the context as intended
                CAS519 Framework code
                  It is part of the shared framework, which is overdubbed only on request. Add a primitive for it where its behaviour must change: this version overdubs the project's own methods only.
                    System.Math.Abs(double)  in Model.F(double)  Program.cs(4,{column})

              Running in the context
                Model.F(double)  the target of a delegate called by Program.Run()  Program.cs(4,{column})

            """, TextReportWriter.Write(report));
    }

    [Fact]
    public void Json_of_a_large_report_parses_and_has_every_call()
    {
        WeaveReport report = AllReasons();
        using JsonDocument json = JsonDocument.Parse(JsonReportWriter.Write(report));
        foreach ((JsonElement written, ContextReport context) in json.RootElement.GetProperty("contexts").EnumerateArray().Zip(report.Contexts))
        {
            Assert.Equal(context.Leaving.Select(call => call.Callee), written.GetProperty("leaving").EnumerateArray().Select(call => call.GetProperty("callee").GetString()));
            Assert.Equal(context.Clones.Select(clone => clone.Method), written.GetProperty("clones").EnumerateArray().Select(clone => clone.GetProperty("method").GetString()));
        }
    }

    [Fact]
    public void Json_text_survives_every_character()
    {
        string text = string.Concat(Enumerable.Range(0, 0x250).Select(code => (char)code)) + "\u2028\U0001F600";
        string json = new JsonText().BeginObject().Name(text).BeginArray().Value(text).EndArray().EndObject().ToString();
        using JsonDocument parsed = JsonDocument.Parse(json);
        JsonProperty member = parsed.RootElement.EnumerateObject().Single();
        Assert.Equal(text, member.Name);
        Assert.Equal(text, member.Value[0].GetString());
    }

    [Fact]
    public void Reports_are_the_same_each_time_and_in_every_directory()
    {
        Assert.Equal(JsonReportWriter.Write(AllReasons()), JsonReportWriter.Write(AllReasons()));
        Assert.Equal(JsonReportWriter.Write(Small("/src").Result.Report!), JsonReportWriter.Write(Small("/home/me/work").Result.Report!));
    }

    [Fact]
    public void Nothing_is_reported_unasked()
    {
        WovenProgram woven = ReportPrograms.CompileAllReasons().TryWeave("<Cassette><Exclude>Left</Exclude></Cassette>");
        Assert.Null(woven.Result.Report);
        Assert.Null(woven.Result.Dump);
        // Of all that leaves only the refused method concerns everyone.
        Assert.Equal(["CAS504"], woven.Diagnostics.Where(found => found.Id.StartsWith("CAS5", StringComparison.Ordinal)).Select(found => found.Id));
    }

    private const string SmallLine = "public static class Model { public static double F(double x) => Math.Abs(x); }";

    private static WovenProgram Small(string directory) => CompiledProgram.Compile(OptimizationLevel.Release, new Source(directory + "/Program.cs", $$"""
        using System;
        using Cassette;
        public readonly record struct Ctx : IContext;
        {{SmallLine}}
        public static class Program { public static double Run() => new Ctx().Overdub(Model.F, 1.0); }
        """)).TryWeave("<Cassette Report='true' />", directory);

    private static WeaveReport AllReasons() =>
        ReportPrograms.CompileAllReasons().TryWeave(ReportPrograms.AllReasonsConfiguration, ReportPrograms.Directory).Result.Report!;
}
