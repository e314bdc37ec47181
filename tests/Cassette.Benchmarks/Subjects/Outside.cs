using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Cassette.Benchmarks.Subjects;

/// <summary>Families rooted in the framework, delegates handed to it, and generic math.</summary>
public static class Outside
{
    /// <summary>A virtual method of <c>object</c>: what runs is told by a test of the type.</summary>
    public static int SumOfHashes(object[] values)
    {
        int sum = 0;
        foreach (object value in values)
            sum += value.GetHashCode();
        return sum;
    }

    /// <summary>The same where the static type is a class of the program.</summary>
    public static int SumOfOwnHashes(Weight[] values)
    {
        int sum = 0;
        foreach (Weight value in values)
            sum += value.GetHashCode();
        return sum;
    }

    /// <summary>An interface of the framework.</summary>
    public static int SumOfComparisons(IComparable<Weight>[] values, Weight other)
    {
        int sum = 0;
        foreach (IComparable<Weight> value in values)
            sum += value.CompareTo(other);
        return sum;
    }

    /// <summary>The same on a type parameter that stands for a struct of the program.</summary>
    public static T Largest<T>(T[] values)
        where T : IComparable<T>
    {
        T largest = values[0];
        foreach (T value in values)
        {
            if (value.CompareTo(largest) > 0)
                largest = value;
        }

        return largest;
    }

    /// <summary>A sequence of the program's, by the framework's interfaces.</summary>
    public static int SumOfSequence(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    /// <summary>LINQ with a lambda that captures and one that does not.</summary>
    public static int Query(int[] values, int factor) => values.Where(x => (x & 1) == 0).Select(x => x * factor).Sum();

    /// <summary>A short query, so that what is made for it weighs.</summary>
    public static int ManyQueries(int[] values, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += values.Sum(x => x ^ i);
        return sum;
    }

    /// <summary>A delegate that was passed as an argument, handed on.</summary>
    public static int QueryBy(int[] values, Func<int, int> step) => values.Select(step).Sum();

    /// <summary>Operators on a type parameter.</summary>
    public static T Sum<T>(T[] values)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        T sum = T.AdditiveIdentity;
        foreach (T value in values)
            sum += value;
        return sum;
    }
}

/// <summary>A class with the framework's virtual and interface methods.</summary>
public class Weight(int grams) : IComparable<Weight>
{
    public int Grams => grams;

    public int CompareTo(Weight? other) => grams - other!.Grams;

    public override bool Equals(object? obj) => obj is Weight other && other.Grams == grams;

    public override int GetHashCode() => grams ^ 5;
}

public sealed class HeavyWeight(int grams) : Weight(grams)
{
    public override int GetHashCode() => Grams + 3;
}

/// <summary>A number of the program's own.</summary>
public readonly struct Metres(double value) : IAdditionOperators<Metres, Metres, Metres>, IAdditiveIdentity<Metres, Metres>, IComparable<Metres>
{
    public static Metres AdditiveIdentity => new(0);

    public double Value => value;

    public static Metres operator +(Metres a, Metres b) => new(a.Value + b.Value);

    public int CompareTo(Metres other) => value < other.Value ? -1 : value > other.Value ? 1 : 0;
}

/// <summary>A sequence without a state machine of the compiler's.</summary>
public sealed class Numbers(int count) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator() => new Walker(count);

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Walker(int count) : IEnumerator<int>
    {
        private int at = -1;

        public int Current => at ^ 5;

        object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext() => ++at < count;

        public void Reset() => at = -1;

        public void Dispose()
        {
        }
    }
}
