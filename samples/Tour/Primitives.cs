using System;
using Cassette;

namespace Tour;

/// <summary>Targets: a property, a constructor, a pattern.</summary>
readonly record struct FrozenCtx(int Metadata) : IContext<int>
{
    [Overdub(typeof(DateTime), nameof(DateTime.UtcNow))]
    static DateTime Now(FrozenCtx ctx) => new(ctx.Metadata, 1, 1);

    [Overdub(typeof(Random), Access.New)]
    static Random Seeded(FrozenCtx ctx) => new FixedRandom();

    [Overdub("get(string System.Environment.*)")]
    static string Setting(FrozenCtx ctx) => "here";

    private sealed class FixedRandom : Random
    {
        public override int Next(int limit) => 7;
    }
}

/// <summary>A primitive that goes on with the original, below which the context is another one.</summary>
readonly record struct DepthCtx(int Metadata) : IContext<int>
{
    [Overdub(typeof(Tree), nameof(Tree.Count))]
    static int Count(DepthCtx ctx, int height) =>
        ctx.Metadata == 0 ? 0 : (ctx with { Metadata = ctx.Metadata - 1 }).Recurse(Tree.Count, height);
}

static class Tree
{
    public static int Count(int height) => height == 0 ? 1 : 1 + 2 * Count(height - 1);
}

/// <summary>Multiple dispatch: the most specific rule runs, found at run time where the static type does not say.</summary>
readonly record struct DescribeCtx : IContext
{
    [Overdub(typeof(Text), nameof(Text.Describe))]
    static string Any(DescribeCtx ctx, object value) => "something";

    [Overdub(typeof(Text), nameof(Text.Describe))]
    static string Words(DescribeCtx ctx, string value) => $"'{value}'";
}

/// <summary>Rules may stand elsewhere, in this assembly or in a referenced one.</summary>
[Rules(typeof(DescribeCtx))]
static class MoreDescriptions
{
    [Overdub(typeof(Text), nameof(Text.Describe))]
    static string Mistake(DescribeCtx ctx, Exception value) => value.Message;
}
