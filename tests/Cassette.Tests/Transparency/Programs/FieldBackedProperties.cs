// expect: 0
// expect: 5
// expect: made
// expect: made
// expect: 1
// count: Gauge.get_Level 2
// count: Gauge.set_Level 2
// count: Gauge.get_Label 2
// count: Program.Make 1
using System;
using System.IO;

public sealed class Gauge
{
    public int Level
    {
        get;
        set => field = Math.Max(0, value);
    }

    public string Label => field ??= Program.Make();
}

public static class Program
{
    static int made;

    public static void Run(TextWriter output)
    {
        made = 0;
        var gauge = new Gauge();
        gauge.Level = -3;
        output.WriteLine(gauge.Level);
        gauge.Level = 5;
        output.WriteLine(gauge.Level);
        output.WriteLine(gauge.Label);
        output.WriteLine(gauge.Label);
        output.WriteLine(made);
    }

    public static string Make()
    {
        made++;
        return "made";
    }
}
