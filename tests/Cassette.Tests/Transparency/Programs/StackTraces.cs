// expect: before
// count: Deep..ctor 1
// count: Deep.Down 3
// count: Program.Generic 1
// count: System.Func`1.Invoke 1
// throws: System.InvalidOperationException
// more: 296 frames of the entry and of the call of a delegate, which exceptions record
using System;
using System.IO;
using System.Runtime.CompilerServices;

public sealed class Deep
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Down(int level)
    {
        if (level == 0)
            throw new InvalidOperationException("bottom");
        return Down(level - 1)
            + 1;
    }
}

public static class Program
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(TextWriter output)
    {
        output.WriteLine("before");
        Func<int> lambda = () =>
            new Deep().Down(2);
        try
        {
            Generic<string>(lambda);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException("wrapped", exception);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int Generic<T>(Func<int> f)
    {
        int result = f();
        return result;
    }
}
