// expect: made a
// expect: made a
// expect: 2
// expect: <<hello>>
// expect: 1,2
// expect: True False
// expect: x=1
// count: Program.Make 1
// count: Program.Update 1
// count: Program.Fill 1
// count: System.Int32.Parse 2
// count: Program.Same 2
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

public static class Program
{
    public static void Run(TextWriter output)
    {
        var table = new ConcurrentDictionary<string, string>();
        output.WriteLine(table.GetOrAdd("a", key => Make(key)));
        output.WriteLine(table.GetOrAdd("a", key => Make(key)));
        var counts = new ConcurrentDictionary<string, int>();
        counts.AddOrUpdate("a", 1, (key, old) => Update(old));
        output.WriteLine(counts.AddOrUpdate("a", 1, (key, old) => Update(old)));
        output.WriteLine(string.Create(9, "hello", (span, text) => Fill(span, text)));
        output.WriteLine(string.Join(",", Array.ConvertAll(["1", "2"], Parse)));
        var equality = EqualityComparer<int>.Create((a, b) => Same(a, b));
        output.WriteLine(equality.Equals(1, 11) + " " + equality.Equals(1, 2));
        output.WriteLine(Regex.Replace("x=0", "[0-9]", match => "1"));
    }

    static string Make(string key) => "made " + key;

    static int Update(int old) => old + 1;

    static void Fill(Span<char> span, string text)
    {
        "<<".CopyTo(span);
        text.CopyTo(span[2..]);
        ">>".CopyTo(span[^2..]);
    }

    static int Parse(string text) => int.Parse(text);

    static bool Same(int a, int b) => a % 10 == b % 10;
}
