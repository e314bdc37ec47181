namespace Cassette.Benchmarks.Contexts;

/// <summary>The same, by hooks that are not given the operands: patterns select by their types.</summary>
public readonly record struct SilentOperationCtx(Operations Metadata) : IContext<Operations>
{
    [Prehook("call(double Cassette.Intrinsic.Add(double, double))")]
    [Prehook("call(double Cassette.Intrinsic.Subtract(double, double))")]
    static void Addition(SilentOperationCtx ctx) => ctx.Metadata.Additions++;

    [Prehook("call(double Cassette.Intrinsic.Multiply(double, double))")]
    static void Multiplication(SilentOperationCtx ctx) => ctx.Metadata.Multiplications++;
}
