using Castle.DynamicProxy;
using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Interception;

/// <summary>Castle's interceptor.</summary>
public sealed class CountInterceptor : IInterceptor
{
    private readonly Counter counter = new();

    public void Intercept(IInvocation invocation)
    {
        counter.Calls++;
        invocation.Proceed();
        counter.Returns++;
    }
}
