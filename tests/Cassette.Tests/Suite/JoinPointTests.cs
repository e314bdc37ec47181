using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A join point says what is called, from where, in the author's terms.</summary>
public sealed class JoinPointTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Text;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook]
            static void Before(LogCtx ctx, JoinPoint f) =>
                ctx.Metadata.Add(f.ToString() + " | " + f.Caller + " | " + f.ReturnType + " | " + f.IsStatic);
        }

        public static class Model
        {
            public static double Predict(double x)
            {
                double y = Math.Sin(x);
                var text = new StringBuilder(4);
                text.Append('a');
                return y;
            }
        }

        public static class Program
        {
            public static double Run(List<string> log) => new LogCtx(log).Overdub(Model.Predict, 1.0);
        }
        """;

    [Theory, Builds]
    public void It_reads_like_a_stack_frame(OptimizationLevel build)
    {
        var log = new List<string>();
        CompiledProgram.Compile(build, new Source("/src/Model.cs", Source)).Weave().Verified().Load().Run("Program.Run", log);
        Assert.Equal(
            [
                "System.Math.Sin(Double a) in Model.cs:line 17 | Model.Predict(Double x) | System.Double | True",
                "System.Text.StringBuilder..ctor(Int32 capacity) in Model.cs:line 18 | Model.Predict(Double x) | System.Void | False",
                "System.Text.StringBuilder.Append(Char value) in Model.cs:line 19 | Model.Predict(Double x) | System.Text.StringBuilder | False",
            ],
            log);
    }
}
