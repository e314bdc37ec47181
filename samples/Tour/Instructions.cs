using System;
using Cassette;

namespace Tour;

sealed class Meter
{
    public int Reading;

    public void Read(int value) => Reading = value;
}

/// <summary>Instructions are seen and replaced as calls of their intrinsics.</summary>
readonly record struct FlopCtx(int[] Metadata) : IContext<int[]>
{
    [Prehook(typeof(Intrinsic), nameof(Intrinsic.Add))]
    static void Add(FlopCtx ctx, double a, double b) => ctx.Metadata[0]++;

    [Overdub(typeof(Intrinsic), nameof(Intrinsic.Divide))]
    static int Divide(FlopCtx ctx, int a, int b) => b == 0 ? 0 : Intrinsic.Divide(a, b);

    [Prehook(typeof(Intrinsic), nameof(Intrinsic.LoadElement))]
    static void Load<T>(FlopCtx ctx, JoinPoint f, T[] array, int index) => Console.WriteLine($"{index} of {array.Length} at {f.Line}");

    [Posthook(typeof(Intrinsic), nameof(Intrinsic.NewObject))]
    static void Made(FlopCtx ctx, object made) => Console.WriteLine(made.GetType());

    [Prehook(typeof(Meter), nameof(Meter.Reading), Access.Set)]
    static void Write(FlopCtx ctx, JoinPoint f, Meter meter, int value) => Console.WriteLine($"{meter.Reading} -> {value} at {f.Line}");
}
