using System;
using System.Collections.Generic;
using Cassette;

var calls = new CountCtx(new int[1]);
int slow = calls.Overdub(Sequences.Fibonacci, 30);
Console.WriteLine($"Fibonacci(30) = {slow}, {calls.Metadata[0]} calls");

var memory = new MemoCtx([]);
int fast = memory.Overdub(Sequences.Fibonacci, 30);
Console.WriteLine($"memoised      = {fast}, {memory.Metadata.Count} calls");

int late = memory.Overdub(Sequences.Fibonacci, 31);
Console.WriteLine($"Fibonacci(31) = {late}, 1 more: {memory.Metadata.Count} in all");

/// <summary>The textbook's function, exponential and innocent.</summary>
static class Sequences
{
    public static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
}

/// <summary>Counts the calls.</summary>
readonly record struct CountCtx(int[] Metadata) : IContext<int[]>
{
    [Prehook(typeof(Sequences), nameof(Sequences.Fibonacci))]
    static void Before(CountCtx ctx) => ctx.Metadata[0]++;
}

/// <summary>Looks the answer up; works it out, in the same context, where it is not known yet.</summary>
readonly record struct MemoCtx(Dictionary<int, int> Metadata) : IContext<Dictionary<int, int>>
{
    [Overdub(typeof(Sequences), nameof(Sequences.Fibonacci))]
    static int Fibonacci(MemoCtx ctx, int n)
    {
        if (!ctx.Metadata.TryGetValue(n, out int known))
            ctx.Metadata[n] = known = ctx.Recurse(Sequences.Fibonacci, n);
        return known;
    }
}
