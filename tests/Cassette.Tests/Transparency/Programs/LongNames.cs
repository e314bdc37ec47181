// expect: 3 of a deep list
// expect: 4 and 5
// expect: 6 later
// expect: (text, 7)
// count: Program.Join 1
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
// Names that the compiler just lets pass: the runtime takes 1,023 bytes.
using Ten = System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<
    System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<
    System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<
    System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<
    System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<
    System.Collections.Generic.List<System.Collections.Generic.List<System.Collections.Generic.List<System.DateTime>>>>>>>>>>>>>>>>>>>>>>>>>>>>;

public interface IDescribe<T>
{
    string DescribeIt(T value, int number);

    IEnumerable<int> NumbersOf(T value, int number);

    Task<string> LaterOf(T value, int number);
}

public sealed class Deep : IDescribe<Ten>
{
    string IDescribe<Ten>.DescribeIt(Ten value, int number) => new Func<string>(() => number + value.Count + " of a deep list")();

    IEnumerable<int> IDescribe<Ten>.NumbersOf(Ten value, int number)
    {
        yield return number + value.Count;
        yield return number + value.Count + 1;
    }

    async Task<string> IDescribe<Ten>.LaterOf(Ten value, int number)
    {
        await Task.Yield();
        return number + value.Count + " later";
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        IDescribe<Ten> deep = new Deep();
        output.WriteLine(deep.DescribeIt([], 3));
        output.WriteLine(string.Join(" and ", deep.NumbersOf([], 4)));
        output.WriteLine(deep.LaterOf([], 6).Result);
        Dictionary<string, Ten> all = new() { ["text"] = [] };
        output.WriteLine(Join(all, all, all, all, all, all, (first, _, _) => first + ", " + 7));
    }

    // The types of a call of it make a long name for what stands for the call.
    static string Join(
        Dictionary<string, Ten> a, Dictionary<string, Ten> b, Dictionary<string, Ten> c, Dictionary<string, Ten> d, Dictionary<string, Ten> e,
        Dictionary<string, Ten> f, Func<string, Ten, Dictionary<string, Ten>, string> show)
    {
        foreach (var pair in a)
            return "(" + show(pair.Key, pair.Value, f) + ")";
        return "";
    }
}
