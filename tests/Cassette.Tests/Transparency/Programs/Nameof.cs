// expect: Run Length List value
// expect: value
// count: Program.Check 1
using System;
using System.Collections.Generic;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(nameof(Run) + " " + nameof(string.Length) + " " + nameof(List<>) + " " + Argument(1));
        try
        {
            Check(null);
        }
        catch (ArgumentNullException exception)
        {
            output.WriteLine(exception.ParamName);
        }
    }

    static string Argument(int value) => nameof(value);

    static void Check(object? value) => ArgumentNullException.ThrowIfNull(value);
}
