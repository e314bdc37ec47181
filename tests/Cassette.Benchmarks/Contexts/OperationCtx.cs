namespace Cassette.Benchmarks.Contexts;

/// <summary>How many floating-point operations were made.</summary>
public sealed class Operations
{
    public long Additions;
    public long Multiplications;
}

/// <summary>Counts additions, subtractions and multiplications of doubles.</summary>
public readonly record struct OperationCtx(Operations Metadata) : IContext<Operations>
{
    [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
    [Prehook(typeof(Intrinsic), nameof(Intrinsic.Subtract))]
    static void Addition(OperationCtx ctx, double a, double b) => ctx.Metadata.Additions++;

    [Prehook(typeof(Intrinsic), nameof(Intrinsic.Multiply))]
    static void Multiplication(OperationCtx ctx, double a, double b) => ctx.Metadata.Multiplications++;
}
