using System.Collections.Generic;
using Cassette;

namespace Tour;

/// <summary>Counts the calls that FodyWeavers.xml leaves to it.</summary>
readonly record struct CountCtx : IContext
{
    public static readonly List<string> Seen = [];

    [Prehook]
    static void Before(CountCtx ctx, JoinPoint f) => Seen.Add(f.Name);
}

static class Entries
{
    [OverdubWith(typeof(DescribeCtx))]
    public static string Declared() => Text.Describe("declared");

    /// <summary>An entry by FodyWeavers.xml.</summary>
    public static int Nightly()
    {
        var (ann, bob) = (new Account("Ann"), new Account("Bob"));
        ann.Deposit(100);
        Bank.Transfer(ann, bob, 50);
        return Bank.Audit(ann, bob);
    }
}
