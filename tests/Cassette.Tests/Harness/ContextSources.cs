namespace Cassette.Tests.Harness;

/// <summary>Contexts that many tests run programs in, as source.</summary>
internal static class ContextSources
{
    /// <summary>A context without a rule.</summary>
    public const string NoRules = """
        public readonly record struct NoRulesCtx : Cassette.IContext;
        """;

    /// <summary>
    /// A context whose untyped prehook counts every call by the callee's type and name, and whose typed ones count
    /// those whose first argument is an <c>int</c> or a <c>string</c>.
    /// </summary>
    public const string Counting = """
        public sealed class Tally
        {
            public readonly System.Collections.Generic.Dictionary<string, int> ByName = new();

            public void Add(Cassette.JoinPoint f)
            {
                string name = f.DeclaringType + "." + f.Name;
                // Delegates carry the context to other threads.
                lock (ByName)
                {
                    ByName.TryGetValue(name, out int count);
                    ByName[name] = count + 1;
                }
            }
        }

        public readonly record struct CountingCtx(Tally Metadata) : Cassette.IContext<Tally>
        {
            [Cassette.Prehook]
            static void Before(CountingCtx ctx, Cassette.JoinPoint f) => ctx.Metadata.Add(f);
        }

        public readonly record struct TypedCountingCtx(int[] Metadata) : Cassette.IContext<int[]>
        {
            [Cassette.Prehook]
            static void Before(TypedCountingCtx ctx, int first) => ctx.Metadata[0]++;

            [Cassette.Prehook]
            static void Before(TypedCountingCtx ctx, string first) => ctx.Metadata[1]++;
        }
        """;

    /// <summary>Contexts that look at every argument and output of every call, and that make every call by a catch-all primitive.</summary>
    public const string Passive = """
        public readonly record struct WatchingCtx(int[] Metadata) : Cassette.IContext<int[]>
        {
            [Cassette.Prehook]
            static void Before(WatchingCtx ctx, Cassette.JoinPoint f, params object?[] args) => ctx.Metadata[0] += args.Length;

            [Cassette.Posthook]
            static T After<T>(WatchingCtx ctx, T output, Cassette.JoinPoint f) where T : allows ref struct => output;

            [Cassette.Throwhook]
            static void Thrown(WatchingCtx ctx, System.Exception exception, Cassette.JoinPoint f) => ctx.Metadata[1]++;
        }

        public readonly record struct TupleWatchingCtx(int[] Metadata) : Cassette.IContext<int[]>
        {
            [Cassette.Prehook]
            static bool Before<TArgs>(TupleWatchingCtx ctx, TArgs args) where TArgs : struct, System.Runtime.CompilerServices.ITuple
            {
                ctx.Metadata[0] += args.Length;
                return true;
            }
        }

        public readonly record struct PassingCtx : Cassette.IContext
        {
            [Cassette.Overdub]
            static TResult Any<TCall, TResult>(PassingCtx ctx, TCall call)
                where TCall : struct, Cassette.ICall<TResult>, allows ref struct
                where TResult : allows ref struct =>
                call.CanRecurse ? call.Recurse(ctx) : call.Fallback();
        }
        """;

    /// <summary>Enters a transparency program in each of the passive contexts.</summary>
    public const string PassiveEntries = """
        using System.IO;
        using Cassette;

        public static class Entry
        {
            public static void Native(TextWriter output) => Program.Run(output);

            public static void Watching(TextWriter output) => new WatchingCtx(new int[2]).Overdub(Program.Run, output);

            public static void TupleWatching(TextWriter output) => new TupleWatchingCtx(new int[1]).Overdub(Program.Run, output);

            public static void Passing(TextWriter output) => new PassingCtx().Overdub(Program.Run, output);
        }
        """;

    /// <summary>Runs a transparency program natively and under each of the contexts above.</summary>
    public const string Entries = """
        using System.Collections.Generic;
        using System.IO;
        using Cassette;

        public static class Entry
        {
            public static void Native(TextWriter output) => Program.Run(output);

            public static void NoRules(TextWriter output) => new NoRulesCtx().Overdub(Program.Run, output);

            // Kept here, so that they can be read of a program that throws.
            private static readonly Tally tally = new();

            public static void Counting(TextWriter output) => new CountingCtx(tally).Overdub(Program.Run, output);

            public static Dictionary<string, int> Counts() => tally.ByName;

            public static int[] TypedCounting(TextWriter output)
            {
                var counts = new int[2];
                new TypedCountingCtx(counts).Overdub(Program.Run, output);
                return counts;
            }
        }
        """;
}
