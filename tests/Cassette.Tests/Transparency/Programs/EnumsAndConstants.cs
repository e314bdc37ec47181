// expect: Red, Blue
// expect: True
// expect: 4
// expect: Green
// expect: 0.1 True x 10
// expect: Blue
// count: Program.Next 1
// count: System.Enum.HasFlag 1
using System;
using System.Globalization;
using System.IO;

[Flags]
public enum Color : byte
{
    Red = 1,
    Green = 2,
    Blue = 4,
}

public static class Program
{
    const double Tenth = 0.1;
    const bool Yes = true;
    const char Letter = 'x';

    public static void Run(TextWriter output)
    {
        Color both = Color.Red | Color.Blue;
        output.WriteLine(both.ToString());
        output.WriteLine(both.HasFlag(Color.Blue));
        output.WriteLine((int)Color.Blue);
        output.WriteLine(Next(Color.Red).ToString());
        output.WriteLine(Tenth.ToString(CultureInfo.InvariantCulture) + " " + Yes + " " + Letter + " " + DateTimeKind.Utc.ToString().Length * 3333 / 999);
        output.WriteLine(Enum.Parse<Color>("Blue"));
    }

    static Color Next(Color color) => (Color)((int)color << 1);
}
