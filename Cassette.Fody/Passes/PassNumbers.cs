using System;
using System.Collections.Generic;
using Cassette.Fody.Metadata;

namespace Cassette.Fody.Passes;

/// <summary>
/// Hands out numbers to passes, each pass and context from 0. They follow the order in which methods are planned, which the input decides; a run
/// that is repeated for a method gets what the first one got.
/// </summary>
internal sealed class PassNumbers
{
    private readonly Dictionary<(string Pass, TypeSymbol Context), int> next = [];
    private readonly Dictionary<(string Pass, TypeSymbol Context, object Method, int Question), (int First, int Count)> given = [];

    /// <summary>What one run asks.</summary>
    public Func<int, int> For(PassStep step, object method)
    {
        var question = 0;
        return count => Allocate((step.Pass.Name, step.Context, method, question++), count);
    }

    private int Allocate((string Pass, TypeSymbol Context, object Method, int Question) key, int count)
    {
        if (given.TryGetValue(key, out var range) && range.Count == count)
            return range.First;
        next.TryGetValue((key.Pass, key.Context), out var first);
        next[(key.Pass, key.Context)] = first + count;
        given[key] = (first, count);
        return first;
    }
}
