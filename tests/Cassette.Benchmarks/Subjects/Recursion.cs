using Cassette.Benchmarks.Contexts;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Nothing but calls.</summary>
public static class Recursion
{
    public static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);

    /// <summary>The same, counting each call of it, as one would write it by hand.</summary>
    public static int CountedFib(int n, Counter counter)
    {
        if (n < 2)
            return n;
        counter.Calls++;
        int first = CountedFib(n - 1, counter);
        counter.Calls++;
        return first + CountedFib(n - 2, counter);
    }
}
