namespace Cassette.Tests.Differential;

/// <summary>The contexts and entries that generated programs run under.</summary>
internal static class GeneratedContexts
{
    public const string Text = """
        using System.IO;
        using Cassette;

        /// <summary>Takes every probe's place: what a probe still counts by itself has run natively.</summary>
        public readonly record struct ProbeCtx(int[] Metadata) : IContext<int[]>
        {
            [Overdub(typeof(Probe), nameof(Probe.Here))]
            static void Here(ProbeCtx ctx, int id) => ctx.Metadata[id]++;
        }

        public static class GeneratedEntry
        {
            public static int[] Native(TextWriter output)
            {
                Probe.Native = new int[200];
                Program.Run(output);
                return Probe.Native;
            }

            /// <summary>What the context saw, then what escaped it.</summary>
            public static int[][] Probed(TextWriter output)
            {
                Probe.Native = new int[200];
                var seen = new int[200];
                new ProbeCtx(seen).Overdub(Program.Run, output);
                return [seen, Probe.Native];
            }
        }
        """;

    /// <summary>Probes inside a context that counts all calls, and outside one without rules.</summary>
    public const string Nested = """
        public static class NestedEntry
        {
            public static int[][] Probed(TextWriter output)
            {
                Probe.Native = new int[200];
                var seen = new int[200];
                new CountingCtx(new Tally()).Overdub(
                    static both => new ProbeCtx(both.seen).Overdub(static inner => new NoRulesCtx().Overdub(Program.Run, inner), both.output), (seen, output));
                return [seen, Probe.Native];
            }
        }
        """;

    /// <summary>Enters a program in one of <see cref="Harness.ContextSources.Passive"/>'s contexts.</summary>
    /// <param name="context">The context, as it is made.</param>
    public static string Entering(string context) => $$"""
        public static class PassiveEntry
        {
            public static void Run(TextWriter output) => new {{context}}.Overdub(Program.Run, output);
        }
        """;
}
