// expect: base entered
// expect: caught derived
// expect: static ok
// expect: nested finally
// expect: inner of outer
// count: Derived..ctor 2
// count: Derived.get_Value 1
// count: Base..ctor 0
// count: Program.Nest 3
using System;
using System.IO;

public class Base
{
    protected Base(TextWriter output) => output.WriteLine("base entered");
}

public sealed class Derived(TextWriter output, bool fail) : Base(output)
{
    readonly int value = fail ? throw new InvalidOperationException("derived") : 1;

    public int Value => value;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        try
        {
            // The field's initialiser runs before the base constructor's body, so a failing one prints nothing.
            _ = new Derived(output, false).Value;
            _ = new Derived(output, true);
        }
        catch (InvalidOperationException exception)
        {
            output.WriteLine("caught " + exception.Message);
        }

        output.WriteLine("static ok");
        try
        {
            Nest(output, 2);
        }
        catch (Exception exception)
        {
            output.WriteLine(exception.InnerException!.Message + " of " + exception.Message);
        }
    }

    static void Nest(TextWriter output, int depth)
    {
        try
        {
            if (depth == 0)
                throw new InvalidOperationException("inner");
            Nest(output, depth - 1);
        }
        catch (InvalidOperationException exception) when (depth == 1)
        {
            throw new ApplicationException("outer", exception);
        }
        finally
        {
            if (depth == 0)
                output.WriteLine("nested finally");
        }
    }
}
