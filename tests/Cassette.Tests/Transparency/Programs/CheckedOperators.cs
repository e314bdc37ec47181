// expect: 44
// expect: overflow
// expect: 100
// expect: too small
// count: Small.op_Addition 1
// count: Small.op_CheckedAddition 1
// count: Small.op_CheckedExplicit 1
// count: Small.op_Explicit 1
using System;
using System.IO;

public readonly struct Small(byte value)
{
    public byte Value => value;

    public static Small operator +(Small left, Small right) => new(unchecked((byte)(left.Value + right.Value)));

    public static Small operator checked +(Small left, Small right) => new(checked((byte)(left.Value + right.Value)));

    public static explicit operator Small(int x) => new(unchecked((byte)x));

    public static explicit operator checked Small(int x) => x < 0 ? throw new OverflowException("too small") : new Small((byte)x);
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        var a = new Small(200);
        var b = new Small(100);
        output.WriteLine(unchecked(a + b).Value);
        try
        {
            output.WriteLine(checked(a + b).Value);
        }
        catch (OverflowException)
        {
            output.WriteLine("overflow");
        }

        output.WriteLine(((Small)(256 + 100)).Value);
        try
        {
            output.WriteLine(checked((Small)(-1)).Value);
        }
        catch (OverflowException exception)
        {
            output.WriteLine(exception.Message);
        }
    }
}
