using System;
using System.Linq;
using System.Text;
using Cassette.Fody.Editing;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>A method of thousands of blocks is edited within the time that a pass has.</summary>
public sealed class LargeBodyTests
{
    private const int Size = 1500;

    [Fact]
    public void A_counter_on_every_edge_of_a_method_with_thousands()
    {
        var source = new StringBuilder("""
            using System;
            using Cassette;

            public readonly record struct Ctx(int[] Metadata) : IContext<int[]>;

            public static class Program
            {
                public static int Native(int x) => Work(x);

                public static long Run(int x)
                {
                    var counts = new int[100000];
                    int y = new Ctx(counts).Overdub(Work, x);
                    int sum = 0;
                    foreach (int count in counts)
                        sum += count;
                    return sum * 1000000L + y;
                }

                static int Work(int x)
                {
                    int y = 0;
                    while (x > 0)
                    {
                        switch (x % 7) { case 0: y++; break; case 3: y += 2; break; case 5: y -= 1; break; }

            """);
        for (int i = 0; i < Size; i++)
            source.Append($"            if (x == {i}) y += {i % 5};\n");
        source.Append("            x--;\n        }\n        return y;\n    }\n}\n");
        int edges = 0, loops = 0, largest = 0;
        var passes = TestPasses.For("Ctx", reflection =>
        {
            EditableBody body = reflection.Edit();
            var found = body.Edges;
            edges = Math.Max(edges, found.Count);
            loops += body.Loops.Count;
            largest = Math.Max(largest, body.Loops.Select(loop => loop.Blocks.Count).DefaultIfEmpty(0).Max());
            int first = reflection.Allocate(found.Count);
            foreach (Edge edge in found)
            {
                body.InsertOn(edge, body.New.StoreElement(body.New.Metadata(), body.New.Constant(first + edge.Ordinal), body.New.Add(
                    body.New.Element(body.New.Metadata(), body.New.Constant(first + edge.Ordinal)), body.New.Constant(1))));
            }

            return Cassette.Fody.Passes.PassResult.Overdub(body);
        });
        LoadedProgram program = CompiledProgram.Compile(OptimizationLevel.Release, new Source("/src/Large.cs", source.ToString())).Weave(passes: passes).Load();

        Assert.True(edges > 3 * Size);
        Assert.Equal(1, loops);
        Assert.True(largest > 2 * Size);
        int native = program.Run<int>("Program.Native", 3);
        long counted = program.Run<long>("Program.Run", 3);
        Assert.Equal(native, counted % 1000000);
        // Each of the three rounds goes at least one way out of each of the tests.
        Assert.True(counted / 1000000 > 3 * Size);
    }
}
