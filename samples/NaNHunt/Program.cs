using System;
using System.Linq;
using Cassette;

double[] prices = [100, 102, 101, 105];
double[] flat = [100, 100, 100, 100];

Console.WriteLine($"prices: {Report.Sharpe(prices):F3}");
Console.WriteLine($"flat:   {Report.Sharpe(flat):F3}   where does that come from?");
Console.WriteLine();

Console.WriteLine($"prices, hunted: {new NaNHunt().Overdub(Report.Sharpe, prices):F3}");
try
{
    new NaNHunt().Overdub(Report.Sharpe, flat);
}
catch (NotFiniteNumberException found)
{
    Console.WriteLine($"flat, hunted:   {found.Message}");
    Console.WriteLine(found.StackTrace);
}

/// <summary>Throws at the call that makes a NaN of arguments that were none.</summary>
readonly record struct NaNHunt : IContext
{
    [Posthook]
    static void After(NaNHunt ctx, double output, JoinPoint f, params object?[] args)
    {
        if (double.IsNaN(output) && !args.Contains(double.NaN))
            throw new NotFiniteNumberException($"{f.Name}({string.Join(", ", args)}) is not a number", output);
    }
}
