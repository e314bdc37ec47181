using System;
using System.Collections.Generic;
using System.Linq;
using Cassette.Fody.Editing;
using Cassette.Fody.IL;
using Cassette.Fody.Passes;
using Cassette.Tests.Harness;
using Microsoft.CodeAnalysis;
using Mono.Cecil.Cil;
using Xunit;

namespace Cassette.Tests.Passes;

/// <summary>Loops as a pass sees them: what they count, what they gather, what one round hands to the next.</summary>
public sealed class LoopTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Cassette;

        public readonly record struct Ctx : IContext;

        /// <summary>The part of a range that a run is to do.</summary>
        public readonly record struct Part(int Index, int Count)
        {
            public static int From(Part part, int start) => part.Index == 0 ? start : int.MinValue;
            public static int Low(Part part, int start, int limit) => start + (int)((long)Math.Max(0, limit - start) * part.Index / part.Count);
            public static int High(Part part, int start, int limit) => start + (int)((long)Math.Max(0, limit - start) * (part.Index + 1) / part.Count);
        }

        public readonly record struct PartCtx(Part Metadata) : IContext<Part>;

        public static class Model
        {
            public static long Squares(int[] values)
            {
                long sum = 0;
                for (int i = 0; i < values.Length; i++)
                {
                    long x = values[i];
                    if (x % 3 != 0)
                        sum += x * x;
                }
                return sum;
            }

            public static int Fibonacci(int n)
            {
                int a = 0, b = 1;
                for (int i = 0; i < n; i++)
                {
                    int next = a + b;
                    a = b;
                    b = next;
                }
                return a;
            }

            public static int Table(int n)
            {
                int sum = 0;
                for (int i = 1; i <= n; i++)
                {
                    for (int j = n; j > 0; j -= 2)
                        sum += i * j;
                }
                return sum;
            }

            public static int Greatest(int[] values)
            {
                int greatest = int.MinValue;
                foreach (int value in values)
                    greatest = Math.Max(greatest, value);
                return greatest;
            }

            public static int Halve(int n)
            {
                int steps = 0;
                while (n > 1)
                {
                    n /= 2;
                    steps++;
                }
                return steps;
            }

            public static int None(int n) => n > 3 ? n : -n;
        }

        public static class Program
        {
            static void All()
            {
                Model.Squares([1]);
                Model.Fibonacci(1);
                Model.Table(1);
                Model.Greatest([1]);
                Model.Halve(1);
                Model.None(1);
            }

            public static void Look() => new Ctx().Overdub(All);

            static int[] Values() => Enumerable.Range(-50, 1234).ToArray();

            public static long Native() => Model.Squares(Values());

            public static long InParts(int count)
            {
                var sums = new long[count];
                Parallel.For(0, count, part => sums[part] = new PartCtx(new Part(part, count)).Overdub(Model.Squares, Values()));
                return sums.Sum();
            }
        }
        """;

    [Theory, Builds]
    public void Counters_reductions_and_what_is_carried_are_seen(OptimizationLevel build)
    {
        var seen = new List<string>();
        var passes = TestPasses.Editing("Ctx", body =>
        {
            foreach (Loop loop in body.Loops)
            {
                string counter = loop.Counter is { } count
                    ? $"{count.Step} from {count.Start} to {count.Limit}{(count.IsLimitFixed ? "" : "?")}" : "none";
                seen.Add($"{body.Body.Origin.Name} {(loop.Parent is null ? "outer" : "inner")}: {counter}; "
                    + $"{string.Join(",", loop.Reductions.Select(r => r.Operation.Callee?.Name ?? r.Operation.Code.ToString()))}; {loop.Carried.Count}");
            }
        });
        CompiledProgram.Compile(build, new Source("/src/Loops.cs", Source)).Weave(passes: passes).Verified();

        string[] expected =
        [
            "Fibonacci outer: 1 from 0 to n; ; 2",
            "Greatest outer: 1 from 0 to conv.i4(ldlen(LOCAL)); Max; 0",
            "Halve outer: 1 from 0 to null; ; 1",
            "Squares outer: 1 from 0 to conv.i4(ldlen(values)); Add; 0",
            "Table inner: -2 from n to 0; Add; 0",
            "Table outer: 1 from 1 to n; Add; 0",
        ];
        Assert.Equal(expected, seen.Select(text => System.Text.RegularExpressions.Regex.Replace(text, @"ldlen\((local\d+|temp)\)", "ldlen(LOCAL)"))
            .Select(text => text.Replace("to ?", "to null", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory, Builds]
    public void A_reduction_runs_in_parts_side_by_side(OptimizationLevel build)
    {
        int changed = 0;
        var passes = TestPasses.Editing("PartCtx", body =>
        {
            ExpressionFactory make = body.New;
            foreach (Loop loop in body.Loops)
            {
                // Only what can change places: a sum, counted by one between bounds that stay, and nothing written to memory or called.
                if (loop is not { Parent: null, Carried.Count: 0, Counter: { Step: 1, IsLimitFixed: true, Start: { } start, Limit: { } limit } counter }
                    || loop.Reductions is not [{ Operation.Code: Code.Add }] || loop.Effects.Any())
                    continue;
                changed++;
                Local high = body.NewLocal(typeof(int)), first = body.NewLocal(typeof(int));
                Statement begin = start.Statement!;
                body.InsertAfter(begin,
                    make.Store(first, make.Load(counter.Local)),
                    make.Store(counter.Local, make.Call("Part", "Low", make.Metadata(), make.Load(first), make.Copy(limit))),
                    make.Store(high, make.Call("Part", "High", make.Metadata(), make.Load(first), make.Copy(limit))));
                body.Replace(limit, make.Load(high), dropEffects: true);
            }
        });
        LoadedProgram program = CompiledProgram.Compile(build, new Source("/src/Loops.cs", Source)).Weave(passes: passes).Verified().Load();

        Assert.Equal(1, changed);
        long native = program.Run<long>("Program.Native");
        Assert.All([1, 2, 7, 100], count => Assert.Equal(native, program.Run<long>("Program.InParts", count)));
    }
}
