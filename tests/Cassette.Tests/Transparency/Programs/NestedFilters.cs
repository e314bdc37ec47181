// expect: filter inner 1
// expect: filter outer 1
// expect: finally inner
// expect: outer caught 1
// expect: filter inner 2
// expect: inner caught 2
// expect: finally inner
// expect: filter inner 3
// expect: filter outer 3
// expect: filter last 3
// expect: finally inner
// expect: finally outer
// expect: last caught 3
// count: Program.Accept 6
// count: Program.Nested 3
using System;
using System.IO;

public sealed class Coded(int code) : Exception("code " + code)
{
    public int Code => code;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        for (int code = 1; code <= 3; code++)
        {
            try
            {
                Nested(code, output);
            }
            catch (Coded fault) when (Accept(output, "last", fault.Code, 3))
            {
                output.WriteLine("last caught " + fault.Code);
            }
        }
    }

    static void Nested(int code, TextWriter output)
    {
        try
        {
            try
            {
                try
                {
                    throw new Coded(code);
                }
                catch (Coded fault) when (Accept(output, "inner", fault.Code, 2))
                {
                    output.WriteLine("inner caught " + fault.Code);
                }
                finally
                {
                    output.WriteLine("finally inner");
                }
            }
            catch (Coded fault) when (Accept(output, "outer", fault.Code, 1))
            {
                output.WriteLine("outer caught " + fault.Code);
            }
        }
        finally
        {
            if (code == 3)
                output.WriteLine("finally outer");
        }
    }

    static bool Accept(TextWriter output, string where, int code, int wanted)
    {
        output.WriteLine("filter " + where + " " + code);
        return code == wanted;
    }
}
