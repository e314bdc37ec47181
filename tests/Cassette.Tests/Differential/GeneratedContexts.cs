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
}
