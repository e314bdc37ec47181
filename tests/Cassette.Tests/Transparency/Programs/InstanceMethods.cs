// expect: 7
// expect: 10 5
// expect: chain: a-b-c
// count: Counter.Add 4
// count: Counter.get_Total 3
// count: Chain.Then 3
using System.IO;

public sealed class Counter
{
    int total;

    public int Total => total;

    public Counter Add(int x)
    {
        total += x;
        return this;
    }
}

public sealed class Chain
{
    string text = "";

    public Chain Then(string s)
    {
        text = text.Length == 0 ? s : text + "-" + s;
        return this;
    }

    public override string ToString() => "chain: " + text;
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        output.WriteLine(new Counter().Add(3).Add(4).Total);
        Counter a = new Counter(), b = new Counter();
        a.Add(10);
        b.Add(5);
        output.WriteLine(a.Total + " " + b.Total);
        output.WriteLine(new Chain().Then("a").Then("b").Then("c"));
    }
}
