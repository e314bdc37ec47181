// expect: 7
// expect: 0 2 4
// expect: caught async
// expect: 6
// count: Program.Add 1
// count: Program.Count 1
// count: Program.Collect 1
// count: Program.Caught 1
// count: Program.Fail 1
// count: Program.Values 1
// allocates unevenly
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(Add(3, 4).GetAwaiter().GetResult());
        output.WriteLine(string.Join(" ", Collect().GetAwaiter().GetResult()));
        output.WriteLine(Caught().GetAwaiter().GetResult());
        output.WriteLine(Values().AsTask().GetAwaiter().GetResult());
    }

    static async Task<int> Add(int x, int y)
    {
        await Task.Yield();
        return x + y;
    }

    static async IAsyncEnumerable<int> Count(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i * 2;
        }
    }

    static async Task<List<int>> Collect()
    {
        var list = new List<int>();
        await foreach (int x in Count(3))
            list.Add(x);
        return list;
    }

    static async Task<string> Caught()
    {
        try
        {
            await Fail();
            return "no";
        }
        catch (InvalidOperationException exception)
        {
            return "caught " + exception.Message;
        }
    }

    static async Task Fail()
    {
        await Task.Yield();
        throw new InvalidOperationException("async");
    }

    static async ValueTask<int> Values()
    {
        int sum = 0;
        foreach (int x in new[] { 1, 2, 3 })
            sum += await new ValueTask<int>(x);
        return sum;
    }
}
