// expect: 3 2 1
// expect: 1 2 3
// expect: 1 -1
// expect: 2
// expect: True
// expect: 1 2 3
// expect: 4 removed
// expect: 6
// count: Program.Add 3
// count: System.String.CompareOrdinal 2
using System;
using System.Collections.Generic;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        var list = new List<int> { 2, 1, 3 };
        list.Sort((x, y) => Descending(x, y));
        output.WriteLine(string.Join(" ", list));
        int[] array = [3, 1, 2];
        Array.Sort(array, Ascending);
        output.WriteLine(string.Join(" ", array));
        string[] letters = ["a", "b"];
        var comparer = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));
        output.WriteLine(comparer.Compare(letters[0], letters[1]) + " " + comparer.Compare(letters[1], letters[0]));
        output.WriteLine(list.Find(x => Even(x)));
        output.WriteLine(list.Exists(Even));
        var set = new SortedSet<int>(Comparer<int>.Create(Ascending)) { 3, 1, 2 };
        output.WriteLine(string.Join(" ", set));
        var numbers = new List<int> { 1, 2, 3, 4, 5, 6, 7, 8 };
        output.WriteLine(numbers.RemoveAll(Even) + " removed");
        int sum = 0;
        list.ForEach(x => sum = Add(sum, x));
        output.WriteLine(sum);
    }

    static int Descending(int x, int y) => y - x;

    static int Ascending(int x, int y) => x - y;

    static bool Even(int x) => x % 2 == 0;

    static int Add(int x, int y) => x + y;
}
