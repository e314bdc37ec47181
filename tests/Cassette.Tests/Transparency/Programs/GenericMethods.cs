// expect: 3 three
// expect: b
// expect: 9
// expect: Int32 String
// expect: [1,x]
// expect: 0 null
// expect: True False
// count: Program.Identity 2
// count: Program.Max 2
// count: Program.NameOf 2
// count: Program.Pair 1
// count: Program.Default 2
// count: Program.Same 2
using System;
using System.Collections.Generic;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Identity(3) + " " + Identity("three"));
        output.WriteLine(Max("a", "b"));
        output.WriteLine(Max(9, 4));
        output.WriteLine(NameOf<int>() + " " + NameOf<string>());
        output.WriteLine(Pair(1, "x"));
        output.WriteLine(Default<int>() + " " + (Default<string>() ?? "null"));
        output.WriteLine(Same(4, 4) + " " + Same<object>(new object(), new object()));
    }

    static T Identity<T>(T value) => value;

    static T Max<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) >= 0 ? a : b;

    static string NameOf<T>() => typeof(T).Name;

    static string Pair<A, B>(A a, B b) => "[" + a + "," + b + "]";

    static T? Default<T>() => default;

    static bool Same<T>(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
}
