using System.Collections.Concurrent;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>Rules that the type arguments of an async method or an iterator decide.</summary>
public sealed class SpecialisedMachinesTests
{
    private const string Source = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Linq;
        using System.Numerics;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct NumberCtx(ConcurrentQueue<string> Metadata) : IContext<ConcurrentQueue<string>>
        {
            [Prehook(typeof(Program), nameof(Program.Take))]
            static void Before<T>(NumberCtx ctx, T value) where T : INumber<T> => ctx.Metadata.Enqueue("number " + (value + T.One));

            [Prehook(typeof(Program), nameof(Program.Take))]
            static void Before(NumberCtx ctx, string value) => ctx.Metadata.Enqueue("text " + value);
        }

        public sealed class Box<T>(T value)
        {
            public async Task<T> Get()
            {
                await Task.Yield();
                return Program.Take(value);
            }

            public IEnumerable<(T, TOther)> With<TOther>(TOther other)
            {
                yield return (Program.Take(value), Program.Take(other));
            }
        }

        public static class Program
        {
            public static T Take<T>(T value) => value;

            public static async Task<T> Later<T>(T value)
            {
                await Task.Yield();
                return Take(value);
            }

            public static IEnumerable<T> Twice<T>(T value)
            {
                yield return Take(value);
                yield return Take(value);
            }

            static async Task<string> All()
            {
                string text = await Later(1) + await Later("a") + await Later(2.5);
                foreach (int x in Twice(7))
                    text += x;
                text += await new Box<string>("b").Get();
                foreach (var (x, y) in new Box<int>(8).With("c"))
                    text += x + y;
                return text;
            }

            public static string Run(ConcurrentQueue<string> log) => new NumberCtx(log).Overdub(() => All()).Result;
        }
        """;

    [Theory, Builds]
    public void A_machine_is_specialised_with_its_method(OptimizationLevel build)
    {
        var log = new ConcurrentQueue<string>();
        Assert.Equal("1a2.577b8c", LoadedProgram.Woven(build, Source).Run<string>("Program.Run", log));
        Assert.Equal(["number 2", "text a", "number 3.5", "number 8", "number 8", "text b", "number 9", "text c"], log);
    }
}
