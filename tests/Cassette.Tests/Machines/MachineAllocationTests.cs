using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Machines;

/// <summary>A machine's clone is the same objects as the original, each with room for its contexts and for nothing else.</summary>
public sealed class MachineAllocationTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct KeptCtx(object Metadata) : IContext<object>;
        public readonly record struct OtherCtx(object Metadata) : IContext<object>;
        public readonly record struct NoRulesCtx : IContext;

        public static class Program
        {
            static readonly object shared = new();

            static int Sum(IEnumerable<long> items)
            {
                long sum = 0;
                foreach (long x in items)
                    sum += x;
                return (int)sum;
            }

            static IEnumerable<long> Iterate()
            {
                for (long i = 0; i < 10; i++)
                    yield return i;
            }

            static async Task<long> Immediate(long x)
            {
                await Task.CompletedTask;
                return x + 1000000;
            }

            static async ValueTask<long> Value(long x)
            {
                await Task.CompletedTask;
                return x;
            }

            static Task gate = Task.CompletedTask;

            static async Task Suspended(long x)
            {
                await gate;
                GC.KeepAlive(shared);
                shared.Equals(x);
            }

            static void Ten()
            {
                for (int i = 0; i < 10; i++)
                {
                    Sum(Iterate());
                    Immediate(i).GetAwaiter().GetResult();
                    Value(i).GetAwaiter().GetResult();
                }
            }

            static void TenIterators()
            {
                for (int i = 0; i < 10; i++)
                    Sum(Iterate());
            }

            static void TenSuspended()
            {
                for (int i = 0; i < 10; i++)
                {
                    var source = new TaskCompletionSource();
                    gate = source.Task;
                    Task waiting = Suspended(i);
                    source.SetResult();
                    waiting.GetAwaiter().GetResult();
                }
            }

            static void TenImmediate()
            {
                for (int i = 0; i < 10; i++)
                    Immediate(i).GetAwaiter().GetResult();
            }

            public static void Native(TextWriter output) => Ten();
            public static void NoRules(TextWriter output) => new NoRulesCtx().Overdub(Ten);
            public static void NativeIterators(TextWriter output) => TenIterators();
            public static void KeptIterators(TextWriter output) => new KeptCtx(shared).Overdub(TenIterators);
            public static void NativeSuspended(TextWriter output) => TenSuspended();
            public static void KeptSuspended(TextWriter output) => new KeptCtx(shared).Overdub(TenSuspended);
            public static void NativeImmediate(TextWriter output) => TenImmediate();
            public static void KeptImmediate(TextWriter output) => new KeptCtx(shared).Overdub(TenImmediate);
            static void Inner() => new OtherCtx(shared).Overdub(TenIterators);
            public static void TwiceKeptIterators(TextWriter output) => new KeptCtx(shared).Overdub(Inner);
        }
        """;

    [Theory, Builds]
    public void A_context_without_state_adds_no_byte(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        Assert.Equal(program.Allocated("Program.Native"), program.Allocated("Program.NoRules"));
    }

    [Theory]
    [InlineData(OptimizationLevel.Debug, "Iterators", 10 * 8)]
    [InlineData(OptimizationLevel.Release, "Iterators", 10 * 8)]
    [InlineData(OptimizationLevel.Debug, "Suspended", 10 * 8)]
    [InlineData(OptimizationLevel.Release, "Suspended", 10 * 8)]
    // A machine that is a struct is never boxed when it is not suspended; a class has its field either way.
    [InlineData(OptimizationLevel.Debug, "Immediate", 10 * 8)]
    [InlineData(OptimizationLevel.Release, "Immediate", 0)]
    public void A_context_of_one_reference_adds_that_to_each_machine(OptimizationLevel build, string what, long more)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        Assert.Equal(program.Allocated("Program.Native" + what) + more, program.Allocated("Program.Kept" + what));
    }

    [Theory, Builds]
    public void Two_contexts_add_two_references(OptimizationLevel build)
    {
        LoadedProgram program = LoadedProgram.Woven(build, Source);
        Assert.Equal(program.Allocated("Program.NativeIterators") + 10 * 16, program.Allocated("Program.TwiceKeptIterators"));
    }
}
