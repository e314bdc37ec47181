using System;
using System.Collections.Generic;
using Cassette;
using Fuzz.Passes;

namespace Fuzz;

/// <summary>Tries inputs until one makes the program throw what it should not.</summary>
internal sealed class Fuzzer(Func<string, int> program, int seed)
{
    private const int LongestInput = 12;

    private readonly Random _random = new(seed);

    /// <summary>Inputs without any idea of what the program does with them.</summary>
    /// <returns>The input that crashes and how many were tried.</returns>
    public (string? Crash, int Tries) Blind(int limit)
    {
        for (int tries = 1; tries <= limit; tries++)
        {
            string input = RandomText();
            if (Crashes(() => program(input)))
                return (input, tries);
        }

        return (null, limit);
    }

    /// <summary>Keeps every input that takes a way that none has taken before, and goes on by changing those.</summary>
    /// <returns>The input that crashes, how many were tried, and the inputs that were kept.</returns>
    public (string? Crash, int Tries, IReadOnlyList<string> Kept) Guided(int limit)
    {
        var kept = new List<string> { "a=1" };
        var seen = new bool[EdgeCounters.Length];
        var counters = new int[EdgeCounters.Length];
        var context = new CoverageCtx(counters);
        for (int tries = 1; tries <= limit; tries++)
        {
            string input = Changed(kept[_random.Next(kept.Count)]);
            Array.Clear(counters);
            if (Crashes(() => context.Overdub(program, input)))
                return (input, tries, kept);
            if (IsNew(counters, seen))
                kept.Add(input);
        }

        return (null, limit, kept);
    }

    private static bool Crashes(Action run)
    {
        try
        {
            run();
            return false;
        }
        catch (FormatException)
        {
            // The program refuses the input, as it says.
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    private static bool IsNew(int[] counters, bool[] seen)
    {
        bool isNew = false;
        for (int edge = 0; edge < counters.Length; edge++)
        {
            if (counters[edge] > 0 && !seen[edge])
                isNew = seen[edge] = true;
        }

        return isNew;
    }

    private string RandomText() =>
        string.Create(_random.Next(1, LongestInput + 1), _random, static (text, random) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = Character(random);
        });

    private string Changed(string input)
    {
        int at = _random.Next(input.Length + 1);
        return _random.Next(3) switch
        {
            0 when input.Length < LongestInput => input.Insert(at, Character(_random).ToString()),
            1 when input.Length > 1 => input.Remove(Math.Min(at, input.Length - 1), 1),
            _ => string.Concat(input.AsSpan(0, Math.Min(at, input.Length - 1)), [Character(_random)], input.AsSpan(Math.Min(at, input.Length - 1) + 1)),
        };
    }

    private static char Character(Random random) => (char)random.Next(' ', '~' + 1);
}
