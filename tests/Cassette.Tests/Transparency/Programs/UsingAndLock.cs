// expect: open a
// expect: open b
// expect: body
// expect: close b
// expect: close a
// expect: struct closed
// expect: close c
// expect: caught
// expect: locked 2
// expect: new lock 3
// expect: free
// count: Resource..ctor 3
// count: System.Threading.Monitor.Enter 1
// count: System.Threading.Monitor.Exit 1
using System;
using System.IO;
using System.Threading;

public sealed class Resource : IDisposable
{
    readonly TextWriter output;
    readonly string name;

    public Resource(TextWriter output, string name)
    {
        this.output = output;
        this.name = name;
        if (name != "c")
            output.WriteLine("open " + name);
    }

    public void Dispose() => output.WriteLine("close " + name);
}

public struct Light(TextWriter output) : IDisposable
{
    public void Dispose() => output.WriteLine("struct closed");
}

public static class Program
{
    public static void Run(TextWriter output)
    {
        using (var a = new Resource(output, "a"))
        using (var b = new Resource(output, "b"))
            output.WriteLine("body");
        using (new Light(output))
        {
        }

        try
        {
            using var c = new Resource(output, "c");
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            output.WriteLine("caught");
        }

        var gate = new object();
        int count = 1;
        lock (gate)
            count++;
        output.WriteLine("locked " + count);
        var modern = new Lock();
        lock (modern)
            count++;
        output.WriteLine("new lock " + count);
        output.WriteLine(Monitor.IsEntered(gate) || modern.IsHeldByCurrentThread ? "held" : "free");
    }
}
