// expect: 4 16
// expect: 30
// expect: a:2 b:1
// expect: 3 2 1
// expect: ann-bob
// expect: 10
// count: Program.Square 2
// count: System.Linq.Enumerable.Where 1
// count: System.Linq.Enumerable.Select 2
// count: System.Linq.Enumerable.Sum 1
// count: System.Collections.Generic.List`1.ForEach 1
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
        output.WriteLine(numbers.Sum(x => x * factor));
        output.WriteLine(string.Join(" ", new[] { "a", "b", "a" }.GroupBy(x => x).Select(group => group.Key + ":" + group.Count())));
        output.WriteLine(string.Join(" ", new[] { 2, 3, 1 }.OrderByDescending(x => x)));
        output.WriteLine(new[] { "ann", "bob" }.Aggregate((a, b) => a + "-" + b));
        var list = new List<int>(numbers);
        int total = 0;
        list.ForEach(x => total += x);
        output.WriteLine(total);
    }

    static int Square(int x) => x * x;
}
