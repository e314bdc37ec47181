// expect: filter saw it first
// expect: finally
// throws: System.ArgumentException
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

public static class Program
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(TextWriter output)
    {
        try
        {
            try
            {
                Fail();
            }
            finally
            {
                output.WriteLine("finally");
            }
        }
        catch (Exception exception) when (Note(output))
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    static bool Note(TextWriter output)
    {
        output.WriteLine("filter saw it first");
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Fail() => throw new ArgumentException("no");
}
