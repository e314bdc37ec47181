using System;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Transparency;

/// <summary>
/// Every construct of C# in a program of its own allocates under a context without rules what it allocates without, to the byte, but for what the
/// program says at its top. Where the runtime itself allocates unevenly, as where threads wait for each other or not, the run that
/// allocates least is held against the native one that allocates most.
/// </summary>
[Collection(nameof(AllocationTests)), CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    public static TheoryData<string, OptimizationLevel> Programs() => TransparencyTests.Programs();

    [Theory, MemberData(nameof(Programs))]
    public void A_context_without_rules_allocates_nothing(string name, OptimizationLevel build)
    {
        var source = CaseProgram.Read(name);
        CompiledProgram compiled = TransparencyTests.Compile(source, build);
        LoadedProgram native = compiled.Load(), woven = compiled.Weave().Load();
        int more = source.Carriers * BytesOfDelegate + source.More(build);
        if (source.AllocatesEvenly)
        {
            // The framework's code, which the two share, allocates less once the JIT has optimised it, which may be between the one and the other.
            long difference = 0;
            for (int round = 0; round < 5; round++)
            {
                difference = woven.Allocated("Entry.NoRules") - native.Allocated("Entry.Native");
                if (difference == more)
                    return;
            }

            Assert.Equal(more, difference);
            return;
        }

        long[] expected = native.AllocatedOnAnyThread("Entry.Native"), actual = woven.AllocatedOnAnyThread("Entry.NoRules");
        Assert.True(actual.Min() <= expected.Max() + more, $"At least {actual.Min()} bytes, natively {expected.Min()} to {expected.Max()}, and {more} more are said.");
    }

    private static int BytesOfDelegate { get; } = MeasureDelegate();

    private static int MeasureDelegate()
    {
        var target = new object();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Func<string?> made = target.ToString;
        int bytes = (int)(GC.GetAllocatedBytesForCurrentThread() - before);
        GC.KeepAlive(made);
        return bytes;
    }
}
