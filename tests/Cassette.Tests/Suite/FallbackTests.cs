using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>A fallback rule sees exactly the calls that have no clone.</summary>
public sealed class FallbackTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct NativeCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Fallback]
            static TResult Native<TCall, TResult>(NativeCtx ctx, TCall call) where TCall : struct, ICall<TResult>
            {
                ctx.Metadata.Add(call.JoinPoint.Name + "/" + call.Arguments.Length + (call.CanRecurse ? "!" : ""));
                return call.Fallback();
            }

            [Overdub(typeof(Math), nameof(Math.Cos))]
            static double Cos(NativeCtx ctx, double x) => 0.5;
        }

        public static class Program
        {
            static double Work(double x)
            {
                double y = Own(Math.Sqrt(x)) + Math.Cos(x);
                Console.Out.Flush();
                return Kept(y) + Math.Max(y, 1.0);
            }

            static double Own(double x) => Inner(x) * 2.0;

            static double Inner(double x) => Math.Abs(x);

            [NoOverdub]
            static double Kept(double x) => Math.Floor(x);

            public static double Run(List<string> log) => new NativeCtx(log).Overdub(() => Work(16.0));
        }
        """;

    [Theory, Builds]
    public void Calls_without_a_clone_and_no_others(OptimizationLevel build)
    {
        var log = new List<string>();
        // sqrt 16 = 4, doubled 8, + 0.5 = 8.5; floor 8 + max 8.5
        Assert.Equal(16.5, LoadedProgram.Woven(build, Source).Run<double>("Program.Run", log));
        // Own, Inner and Work have clones, Cos has a primitive.
        Assert.Equal(["Sqrt/1", "Abs/1", "get_Out/0", "Flush/1", "Kept/1", "Max/2"], log);
    }
}
