// expect: 3
// expect: 10
// expect: thread 5
// expect: 4
// count: Program.Add 2
// count: System.Threading.Interlocked.Add 5
// count: System.Threading.Thread.Start 1
// count: System.Lazy`1.get_Value 1
// allocates unevenly
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

public static class Program
{
    [ThreadStatic]
    static int perThread;

    public static void Run(TextWriter output)
    {
        output.WriteLine(Task.Run(() => Add(1, 2)).Result);
        int sum = 0;
        Parallel.For(0, 5, i => Interlocked.Add(ref sum, i));
        output.WriteLine(sum);
        string text = "";
        perThread = 1;
        var thread = new Thread(() => text = "thread " + (perThread + 5));
        thread.Start();
        thread.Join();
        output.WriteLine(text);
        var lazy = new Lazy<int>(() => Add(2, 2));
        output.WriteLine(lazy.Value);
    }

    static int Add(int x, int y) => x + y;
}
