// expect: try
// expect: finally
// expect: after 1
// expect: caught bad
// expect: filter 2 passed
// expect: inner finally
// expect: outer caught rethrown
// expect: replaced
// expect: 3 finally ran
// expect: when false -> outer
// expect: specific before general
// expect: loop 0 1 3 done
// count: Program.Throw 6
// count: Program.Matches 1
// count: Program.Early 1
using System;
using System.IO;

public static class Program
{
    static int ran;

    public static void Run(TextWriter output)
    {
        try
        {
            output.WriteLine("try");
        }
        finally
        {
            output.WriteLine("finally");
        }

        output.WriteLine("after " + 1);

        try
        {
            Throw("bad");
        }
        catch (InvalidOperationException exception)
        {
            output.WriteLine("caught " + exception.Message);
        }

        try
        {
            Throw("2");
        }
        catch (InvalidOperationException exception) when (exception.Message == "1")
        {
            output.WriteLine("wrong filter");
        }
        catch (InvalidOperationException exception) when (Matches(exception, "2"))
        {
            output.WriteLine("filter " + exception.Message + " passed");
        }

        try
        {
            try
            {
                Throw("rethrown");
            }
            catch (InvalidOperationException)
            {
                throw;
            }
            finally
            {
                output.WriteLine("inner finally");
            }
        }
        catch (Exception exception)
        {
            output.WriteLine("outer caught " + exception.Message);
        }

        try
        {
            try
            {
                Throw("lost");
            }
            finally
            {
                Throw("replaced");
            }
        }
        catch (Exception exception)
        {
            output.WriteLine(exception.Message);
        }

        ran = 0;
        output.WriteLine(Early() + (ran == 1 ? " finally ran" : " finally skipped"));

        try
        {
            try
            {
                Throw("x");
            }
            catch (Exception) when (false)
            {
            }
        }
        catch
        {
            output.WriteLine("when false -> outer");
        }

        try
        {
            throw new ArgumentNullException();
        }
        catch (ArgumentNullException)
        {
            output.WriteLine("specific before general");
        }
        catch (ArgumentException)
        {
            output.WriteLine("general");
        }

        output.Write("loop");
        for (int i = 0; ; i++)
        {
            try
            {
                if (i == 2)
                    continue;
                if (i == 4)
                    break;
                output.Write(" " + i);
            }
            finally
            {
                if (i == 4)
                    output.Write(" done");
            }
        }

        output.WriteLine();
    }

    static bool Matches(Exception exception, string text) => exception.Message == text;

    static int Early()
    {
        try
        {
            return 3;
        }
        finally
        {
            ran++;
        }
    }

    static void Throw(string message) => throw new InvalidOperationException(message);
}
