// expect: caught at two
// expect: one
// count: System.Action.Invoke 1
// count: System.InvalidOperationException..ctor 1
// count: System.Exception.get_Message 1
// more: 464 frames of the call of a delegate, which an exception records
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
