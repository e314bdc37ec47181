// expect: initialised once
// expect: initialised once
// count: Program.Started 2
using System.IO;
using System.Runtime.CompilerServices;

public static class Startup
{
    public static int Times;

    [ModuleInitializer]
    internal static void Initialise() => Times++;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Started());
        output.WriteLine(Started());
    }

    static string Started() => Startup.Times == 1 ? "initialised once" : "initialised " + Startup.Times + " times";
}
