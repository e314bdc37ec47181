// expect: caught at two
// expect: one
// allocations vary: an exception records each frame it passes, the invoker's too
using System;
using System.IO;

public static class Program
{
    public static void Run(TextWriter output)
    {
        Action throwing = () => throw new InvalidOperationException("two");
        string seen = "";
        throwing = (Action)(() => seen = "one") + throwing + (() => seen = "three");
        try
        {
            throwing();
        }
        catch (InvalidOperationException exception)
        {
            output.WriteLine("caught at " + exception.Message);
        }

        output.WriteLine(seen);
    }
}
