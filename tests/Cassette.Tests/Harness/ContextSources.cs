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

    /// <summary>A context that keeps a stack of the calls that have begun and not ended, for each thread, and the calls that ended out of their turn.</summary>
    public const string Balancing = """
        public sealed class Balance
        {
            private readonly System.Threading.ThreadLocal<System.Collections.Generic.Stack<string>> open = new(() => new(), trackAllValues: true);

            private readonly System.Collections.Concurrent.ConcurrentQueue<string> faults = new();

            private int begun, ended;

            public int Ended => ended;

            public void Begin(Cassette.JoinPoint f)
            {
                System.Threading.Interlocked.Increment(ref begun);
                open.Value!.Push(f.DeclaringType + "." + f.Name);
            }

            public void End(Cassette.JoinPoint f)
            {
                string name = f.DeclaringType + "." + f.Name;
                if (!open.Value!.TryPop(out string? last) || last != name)
                    faults.Enqueue($"{name} ended where {last ?? "nothing"} had begun last");
                System.Threading.Interlocked.Increment(ref ended);
            }

            // The call by which another thread says that it is done has yet to end there.
            public string[] Faults()
            {
                System.Threading.SpinWait.SpinUntil(() => System.Threading.Volatile.Read(ref begun) == System.Threading.Volatile.Read(ref ended), 10_000);
                return [.. faults, .. System.Linq.Enumerable.SelectMany(open.Values, calls => System.Linq.Enumerable.Select(calls, call => call + " did not end"))];
            }
        }

        public readonly record struct BalancingCtx(Balance Metadata) : Cassette.IContext<Balance>
        {
            [Cassette.Prehook]
            static void Before(BalancingCtx ctx, Cassette.JoinPoint f) => ctx.Metadata.Begin(f);

            [Cassette.Posthook]
            static void After(BalancingCtx ctx, object? output, Cassette.JoinPoint f) => ctx.Metadata.End(f);

            [Cassette.Throwhook]
            static void Thrown(BalancingCtx ctx, System.Exception exception, Cassette.JoinPoint f) => ctx.Metadata.End(f);
        }
        """;

    /// <summary>Enters a transparency program in the balancing context.</summary>
    public const string BalancingEntries = """
        using System.IO;
        using Cassette;

        public static class Entry
        {
            private static readonly Balance balance = new();

            public static void Balancing(TextWriter output) => new BalancingCtx(balance).Overdub(Program.Run, output);

            public static int Ended() => balance.Ended;

            public static string[] Faults() => balance.Faults();
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
