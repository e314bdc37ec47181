namespace Cassette.Benchmarks.Interception;

/// <summary>What every tool intercepts: an interface, because the proxies need one.</summary>
public interface ICalculator
{
    int Add(int a, int b);
}

public sealed class Calculator : ICalculator
{
    public int Add(int a, int b) => a + b;
}

/// <summary>The loop that every tool's calculator runs in.</summary>
public static class Calls
{
    public const int Count = 1000;

    public static int Run(ICalculator calculator)
    {
        int sum = 0;
        for (int i = 0; i < Count; i++)
            sum = calculator.Add(sum, i);
        return sum;
    }
}
