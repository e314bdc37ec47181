using System;
using Cassette.Benchmarks.Subjects;

namespace Cassette.Benchmarks.Contexts;

/// <summary>Primitives that stand in for a call into the framework and for one of the program's own.</summary>
public readonly record struct PrimitiveCtx : IContext
{
    [Overdub(typeof(Math), nameof(Math.Sqrt))]
    static double Sqrt(PrimitiveCtx ctx, double x) => Math.Abs(x);

    [Overdub(typeof(Rosenbrock), nameof(Rosenbrock.Square))]
    static double Square(PrimitiveCtx ctx, double x) => Rosenbrock.Cube(x);
}
