using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Transparency;

/// <summary>
/// What a call under hooks adds to its caller's frame in code that is not optimised, as all code is at first: programs that look at how much of
/// the stack is left recurse less deep the larger the frames are.
/// </summary>
public sealed class FrameTests
{
    private const int More = 20;

    // A struct of eleven words is the receiver and an argument by reference, so that hooks are given copies of it.
    private static string Program { get; } = $$"""
        #nullable enable
        using System;
        using System.Runtime.CompilerServices;
        using Cassette;

        public struct Wide
        {
            public long A, B, C, D, E, F, G, H, I, J, K;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public string? Name() => null;
        }

        public static class Entry
        {
            public static long Frame(bool isMany, string kind) => new WatchingCtx(new int[2]).Overdub(Program.Frame, isMany, kind);

            public static long TupleFrame(bool isMany, string kind) => new TupleWatchingCtx(new int[2]).Overdub(Program.Frame, isMany, kind);
        }

        public static class Program
        {
            static Wide wide;

            public static long Frame(bool isMany, string kind) => (isMany, kind) switch
            {
                (false, "none") => FewNone(0) - FewNone(1),
                (true, "none") => ManyNone(0) - ManyNone(1),
                (false, "text") => FewText(0) - FewText(1),
                (true, "text") => ManyText(0) - ManyText(1),
                (false, "three") => FewThree(0) - FewThree(1),
                (true, "three") => ManyThree(0) - ManyThree(1),
                (false, "wide") => FewWide(0) - FewWide(1),
                (true, "wide") => ManyWide(0) - ManyWide(1),
                _ => throw new ArgumentException(kind),
            };

            [MethodImpl(MethodImplOptions.NoInlining)]
            static unsafe long Here() { int here; return (long)&here; }

            [MethodImpl(MethodImplOptions.NoInlining)]
            static void None() { }

            [MethodImpl(MethodImplOptions.NoInlining)]
            static string Text(string text) => text;

            [MethodImpl(MethodImplOptions.NoInlining)]
            static void Three(string first, string second, string third) { }

        {{Methods("None", "None();")}}
        {{Methods("Text", "Text(\"\");")}}
        {{Methods("Three", "Three(\"\", \"\", \"\");")}}
        {{Methods("Wide", "wide.Name();")}}
        }

        {{ContextSources.Passive}}
        """;

    private static string Methods(string kind, string call) => $$"""
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
        static long Few{{kind}}(int depth)
        {
            if (depth > 0)
                return Few{{kind}}(depth - 1);
            {{call}}
            return Here();
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
        static long Many{{kind}}(int depth)
        {
            if (depth > 0)
                return Many{{kind}}(depth - 1);
            {{string.Concat(Enumerable.Repeat(call, 1 + More))}}
            return Here();
        }
        """;

    /// <summary>
    /// A call's handlers hold an exception each, and a debug build keeps what calls return; arguments, their boxes' contents and join points share their places.
    /// </summary>
    [Theory]
    [InlineData("none", OptimizationLevel.Debug, 48)]
    [InlineData("none", OptimizationLevel.Release, 24)]
    [InlineData("text", OptimizationLevel.Debug, 48)]
    [InlineData("text", OptimizationLevel.Release, 24)]
    [InlineData("three", OptimizationLevel.Debug, 48)]
    [InlineData("three", OptimizationLevel.Release, 24)]
    [InlineData("wide", OptimizationLevel.Debug, 48)]
    [InlineData("wide", OptimizationLevel.Release, 24)]
    public void Frames_grow_little_with_calls(string kind, OptimizationLevel build, int bytes)
    {
        var program = CompiledProgram.Compile(build, Program).Weave().Verified().Load();
        long few = program.Run<long>("Entry.Frame", false, kind), many = program.Run<long>("Entry.Frame", true, kind);
        Assert.True(few > 0 && many - few <= bytes * More, $"{many - few} bytes more for {More} calls more.");
    }

    /// <summary>So it is with the tuples that hooks take without boxing. What is left is whether the call is overdubbed, and its result where the two ways meet.</summary>
    [Theory]
    [InlineData("none", OptimizationLevel.Debug, 8)]
    [InlineData("none", OptimizationLevel.Release, 4)]
    [InlineData("text", OptimizationLevel.Debug, 28)]
    [InlineData("text", OptimizationLevel.Release, 12)]
    [InlineData("three", OptimizationLevel.Debug, 8)]
    [InlineData("three", OptimizationLevel.Release, 4)]
    public void Tuples_take_turns(string kind, OptimizationLevel build, int bytes)
    {
        var program = CompiledProgram.Compile(build, Program).Weave().Verified().Load();
        long few = program.Run<long>("Entry.TupleFrame", false, kind), many = program.Run<long>("Entry.TupleFrame", true, kind);
        Assert.True(few > 0 && many - few <= bytes * More, $"{many - few} bytes more for {More} calls more.");
    }
}
