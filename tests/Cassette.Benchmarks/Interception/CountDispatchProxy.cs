using System.Reflection;
using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Interception;

/// <summary>The framework's own proxy.</summary>
public class CountDispatchProxy : DispatchProxy
{
    private readonly Counter counter = new();
    private ICalculator target = null!;

    public static ICalculator Around(ICalculator target)
    {
        ICalculator proxy = Create<ICalculator, CountDispatchProxy>();
        ((CountDispatchProxy)proxy).target = target;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        counter.Calls++;
        object? result = targetMethod!.Invoke(target, args);
        counter.Returns++;
        return result;
    }
}
