using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Cassette;

var log = new List<string>();
double inside = new TraceCtx(log).Overdub(() => Model.Predict(1.0));
double outside = Model.Predict(1.0);

Console.WriteLine("Calls below the entry, as they happened:");
foreach (string line in log)
    Console.WriteLine("  " + line);

Console.WriteLine();
Console.WriteLine($"Inside the context   {inside:R}");
Console.WriteLine($"2 * Math.Cos(1.0)    {2 * Math.Cos(1.0):R}   {(inside == 2 * Math.Cos(1.0) ? "the same" : "DIFFERENT")}");
Console.WriteLine($"Outside              {outside:R}");
Console.WriteLine($"2 * Math.Sin(1.0)    {2 * Math.Sin(1.0):R}   {(outside == 2 * Math.Sin(1.0) ? "the same" : "DIFFERENT")}");

Console.WriteLine();
Console.WriteLine("What the weaver made of Predict:");
Console.OutputEncoding = Encoding.UTF8;
Console.Write(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dump.txt")));

/// <summary>A program that knows nothing of contexts.</summary>
static class Model
{
    public static double Predict(double x) => Scale(Math.Sin(x));

    static double Scale(double y) => 2 * y;
}

/// <summary>A context: it logs every call, and has its own idea of a sine.</summary>
readonly record struct TraceCtx(List<string> Metadata) : IContext<List<string>>
{
    [Prehook]
    static void Before(TraceCtx ctx, JoinPoint f) =>
        ctx.Metadata.Add($"{Path.GetFileName(f.File)}:{f.Line}  {f.Signature}");

    [Overdub(typeof(Math), nameof(Math.Sin))]
    static double Sin(TraceCtx ctx, double x) => Math.Cos(x);
}
