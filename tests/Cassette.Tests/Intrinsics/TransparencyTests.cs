using System;
using System.Linq;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Intrinsics;

/// <summary>The programs for the constructs of C#, under rules that see every instruction and change nothing.</summary>
public sealed class TransparencyTests
{
    private const string Contexts = """
        using System.Runtime.CompilerServices;
        using Cassette;

        public readonly record struct SilentCtx(int[] Metadata) : IContext<int[]>
        {
            [Prehook(typeof(Intrinsic))]
            static void Before(SilentCtx ctx) => ctx.Metadata[0]++;
        }

        public readonly record struct WatchingCtx(int[] Metadata) : IContext<int[]>
        {
            [Prehook(typeof(Intrinsic))]
            static bool Before<TArgs>(WatchingCtx ctx, JoinPoint f, TArgs args) where TArgs : struct, ITuple
            {
                ctx.Metadata[0] += args.Length;
                return true;
            }

            [Posthook(typeof(Intrinsic))]
            static T After<T>(WatchingCtx ctx, T output, JoinPoint f) where T : allows ref struct => output;

            [Throwhook(typeof(Intrinsic))]
            static void Thrown(WatchingCtx ctx, System.Exception exception, JoinPoint f) => ctx.Metadata[1]++;
        }

        public readonly record struct PassingCtx : IContext
        {
            [Overdub(typeof(Intrinsic))]
            static TResult Any<TCall, TResult>(PassingCtx ctx, TCall call)
                where TCall : struct, ICall<TResult>, allows ref struct
                where TResult : allows ref struct =>
                call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
        }

        """;

    private const string Entries = """
        using System.IO;
        using Cassette;

        public static class Entry
        {
            public static void Native(TextWriter output) => Program.Run(output);

            public static int Silent(TextWriter output)
            {
                var seen = new int[2];
                new SilentCtx(seen).Overdub(Program.Run, output);
                return seen[0];
            }

            public static void Watching(TextWriter output) => new WatchingCtx(new int[2]).Overdub(Program.Run, output);

            public static void Passing(TextWriter output) => new PassingCtx().Overdub(Program.Run, output);

            public static void Replacing(TextWriter output) => new ReplacingCtx().Overdub(Program.Run, output);

            public static void Nested(TextWriter output) => new SilentCtx(new int[2]).Overdub(o => new ReplacingCtx().Overdub(Program.Run, o), output);
        }
        """;

    public static TheoryData<string, OptimizationLevel> Programs() => Transparency.TransparencyTests.Programs();

    [Theory, MemberData(nameof(Programs))]
    public void Rules_that_only_look_and_pass_on_change_nothing(string name, OptimizationLevel build)
    {
        CaseProgram source = CaseProgram.Read(name);
        CompiledProgram compiled = CompiledProgram.Compile(
            build,
            new Source(source.Path, source.Text),
            new Source(CaseProgram.ContextsPath, Contexts),
            new Source("/src/Replacing.cs", ReplacingContext.Counting.Replace("Ctx", "ReplacingCtx", StringComparison.Ordinal)),
            new Source(CaseProgram.EntryPath, Entries));
        LoadedProgram woven = compiled.Weave().Verified().Load();

        ProgramRun native = compiled.Load().Record("Entry.Native");
        AssertSame(native, "Silent");
        AssertSame(native, "Watching");
        AssertSame(native, "Replacing");
        AssertSame(native, "Nested");
        if (!source.AsksForItsCaller)
            AssertSame(native, "Passing");

        void AssertSame(ProgramRun expected, string entry)
        {
            ProgramRun actual = woven.Record("Entry." + entry);
            Assert.Equal((entry, expected.Output), (entry, actual.Output));
            Assert.Equal((entry, expected.Thrown?.ToString()), (entry, actual.Thrown?.ToString()));
        }
    }
}
