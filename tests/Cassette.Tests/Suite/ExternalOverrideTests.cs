using System.Collections.Generic;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Suite;

/// <summary>
/// A class outside the woven assembly derives from one inside. Its override wins over the clone's slot, natively; and what it does not
/// override is overdubbed.
/// </summary>
public sealed class ExternalOverrideTests
{
    private const string Library = """
        using System;
        using System.Collections.Generic;
        using Cassette;

        public readonly record struct LogCtx(List<string> Metadata) : IContext<List<string>>
        {
            [Prehook(typeof(Marks), nameof(Marks.Mark))]
            static void Before(LogCtx ctx, string where) => ctx.Metadata.Add(where);
        }

        public readonly record struct NoCtx : IContext;

        public static class Marks
        {
            public static string Mark(string where) => where;
        }

        public interface ISpeak
        {
            string Speak();

            string Twice() => Marks.Mark("twice") + Speak();
        }

        public interface ICount
        {
            int Next();

            int Twice() => Next() + Next();
        }

        public struct Own : ICount
        {
            int count;

            public int Next() => ++count + Marks.Mark("own").Length;
        }

        public abstract class Plugin : ISpeak
        {
            public virtual string Name() => Marks.Mark("Plugin");

            public abstract string Work();

            public virtual string Kept() => Marks.Mark("kept");

            public string Speak() => Marks.Mark("speak");
        }

        public static class Host
        {
            static string Drive(Plugin plugin) => plugin.Name() + " " + plugin.Work() + " " + plugin.Kept() + " " + ((ISpeak)plugin).Twice();

            static string Drive(ISpeak speaker) => speaker.Speak() + " " + speaker.Twice();

            public static string Run(Plugin plugin, List<string> log) => new LogCtx(log).Overdub(() => Drive(plugin));

            static int Drive<T>(ref T counter) where T : ICount => counter.Next();

            public static string RunCounter<T>(T counter, List<string> log) where T : struct, ICount =>
                new LogCtx(log).Overdub(() => Drive(ref counter) + " " + Drive(ref counter) + " " + Drive(ref counter));

            public static long BytesOf<T>(T counter) where T : struct, ICount
            {
                new NoCtx().Overdub(() => Drive(ref counter));
                return new NoCtx().Overdub(() =>
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    Drive(ref counter);
                    return GC.GetAllocatedBytesForCurrentThread() - before;
                });
            }

            public static string RunSpeaker(ISpeak speaker, List<string> log) => new LogCtx(log).Overdub(() => Drive(speaker));
        }
        """;

    private const string User = """
        using System.Collections.Generic;

        public sealed class External : Plugin
        {
            public override string Name() => "External+" + base.Name();

            public override string Work() => Marks.Mark("external work");
        }

        public struct ExternalCounter : ICount
        {
            int count;

            public int Next() => ++count;
        }

        public class ExternalAnew : Plugin, ISpeak
        {
            public override string Work() => "work";

            string ISpeak.Speak() => Marks.Mark("anew");
        }

        public sealed class ExternalFurther : ExternalAnew
        {
            public override string Name() => "further";
        }

        public sealed class ExternalSpeaker : ISpeak
        {
            public string Speak() => Marks.Mark("external speech");
        }

        public static class Program
        {
            public static string Run(List<string> log) => Host.Run(new External(), log);

            public static string RunCounters(List<string> log) => Host.RunCounter(new ExternalCounter(), log) + "; " + Host.RunCounter(new Own(), log);

            public static long Bytes() => Host.BytesOf(new ExternalCounter()) + Host.BytesOf(new Own());

            public static string RunAnew(List<string> log) => Host.Run(new ExternalAnew(), log) + "; " + Host.RunSpeaker(new ExternalAnew(), log) + "; " + Host.Run(new ExternalFurther(), log);

            public static string RunSpeaker(List<string> log) => Host.RunSpeaker(new ExternalSpeaker(), log);
        }
        """;

    [Theory, Builds]
    public void The_external_override_wins_natively(OptimizationLevel build)
    {
        var log = new List<string>();
        string result = Load(build).Run<string>("Program.Run", log);
        Assert.Equal("External+Plugin external work kept twicespeak", result);
        // Name and Work are External's, which was never woven; Kept, Twice and Speak are the woven assembly's.
        Assert.Equal(["kept", "twice", "speak"], log);
    }

    /// <summary>The woven base implements the interface too, and what is not implemented anew is its.</summary>
    [Theory, Builds]
    public void An_interface_that_is_implemented_anew_outside_runs_natively(OptimizationLevel build)
    {
        var log = new List<string>();
        string result = Load(build).Run<string>("Program.RunAnew", log);
        Assert.Equal("Plugin work kept twiceanew; anew twiceanew; further work kept twiceanew", result);
        Assert.Equal(["Plugin", "kept", "twice", "twice", "kept", "twice"], log);
    }

    [Theory, Builds]
    public void An_external_implementation_runs_natively(OptimizationLevel build)
    {
        var log = new List<string>();
        string result = Load(build).Run<string>("Program.RunSpeaker", log);
        Assert.Equal("external speech twiceexternal speech", result);
        // The default body's slot cannot know an implementer that it never saw, so it may run natively too.
        Assert.DoesNotContain("external speech", log);
    }

    [Theory, Builds]
    public void An_external_struct_is_called_on_itself_and_not_on_a_box(OptimizationLevel build)
    {
        var log = new List<string>();
        LoadedProgram program = Load(build);
        Assert.Equal("1 2 3; 4 5 6", program.Run<string>("Program.RunCounters", log));
        Assert.Equal(["own", "own", "own"], log);
        Assert.Equal(0, program.Run<long>("Program.Bytes"));
    }

    private static LoadedProgram Load(OptimizationLevel build)
    {
        CompiledProgram library = CompiledProgram.Compile("Library", build, [], new Source("/src/Library.cs", Library));
        WovenProgram woven = library.Weave().Verified();
        CompiledProgram wovenLibrary = library with { Image = woven.Image, Symbols = woven.Symbols };
        // Compiled against the library as its author shipped it: the woven one's public surface is the same.
        CompiledProgram user = CompiledProgram.Compile("User", build, [library], new Source("/src/User.cs", User));
        return (user with { Libraries = [wovenLibrary] }).Load();
    }
}
