using System;
using Cassette;

/// <summary>A profiler in three rules: each call below the entry opens a node of the tree, and closes it however it ends.</summary>
readonly record struct ProfileCtx(Profile Metadata) : IContext<Profile>
{
    [Prehook]
    static void Before(ProfileCtx ctx, JoinPoint f) => ctx.Metadata.Enter($"{f.DeclaringType}.{f.Name}");

    [Posthook]
    static void After(ProfileCtx ctx, JoinPoint f) => ctx.Metadata.Leave();

    [Throwhook]
    static void Thrown(ProfileCtx ctx, Exception exception, JoinPoint f) => ctx.Metadata.Leave();
}
