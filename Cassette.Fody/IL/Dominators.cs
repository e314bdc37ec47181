using System.Collections.Generic;
using System.Linq;

namespace Cassette.Fody.IL;

/// <summary>
/// Which blocks every way to a block leads through, of blocks that are known by their numbers: the iteration of Cooper, Harvey and Kennedy over
/// the blocks in reverse postorder.
/// </summary>
internal sealed class Dominators
{
    // The nearest one for each block; -1 for the entry and for what no way leads to.
    private readonly int[] nearest;

    /// <param name="before">For each block those that lead to it.</param>
    /// <param name="entry">Where the ways begin.</param>
    public Dominators(List<int>[] before, int entry)
    {
        var after = before.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < before.Length; i++)
            before[i].ForEach(source => after[source].Add(i));
        var (order, ranks) = Postorder(after, entry);
        nearest = [.. Enumerable.Repeat(-1, before.Length)];
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            for (var i = order.Count - 2; i >= 0; i--)
            {
                var common = -1;
                foreach (var source in before[order[i]].Where(s => ranks[s] == order.Count - 1 || nearest[s] >= 0))
                    common = common < 0 ? source : Meet(common, source);
                isChanged |= nearest[order[i]] != common;
                nearest[order[i]] = common;
            }
        }

        int Meet(int a, int b)
        {
            while (a != b)
            {
                if (ranks[a] < ranks[b])
                    a = nearest[a];
                else
                    b = nearest[b];
            }
            return a;
        }
    }

    /// <summary>A block, and from it upwards those that every way to it leads through.</summary>
    public IEnumerable<int> Above(int block)
    {
        for (; block >= 0; block = nearest[block])
            yield return block;
    }

    private static (List<int> Order, int[] Ranks) Postorder(List<int>[] after, int entry)
    {
        var order = new List<int>();
        var ranks = Enumerable.Repeat(-1, after.Length).ToArray();
        var isSeen = new bool[after.Length];
        var path = new Stack<(int Block, int Next)>();
        path.Push((entry, 0));
        isSeen[entry] = true;
        while (path.Count > 0)
        {
            var (block, next) = path.Pop();
            if (next == after[block].Count)
            {
                ranks[block] = order.Count;
                order.Add(block);
                continue;
            }
            path.Push((block, next + 1));
            var target = after[block][next];
            if (isSeen[target])
                continue;
            isSeen[target] = true;
            path.Push((target, 0));
        }
        return (order, ranks);
    }
}
