// expect: zero one many
// expect: A B ?
// expect: 1 2 3 4 5 6 7 0
// expect: Monday+ Sunday-
// expect: fell
// expect: null char long
// count: Program.Word 3
// count: Program.Letter 3
// count: Program.Text 8
// count: Program.Day 2
// count: Program.Jump 1
// count: Program.Kind 3
using System;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Word(0) + " " + Word(1) + " " + Word(7));
        output.WriteLine(Letter(0) + " " + Letter(1) + " " + Letter(2));
        output.WriteLine(Text("a") + " " + Text("bb") + " " + Text("ccc") + " " + Text("dddd") + " " + Text("eeeee") + " "
            + Text("ffffff") + " " + Text("ggggggg") + " " + Text("none"));
        output.WriteLine(Day(DayOfWeek.Monday) + " " + Day(DayOfWeek.Sunday));
        output.WriteLine(Jump(1));
        output.WriteLine(Kind(null) + " " + Kind('x') + " " + Kind(5L));
    }

    static string Word(int x)
    {
        switch (x)
        {
            case 0:
                return "zero";
            case 1:
                return "one";
            default:
                return "many";
        }
    }

    static string Letter(int x) => x switch { 0 => "A", 1 => "B", _ => "?" };

    // Seven cases: the compiler switches on a computed hash or on the length.
    static int Text(string text) => text switch
    {
        "a" => 1,
        "bb" => 2,
        "ccc" => 3,
        "dddd" => 4,
        "eeeee" => 5,
        "ffffff" => 6,
        "ggggggg" => 7,
        _ => 0,
    };

    static string Day(DayOfWeek day) => day switch
    {
        DayOfWeek.Sunday or DayOfWeek.Saturday => day + "-",
        _ => day + "+",
    };

    static string Jump(int x)
    {
        switch (x)
        {
            case 1:
                goto case 2;
            case 2:
                return "fell";
            default:
                goto case 1;
        }
    }

    static string Kind(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case char:
                return "char";
            case long n when n > 3:
                return "long";
            default:
                return "other";
        }
    }
}
