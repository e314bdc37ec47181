// expect: filter saw it first
// expect: finally
// count: Program.Fail 1
// count: Program.Note 1
// throws: System.ArgumentException
// more: 552 frames of the entry, which an exception records
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
