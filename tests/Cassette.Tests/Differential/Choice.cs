using System;
using System.Collections.Generic;

namespace Cassette.Tests.Differential;

/// <summary>Random choices that a seed repeats.</summary>
internal sealed class Choice(int seed)
{
    private readonly Random random = new(seed);
    private int names;

    public int Below(int bound) => random.Next(bound);

    /// <summary>Both bounds included.</summary>
    public int Between(int low, int high) => random.Next(low, high + 1);

    public T Of<T>(params ReadOnlySpan<T> options) => options[random.Next(options.Length)];

    public T In<T>(IReadOnlyList<T> options) => options[random.Next(options.Count)];

    /// <summary>A name that no other variable of the program has.</summary>
    public string Fresh(string prefix) => prefix + ++names;
}
