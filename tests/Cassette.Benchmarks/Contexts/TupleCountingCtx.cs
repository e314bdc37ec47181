using System.Runtime.CompilerServices;

namespace Cassette.Benchmarks.Contexts;

/// <summary>An untyped prehook that counts the arguments of every call, without boxing them.</summary>
public readonly record struct TupleCountingCtx(Counter Metadata) : IContext<Counter>
{
    [Prehook]
    static void Before<TArgs>(TupleCountingCtx ctx, TArgs args)
        where TArgs : struct, ITuple =>
        ctx.Metadata.Calls += args.Length;
}
