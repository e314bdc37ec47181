// expect: 4 16
// expect: 30
// expect: 3 2 1
// expect: a1 b2
// expect: 24
// expect: 12
// expect: even 2, odd 2
// expect: 21 11 22 12
// expect: 1 2
// count: Program.Square 2
// count: Program.Scale 4
// count: Program.Join 2
// count: Program.Times 4
// count: Program.Inner 13
// count: Program.Both 4
// count: Program.Small 3
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

public static class Program
{
    public static void Run(TextWriter output)
    {
        int[] numbers = [1, 2, 3, 4];
        output.WriteLine(string.Join(" ", from x in numbers where x % 2 == 0 select Square(x)));
        int factor = 3;
        output.WriteLine(numbers.Sum(x => Scale(x, factor)));
        output.WriteLine(string.Join(" ", new[] { 2, 3, 1 }.OrderBy(Key)));
        output.WriteLine(string.Join(" ", new[] { "a", "b" }.Zip([1, 2], (text, number) => Join(text, number))));
        output.WriteLine(numbers.Aggregate(1, (product, x) => Times(product, x)));
        output.WriteLine(Twice(numbers.Take(3), Bump).Sum());
        output.WriteLine(string.Join(", ", numbers.GroupBy(Parity, (parity, group) => parity + " " + group.Count()).Reverse()));
        output.WriteLine(string.Join(" ", new[] { 1, 2 }.SelectMany(x => new[] { 10, 20 }, (x, y) => Both(x, y)).Reverse().OrderBy(x => x % 10)));
        output.WriteLine(string.Join(" ", numbers.TakeWhile(x => Small(x))));
    }

    // A delegate that was passed as an argument.
    static IEnumerable<int> Twice(IEnumerable<int> source, Func<int, int> f) => source.Select(f).Select(f);

    static int Square(int x) => x * x;

    static int Scale(int x, int factor) => x * factor;

    // Method groups: nobody writes a call of them, but they run in the context: 3 for Key, 6 for Bump, 4 for Parity.
    static int Inner(int x) => x;

    static int Key(int x) => -Inner(x);

    static string Join(string text, int number) => text + number;

    static int Times(int a, int b) => a * b;

    static int Bump(int x) => Inner(x) + 1;

    static string Parity(int x) => Inner(x) % 2 == 0 ? "even" : "odd";

    static int Both(int x, int y) => x + y;

    static bool Small(int x) => x < 3;
}
