using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A base class's method called non-virtually, and an overload chosen by a cast.</summary>
public sealed class InvokeTests
{
    private const string Source = """
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(LogCtx ctx, string where) => ctx.Metadata.Add(where);
        }

        public static class Marks
        {
            public static string Mark(string where) => where;
        }

        public class Base
        {
            public virtual string Who() => Marks.Mark("base");
        }

        public class Middle : Base
        {
            public override string Who() => Marks.Mark("middle") + "<" + base.Who();
        }

        public sealed class Leaf : Middle
        {
            public override string Who() => Marks.Mark("leaf");

            public string Up() => base.Who();
        }

        public static class Program
        {
            static string Chosen(object x) => Marks.Mark("object");

            static string Chosen(string x) => Marks.Mark("string");

            static string Overloads() => Chosen("x") + Chosen((object)"x");

            public static string Bases(List<string> log) => new LogCtx(log).Overdub(() => new Leaf().Up());

            public static string Casts(List<string> log) => new LogCtx(log).Overdub(() => Overloads());
        }
        """;

    [Theory, Builds]
    public void The_base_body_runs_and_is_overdubbed(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal("middle<base", LoadedProgram.Woven(build, Source).Run<string>("Program.Bases", log));
        Assert.Equal(["middle", "base"], log);
    }

    [Theory, Builds]
    public void The_chosen_overload_runs_and_is_overdubbed(OptimizationLevel build)
    {
        var log = new List<string>();
        Assert.Equal("stringobject", LoadedProgram.Woven(build, Source).Run<string>("Program.Casts", log));
        Assert.Equal(["string", "object"], log);
    }
}
