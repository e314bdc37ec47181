// expect: Compare True
// expect: Hash True
// expect: First True
// expect: Current True
// expect: inside True
// asks for its caller
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
        Fails(output, "Compare", "Compare");
        Fails(output, "Hash", "Hash");
        Fails(output, "First", "First");
        Fails(output, "Current", "Current");
        Fails(output, "inside", "CompareTo");
    }

    static int Call(string what) => what switch
    {
        "Compare" => Compare(null!),
        "Hash" => Hash(null!),
        "First" => First(null!),
        "Current" => Current(null!),
        _ => Compare(new Weight(1)) + Hash(new Weight(2)) + First(new Ones()) + Current(new Ones()),
    };

    static int Compare(IComparable<Weight> weight) => weight.CompareTo(null) + 1;

    static int Hash(object value) => value.GetHashCode() + 1;

    static int First(IEnumerable<int> values)
    {
        foreach (int value in values)
            return value;
        return 0;
    }

    static int Current(IEnumerator<int> values) => values.Current + 1;

    static void Fails(TextWriter output, string what, string where)
    {
        try
        {
            Call(what);
        }
        catch (NullReferenceException exception)
        {
            // The method that the author wrote the call in, not one that stands in for it.
            output.WriteLine(what + " " + exception.TargetSite!.Name.StartsWith(where, StringComparison.Ordinal));
        }
    }
}
