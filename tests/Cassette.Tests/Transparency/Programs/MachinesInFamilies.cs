// expect: 7 1 | 70 2 | 9 1
// expect: 8 81 10
// expect: a:1 b:x 5
// expect: 1 2 1 2
// expect: 1 cancelled
// expect: A=2 B=3
// count: Program.Leaf 13
// count: System.Threading.CancellationTokenSource.Dispose 0
// count: IThing.Many 3
// count: IThing.Later 3
// count: Getter.Get 3
// count: Program.Stream 1
// count: Program.Linked 1
// allocates unevenly
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

public interface IThing
{
    int Base { get; }

    IEnumerable<int> Many()
    {
        yield return Base;
        yield return Program.Leaf(1);
    }

    async Task<int> Later()
    {
        await Task.Yield();
        return Program.Leaf(Base) + 1;
    }
}

public sealed class Thing : IThing
{
    public int Base => 7;
}

public sealed class Explicit : IThing
{
    public int Base => 70;

    IEnumerable<int> IThing.Many()
    {
        yield return Base;
        yield return Program.Leaf(2);
    }

    async Task<int> IThing.Later()
    {
        await Task.Yield();
        return Program.Leaf(Base) + 11;
    }
}

public struct StructThing : IThing
{
    public readonly int Base => 9;
}

public abstract class Getter
{
    public virtual async Task<string> Get<T>(T x)
    {
        await Task.Yield();
        return "a:" + Program.Leaf(1) + Tail(x);
    }

    protected abstract string Tail<T>(T x);
}

public class Plain : Getter
{
    protected override string Tail<T>(T x) => "";
}

public class Wrapping : Plain
{
    public override async Task<string> Get<T>(T x)
    {
        await Task.Yield();
        return "b:" + x;
    }
}

public sealed class Numeric : Plain
{
    public override async Task<string> Get<T>(T x) => (await Task.FromResult(Program.Leaf(5))).ToString();
}

public static class Program
{
    public static int Leaf(int x) => x;

    public static void Run(TextWriter output)
    {
        IThing[] things = [new Thing(), new Explicit(), new StructThing()];
        output.WriteLine(string.Join(" | ", ListAll(things)));
        output.WriteLine(string.Join(" ", things.Select(static t => t.Base).Zip(LaterAll(things).Result, static (_, later) => later)));
        output.WriteLine(Gets().Result);
        output.WriteLine(Twice().Result);
        output.WriteLine(Cancels().Result);
        output.WriteLine(string.Join(" ", Named(("A", 2), ("B", 3))));
    }

    static List<string> ListAll(IThing[] things)
    {
        var lines = new List<string>();
        foreach (IThing thing in things)
            lines.Add(string.Join(" ", thing.Many()));
        return lines;
    }

    static async Task<List<int>> LaterAll(IThing[] things)
    {
        var results = new List<int>();
        foreach (IThing thing in things)
            results.Add(await thing.Later());
        return results;
    }

    static async Task<string> Gets()
    {
        Getter plain = new Plain(), wrapping = new Wrapping(), numeric = new Numeric();
        return await plain.Get(1) + " " + await wrapping.Get("x") + " " + await numeric.Get('c');
    }

    static async Task<string> Twice()
    {
        IAsyncEnumerable<int> same = Stream(2);
        string text = "";
        for (int i = 0; i < 2; i++)
        {
            await foreach (int x in same)
                text += text.Length == 0 ? x : " " + x;
        }

        return text;
    }

    static async IAsyncEnumerable<int> Stream(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            yield return Leaf(i);
            await Task.Yield();
        }
    }

    static async IAsyncEnumerable<int> Linked([EnumeratorCancellation] CancellationToken token)
    {
        for (int i = 1; ; i++)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return Leaf(i);
        }
    }

    static async Task<string> Cancels()
    {
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        string text = "";
        try
        {
            await foreach (int x in Linked(one.Token).WithCancellation(other.Token))
            {
                text += x;
                other.Cancel();
            }
        }
        catch (OperationCanceledException)
        {
            text += " cancelled";
        }

        return text;
    }

    static IEnumerable<string> Named(params (string Name, int Value)[] items)
    {
        foreach (var (name, value) in items)
            yield return $"{name}={value}";
    }
}
