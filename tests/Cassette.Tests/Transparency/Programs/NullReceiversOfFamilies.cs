// expect: Compare in Compare
// expect: Hash in Hash
// expect: First in First
// expect: Current in Current
// expect: inside in CompareTo
// asks for its caller
// allocations vary
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;

public class Weight(int grams) : IComparable<Weight>
{
    public int CompareTo(Weight? other) => grams - other!.grams;

    public override int GetHashCode() => grams;

    private readonly int grams = grams;
}

public sealed class Ones : IEnumerable<int>, IEnumerator<int>
{
    public int Current => 1;

    object IEnumerator.Current => 1;

    public IEnumerator<int> GetEnumerator() => this;

    IEnumerator IEnumerable.GetEnumerator() => this;

    public bool MoveNext() => true;

    public void Reset()
    {
    }

    public void Dispose()
    {
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        Fails(output, "Compare", () => Compare(null!));
        Fails(output, "Hash", () => Hash(null!));
        Fails(output, "First", () => First(null!));
        Fails(output, "Current", () => Current(null!));
        Fails(output, "inside", () => Compare(new Weight(1)) + Hash(new Weight(2)) + First(new Ones()) + Current(new Ones()));
    }

    static int Compare(IComparable<Weight> weight) => weight.CompareTo(null) + 1;

    static int Hash(object value) => value.GetHashCode() + 1;

    static int First(IEnumerable<int> values)
    {
        foreach (int value in values)
            return value;
        return 0;
    }

    static int Current(IEnumerator<int> values) => values.Current + 1;

    static void Fails(TextWriter output, string what, Func<int> call)
    {
        try
        {
            call();
        }
        catch (NullReferenceException exception)
        {
            // The method that the author wrote the call in, not one that stands in for it.
            output.WriteLine(what + " in " + exception.TargetSite!.Name.Split('@')[0]);
        }
    }
}
