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

    /// <summary>The same with more to hash.</summary>
    public static int SumOfPeopleHashed(object[] values)
    {
        int sum = 0;
        foreach (object value in values)
            sum += value.GetHashCode();
        return sum;
    }

    /// <summary>An interface of the framework's that many classes implement.</summary>
    public static int CountOfKeys(IEquatable<string>[] keys, string[] names, int count)
    {
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            if (keys[i & (keys.Length - 1)].Equals(names[i & (names.Length - 1)]))
                found++;
        }
        return found;
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

    /// <summary>The same with more to compare.</summary>
    public static int SumOfPeopleCompared(IComparable<Person>[] values, Person other)
    {
        int sum = 0;
        foreach (IComparable<Person> value in values)
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

    /// <summary>A sequence that walks a tree.</summary>
    public static int SumOfTree(IEnumerable<int> values)
    {
        int sum = 0;
        foreach (int value in values)
            sum += value;
        return sum;
    }

    /// <summary>A sequence whose enumerator the compiler makes.</summary>
    public static int SumOfYielded(IEnumerable<int> values)
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

    /// <summary>The same with a lambda that captures nothing.</summary>
    public static int ManyPlainQueries(int[] values, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += PlainQuery(values);
        return sum;
    }

    private static int PlainQuery(int[] values) => values.Sum(x => x ^ 5);

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

/// <summary>A class whose methods look at several fields.</summary>
public class Person(string name, int year, int city) : IComparable<Person>
{
    public int CompareTo(Person? other)
    {
        int order = string.CompareOrdinal(name, other!.Name);
        return order != 0 ? order : year != other.Year ? year - other.Year : city - other.City;
    }

    public override bool Equals(object? obj) => obj is Person other && CompareTo(other) == 0;

    public override int GetHashCode()
    {
        int hash = 17;
        foreach (char letter in name)
            hash = hash * 31 + letter;
        return (hash * 31 + year) * 31 + city;
    }

    string Name => name;

    int Year => year;

    int City => city;
}

public sealed class Employee(string name, int year, int city, int badge) : Person(name, year, city)
{
    public override int GetHashCode() => base.GetHashCode() * 31 + badge;
}

/// <summary>A tree that is walked in order.</summary>
public sealed class Tree(int value, Tree? left, Tree? right) : IEnumerable<int>
{
    public static Tree? Of(int from, int to) => from >= to ? null : new Tree((from + to) / 2, Of(from, (from + to) / 2), Of((from + to) / 2 + 1, to));

    public IEnumerator<int> GetEnumerator() => new InOrder(this);

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class InOrder : IEnumerator<int>
    {
        private readonly Stack<Tree> ahead = new();

        public InOrder(Tree root) => Push(root);

        public int Current { get; private set; }

        object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (!ahead.TryPop(out Tree? tree))
                return false;
            Current = tree.Value;
            Push(tree.Right);
            return true;
        }

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private void Push(Tree? tree)
        {
            for (; tree is not null; tree = tree.Left)
                ahead.Push(tree);
        }
    }

    int Value => value;

    Tree? Left => left;

    Tree? Right => right;
}

/// <summary>A number of the program's own.</summary>
public readonly struct Metres(double value) : IAdditionOperators<Metres, Metres, Metres>, IAdditiveIdentity<Metres, Metres>, IComparable<Metres>
{
    public static Metres AdditiveIdentity => new(0);

    public double Value => value;

    public static Metres operator +(Metres a, Metres b) => new(a.Value + b.Value);

    public int CompareTo(Metres other) => value < other.Value ? -1 : value > other.Value ? 1 : 0;
}

/// <summary>Things of more classes than are compared with where the call is.</summary>
public abstract class Key(string name)
{
    public static IEquatable<string>[] Some { get; } = [new WholeKey("Name1"), new SameKey("Name2"), new OrdinalKey("Name3"), new SpanKey("Name4"), new LongKey("Name5"), new OtherKey("Name6")];

    protected string Name => name;
}

public sealed class WholeKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => Name == other;
}

public sealed class SameKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => ReferenceEquals(Name, other) || Name.Equals(other);
}

public sealed class OrdinalKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => string.CompareOrdinal(Name, other) == 0;
}

public sealed class SpanKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => Name.AsSpan().SequenceEqual(other);
}

public sealed class LongKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => other != null && Name.Length == other.Length && Name == other;
}

public sealed class OtherKey(string name) : Key(name), IEquatable<string>
{
    public bool Equals(string? other) => other != null && other.Equals(Name);
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

/// <summary>A sequence with a state machine of the compiler's.</summary>
public sealed class Yielded(int count) : IEnumerable<int>
{
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
            yield return i ^ 5;
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
