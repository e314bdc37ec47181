// expect: try finally 2
// expect: caught one, then 7
// expect: filtered two 4
// expect: cleaned 1 three
// expect: before
// throws: System.InvalidOperationException
// count: Program.Fail 3
// count: Program.Clean 1
// count: Program.Recover 1
// count: Program.IsTwo 1
// count: Program.Deep 3
// allocates unevenly
using System;
using System.IO;
using System.Threading.Tasks;

public static class Program
{
    static int cleaned;

    public static void Run(TextWriter output)
    {
        cleaned = 0;
        output.WriteLine(Finally().Result);
        output.WriteLine(Catch().Result);
        output.WriteLine(Filter().Result);
        output.WriteLine(CleansUp().Result);
        output.WriteLine("before");
        Deep(2).GetAwaiter().GetResult();
    }

    static async Task<string> Finally()
    {
        int done = 1;
        string text = "";
        try
        {
            await Task.Yield();
            text += "try";
        }
        finally
        {
            await Task.Yield();
            done++;
            text += " finally";
        }

        return text + " " + done;
    }

    static async Task<string> Catch()
    {
        try
        {
            await Fail("one");
            return "";
        }
        catch (InvalidOperationException exception)
        {
            return "caught " + exception.Message + ", then " + await Recover(7);
        }
    }

    static async Task<string> Filter()
    {
        try
        {
            await Fail("two");
            return "";
        }
        catch (Exception exception) when (IsTwo(exception))
        {
            await Task.Yield();
            return "filtered " + exception.Message + " 4";
        }
    }

    static async Task<string> CleansUp()
    {
        try
        {
            try
            {
                await Fail("three");
            }
            finally
            {
                await Clean();
            }
        }
        catch (InvalidOperationException exception)
        {
            return "cleaned " + cleaned + " " + exception.Message;
        }

        return "";
    }

    static bool IsTwo(Exception exception) => exception.Message == "two";

    static async Task Clean()
    {
        await Task.Yield();
        cleaned++;
    }

    static async Task<int> Recover(int x)
    {
        await Task.Yield();
        return x;
    }

    static async Task Fail(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    static async Task<int> Deep(int level)
    {
        await Task.Yield();
        if (level == 0)
            throw new InvalidOperationException("bottom");
        return await Deep(level - 1)
            + 1;
    }
}
