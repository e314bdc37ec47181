using System;
using System.Linq;
using Cassette;

double[] prices = [100, 102, 101, 105];
double[] flat = [100, 100, 100, 100];

Console.WriteLine($"Better of the two: {Report.Better(prices, flat)}");
try
{
    new NaNHunt().Overdub(Report.Better, prices, flat);
}
catch (NotFiniteNumberException found)
{
    Console.WriteLine($"Found: {found.Message}");
    Console.WriteLine(found.StackTrace);
}

/// <summary>Throws after the call that makes a NaN of arguments that were none.</summary>
readonly record struct NaNHunt : IContext
{
    [Posthook]
    static void After(NaNHunt ctx, double output, JoinPoint f, params object?[] args)
    {
        if (double.IsNaN(output) && !args.Contains(double.NaN))
            throw new NotFiniteNumberException($"{f.Name}({string.Join(", ", args)}) is {output}", output);
    }
}
