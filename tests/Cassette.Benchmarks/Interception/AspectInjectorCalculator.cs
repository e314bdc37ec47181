using System;
using AspectInjector.Broker;
using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Interception;

/// <summary>AspectInjector's before and after advice.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(CountAspect))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class CountAspect : Attribute
{
    private readonly Counter counter = new();

    [Advice(Kind.Before)]
    public void Before() => counter.Calls++;

    [Advice(Kind.After)]
    public void After() => counter.Returns++;
}

public sealed class AspectInjectorCalculator : ICalculator
{
    [CountAspect]
    public int Add(int a, int b) => a + b;
}
