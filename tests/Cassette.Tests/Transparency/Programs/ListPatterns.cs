// expect: empty
// expect: one 4
// expect: ends 1 3
// expect: starts 2 with 3 more
// expect: other
// expect: xy
// count: Program.Describe 5
using System.IO;

public sealed class Line(string text)
{
    public int Length => text.Length;

    public char this[int index] => text[index];

    public string this[System.Range range] => text[range];
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Describe([]));
        output.WriteLine(Describe([4]));
        output.WriteLine(Describe([1, 2, 3]));
        output.WriteLine(Describe([2, 5, 6, 7]));
        output.WriteLine(Describe([9, 9]));
        output.WriteLine(new Line("[xy]") is ['[', .. var inside, ']'] ? inside : "no");
    }

    static string Describe(int[] numbers) => numbers switch
    {
        [] => "empty",
        [var only] => "one " + only,
        [1, .., var last] => "ends 1 " + last,
        [2, .. var rest] => "starts 2 with " + rest.Length + " more",
        _ => "other",
    };
}
