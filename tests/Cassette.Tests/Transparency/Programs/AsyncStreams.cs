// expect: 0 2 4 finally 6
// expect: 0 2 stopped finally
// expect: 0 cancelled finally
// expect: opened used closed
// expect: a a b b
// count: Program.Count 3
// count: Program.Twice 6
// count: Program.Repeat 1
// count: Resource..ctor 1
// count: Resource.Use 1
// count: Resource.DisposeAsync 1
// allocates unevenly
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

public sealed class Resource(TextWriter output) : IAsyncDisposable
{
    public async Task Use()
    {
        await Task.Yield();
        output.Write("used ");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        output.WriteLine("closed");
    }
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        All(output).GetAwaiter().GetResult();
        Some(output).GetAwaiter().GetResult();
        Cancelled(output).GetAwaiter().GetResult();
        Disposes(output).GetAwaiter().GetResult();
        Repeated(output).Wait();
    }

    static async IAsyncEnumerable<int> Count(int count, TextWriter output, [EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                yield return Twice(i);
            }
        }
        finally
        {
            await Task.Yield();
            output.Write("finally");
        }
    }

    static int Twice(int x) => x * 2;

    static async Task All(TextWriter output)
    {
        int sum = 0;
        await foreach (int x in Count(3, output))
        {
            output.Write(x + " ");
            sum += x;
        }

        output.WriteLine(" " + sum);
    }

    static async Task Some(TextWriter output)
    {
        await foreach (int x in Count(10, output).ConfigureAwait(false))
        {
            output.Write(x + " ");
            if (x == 2)
            {
                output.Write("stopped ");
                break;
            }
        }

        output.WriteLine();
    }

    static async Task Cancelled(TextWriter output)
    {
        using var source = new CancellationTokenSource();
        try
        {
            await foreach (int x in Count(10, output).WithCancellation(source.Token))
            {
                output.Write(x + " cancelled ");
                source.Cancel();
            }
        }
        catch (OperationCanceledException)
        {
            output.WriteLine();
        }
    }

    static async Task Disposes(TextWriter output)
    {
        output.Write("opened ");
        await using var resource = new Resource(output);
        await resource.Use();
    }

    static async IAsyncEnumerable<T> Repeat<T>(T[] items)
    {
        foreach (T item in items)
        {
            yield return item;
            await Task.Yield();
            yield return item;
        }
    }

    static async Task Repeated(TextWriter output)
    {
        var texts = new List<string>();
        await foreach (string text in Repeat(new[] { "a", "b" }))
            texts.Add(text);
        output.WriteLine(string.Join(" ", texts));
    }
}
