// expect: -2147483648
// expect: overflow add
// expect: overflow convert
// expect: 255
// expect: 4294967295
// expect: -2 1
// expect: 1 -1
// expect: 340
// expect: Infinity NaN
// expect: 30000000000
// expect: 3 -3 0
// expect: 0.3 0.3
// count: Program.Max 1
// count: Program.Unsigned 1
using System;
using System.Globalization;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        int max = Max();
        output.WriteLine(unchecked(max + 1));
        try
        {
            output.WriteLine(checked(max + 1));
        }
        catch (OverflowException)
        {
            output.WriteLine("overflow add");
        }

        try
        {
            output.WriteLine(checked((byte)max));
        }
        catch (OverflowException)
        {
            output.WriteLine("overflow convert");
        }

        output.WriteLine(unchecked((byte)max));
        output.WriteLine(unchecked((uint)-1 * Unsigned(1)));
        output.WriteLine((-8 >> 2) + " " + (int)(uint.MaxValue >>> 31));
        output.WriteLine((7 % 2) + " " + (-7 % 2));
        output.WriteLine((85 << 2) | (max & 0));
        double zero = max - max;
        output.WriteLine((1 / zero).ToString(CultureInfo.InvariantCulture) + " " + (zero / zero).ToString(CultureInfo.InvariantCulture));
        output.WriteLine(10_000_000_000L * 3);
        output.WriteLine((int)3.9 + " " + (int)-3.9 + " " + (int)0.5f);
        decimal tenth = 0.1m;
        output.WriteLine((tenth + 0.2m).ToString(CultureInfo.InvariantCulture) + " " + (0.1f + 0.2f).ToString("0.0", CultureInfo.InvariantCulture));
    }

    static int Max() => int.MaxValue;

    static uint Unsigned(uint x) => x;
}
