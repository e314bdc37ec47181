using System.IO;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>Prints, cut out of a program and deferred into a callback that the metadata keeps.</summary>
public sealed class SliceTests
{
    private const string Source = """
        using System;
        using System.IO;
        using Cassette;

        public sealed class Deferred
        {
            public Action Callback = () => { };
        }

        public readonly record struct SliceCtx(Deferred Metadata) : IContext<Deferred>
        {
            [Overdub(typeof(TextWriter), nameof(TextWriter.WriteLine))]
            static void WriteLine(SliceCtx ctx, TextWriter writer, string? text)
            {
                Action before = ctx.Metadata.Callback;
                ctx.Metadata.Callback = () =>
                {
                    before();
                    writer.WriteLine(text);
                };
            }
        }

        public static class Program
        {
            static int Add(TextWriter output, int a, int b)
            {
                output.WriteLine("I'm about to add " + a + " + " + b);
                int c = a + b;
                output.WriteLine("c = " + c);
                return c;
            }

            static int Work(TextWriter output)
            {
                int x = Add(output, 1, 2);
                output.WriteLine("between");
                return Add(output, x, 4);
            }

            public static int Native(TextWriter output) => Work(output);

            public static (int, Action) Sliced(TextWriter output)
            {
                var deferred = new Deferred();
                int result = new SliceCtx(deferred).Overdub(Work, output);
                return (result, deferred.Callback);
            }
        }
        """;

    private const string Printed = "I'm about to add 1 + 2\nc = 3\nbetween\nI'm about to add 3 + 4\nc = 7\n";

    [Theory, Builds]
    public void Nothing_is_printed_and_then_all_of_it_in_order(OptimizationLevel build)
    {
        var program = LoadedProgram.Woven(build, Source);
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(7, program.Run<int>("Program.Native", output));
        Assert.Equal(Printed, output.ToString());

        output = new StringWriter { NewLine = "\n" };
        (int result, System.Action callback) = program.Run<(int, System.Action)>("Program.Sliced", output);
        Assert.Equal(7, result);
        Assert.Equal("", output.ToString());
        callback();
        Assert.Equal(Printed, output.ToString());
    }
}
